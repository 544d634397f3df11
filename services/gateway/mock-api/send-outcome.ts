import type { ServerResponse } from "node:http";
import type { ApiProblem } from "./api-problem.ts";
import type { Outcome } from "./operate/exchange.ts";

/** An answer as it goes out. `body` is what a HEAD leaves out; "" sends none. */
export interface WireAnswer {
  status: number;
  headers: Record<string, string>;
  /** Undefined exactly when the body is "". */
  type: string | undefined;
  body: string | Uint8Array;
}

export function wireOutcome({ status, headers, body }: Outcome): WireAnswer {
  const text = body === undefined ? "" : JSON.stringify(body);
  return { status, headers: headers ?? {}, type: text === "" ? undefined : "application/json", body: text };
}

export function wireProblem(problem: ApiProblem): WireAnswer {
  const body = JSON.stringify(problem.toDocument());
  return { status: problem.status, headers: problem.headers, type: "application/problem+json", body };
}

export function sendAnswer(response: ServerResponse, answer: WireAnswer, withBody: boolean): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(answer.status, headersOf(answer));
  response.end(withBody && answer.body.length > 0 ? answer.body : undefined);
}

/** All headers of an answer, those that describe its body included. */
export function headersOf({ headers, type, body }: WireAnswer): Record<string, string | number> {
  const all: Record<string, string | number> = { "cache-control": "no-store", ...headers };
  if (type !== undefined) {
    all["content-type"] = type;
    all["content-length"] = Buffer.byteLength(body);
  }
  return all;
}
