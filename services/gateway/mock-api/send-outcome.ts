import type { ServerResponse } from "node:http";
import type { ApiProblem } from "./api-problem.ts";
import type { Outcome } from "./operate/exchange.ts";

/** @param headers sent with every answer, such as the state of the rate limit */
export function sendOutcome(
  response: ServerResponse,
  outcome: Outcome,
  headers: Record<string, string>,
  withBody: boolean,
): void {
  const text = outcome.body === undefined ? "" : JSON.stringify(outcome.body);
  send(response, outcome.status, text, "application/json", { ...headers, ...outcome.headers }, withBody);
}

export function sendApiProblem(
  response: ServerResponse,
  problem: ApiProblem,
  headers: Record<string, string>,
  withBody: boolean,
): void {
  const text = JSON.stringify(problem.toDocument());
  const all = { ...headers, ...problem.headers };
  send(response, problem.status, text, "application/problem+json", all, withBody);
}

function send(
  response: ServerResponse,
  status: number,
  text: string,
  type: string,
  headers: Record<string, string>,
  withBody: boolean,
): void {
  if (response.headersSent || response.destroyed) return;
  const content = text === "" ? {} : { "content-type": type, "content-length": Buffer.byteLength(text) };
  response.writeHead(status, { "cache-control": "no-store", ...headers, ...content });
  response.end(withBody ? text : undefined);
}
