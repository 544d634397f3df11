import type {
  CompiledApi,
  CompiledOperation,
  CompiledPath,
} from "../../../shared/mock-api/compile/compiled-api.ts";
import { ApiProblem, notFound } from "../api-problem.ts";

export interface Match {
  operation: CompiledOperation;
  pathParameters: ReadonlyMap<string, string>;
  /** The query as it was sent, without the question mark. */
  query: string;
}

/** `OPTIONS` of a known path: the methods it takes. */
export interface MethodsAnswer {
  allow: string;
}

/** @throws ApiProblem 400, 404, 405 */
export function matchRoute(api: CompiledApi, method: string, url: string): Match | MethodsAnswer {
  const mark = url.indexOf("?");
  const path = mark < 0 ? url : url.slice(0, mark);
  requireDecodable(path);
  const found = api.router.find("GET", path);
  const known = found?.store as CompiledPath | undefined;
  if (!found || !known) throw notFound("There is nothing at this path.");
  const allow = allowedMethods(known);
  if (method === "OPTIONS") return { allow };
  const operation = known.methods.get(method === "HEAD" ? "GET" : method);
  if (!operation)
    throw ApiProblem.of("method_not_allowed", `This path takes ${allow}.`, { headers: { allow } });
  const pathParameters: ReadonlyMap<string, string> = new Map(
    known.names.map((name, index) => [name, found.params[`p${index}`] ?? ""]),
  );
  if ([...pathParameters.values()].includes("")) throw notFound("There is nothing at this path.");
  return { operation, pathParameters, query: mark < 0 ? "" : url.slice(mark + 1) };
}

function requireDecodable(path: string): void {
  try {
    decodeURIComponent(path);
  } catch {
    throw ApiProblem.of("malformed_request", "The path holds a percent sign that starts no UTF-8 character.");
  }
}

function allowedMethods(path: CompiledPath): string {
  const methods = new Set(path.methods.keys());
  if (methods.has("GET")) methods.add("HEAD");
  return [...methods, "OPTIONS"].join(", ");
}
