import { Problem } from "../../shared/contracts/problem.ts";
import { defaults } from "./platform-api.gen.ts";
import { ProblemError } from "./problem-error.ts";

defaults.baseUrl = "";
defaults.fetch = fetchOrProblem;

export type * from "./platform-api.gen.ts";
/**
 * Every operation of the platform's API by its `operationId`, generated from the API's document. Rejects with
 * `ProblemError` for every failure but an abort, which rejects with the browser's `AbortError`.
 */
export * as api from "./platform-api.gen.ts";

/** `signal` aborts; `keepalive` lets a request of at most 64 KiB outlive the page. */
export type CallOptions = { signal?: AbortSignal; keepalive?: boolean };

async function fetchOrProblem(address: string | URL | Request, options: RequestInit = {}): Promise<Response> {
  const response = await reach(address, options);
  if (response.ok) return expectsJson(options) ? withWholeJson(response, options) : response;
  const problem = Problem.safeParse(await response.json().catch(() => undefined));
  throw problem.success
    ? new ProblemError(problem.data)
    : ProblemError.unexpected(undefined, response.status);
}

async function reach(address: string | URL | Request, options: RequestInit): Promise<Response> {
  try {
    // A browser may keep even a 404 or 410 for later when nothing forbids it.
    return await fetch(address, { ...options, credentials: "same-origin", cache: "no-store" });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw ProblemError.unreachable(error);
  }
}

const expectsJson = ({ headers }: RequestInit) =>
  new Headers(headers).get("accept")?.includes("json") ?? false;

/**
 * The generated calls would hand on an answer that broke off, or the page of a proxy in between, as if it were data.
 */
async function withWholeJson(response: Response, { signal }: RequestInit): Promise<Response> {
  try {
    return Response.json(await response.json(), { status: response.status });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw ProblemError.unexpected(error, response.status);
  }
}
