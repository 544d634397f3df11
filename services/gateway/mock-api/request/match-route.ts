import type { CompiledApi, CompiledOperation } from "../../../shared/mock-api/compile/compiled-api.ts";
import { ApiProblem, notFound } from "../api-problem.ts";

export interface Match {
  operation: CompiledOperation;
  /** Still percent-encoded: styles are taken apart before decoding. */
  pathParameters: ReadonlyMap<string, string>;
  /** The query as it was sent, without the question mark. */
  query: string;
}

/** `OPTIONS` of a known path: the methods it takes. */
export interface MethodsAnswer {
  allow: string;
}

/** Where a request leads, or why nowhere. */
export type Route = Match | MethodsAnswer | ApiProblem;

const MAX_PATH_LENGTH = 8192;

/** The same as {@link matchRoute}, for those who say later what is wrong. */
export function findRoute(api: CompiledApi, method: string, url: string): Route {
  try {
    return matchRoute(api, method, url);
  } catch (error) {
    if (error instanceof ApiProblem) return error;
    throw error;
  }
}

/** @throws ApiProblem 400, 404, 405 */
export function matchRoute(api: CompiledApi, method: string, url: string): Match | MethodsAnswer {
  const mark = url.indexOf("?");
  const path = mark < 0 ? url : url.slice(0, mark);
  requireDecodable(path);
  const found = api.routes.find(path);
  if (!found) throw notFound("There is nothing at this path.");
  const { methods, allow } = found.value;
  const operation = methods.get(method) ?? (method === "HEAD" ? methods.get("GET") : undefined);
  if (operation)
    return { operation, pathParameters: found.parameters, query: mark < 0 ? "" : url.slice(mark + 1) };
  if (method === "OPTIONS") return { allow };
  throw ApiProblem.of("method_not_allowed", `This path takes ${allow}.`, { headers: { allow } });
}

function requireDecodable(path: string): void {
  if (path.length > MAX_PATH_LENGTH)
    throw ApiProblem.of("malformed_request", `The path is longer than ${MAX_PATH_LENGTH} bytes.`);
  if (!path.includes("%")) return;
  try {
    decodeURIComponent(path);
  } catch {
    throw ApiProblem.of("malformed_request", "The path holds a percent sign that starts no UTF-8 character.");
  }
}
