import type { ServerResponse } from "node:http";
import type { LoggedCallback, LoggedMismatch } from "../../shared/contracts/mock-api-log.ts";
import { kindOf } from "../../shared/mock-api/compile/compile-body.ts";
import type { ApiProblem } from "./api-problem.ts";
import type { Outcome } from "./operate/exchange.ts";
import { writeXml } from "./respond/write-xml.ts";

/** An answer as it goes out. `body` is what a HEAD leaves out; "" sends none. */
export interface WireAnswer {
  status: number;
  headers: Record<string, string>;
  /** Undefined exactly when the body is "". */
  type: string | undefined;
  body: string | Uint8Array;
  callbacks?: LoggedCallback[];
  /** Where it differs from the document, as far as that was looked into. */
  mismatch?: LoggedMismatch[];
}

export function wireOutcome({
  status,
  headers = {},
  body,
  json,
  type = "application/json",
  callbacks,
}: Outcome): WireAnswer {
  const text = body === undefined ? "" : write(body, type, json);
  const answer: WireAnswer = { status, headers, type: text === "" ? undefined : type, body: text };
  if (callbacks) answer.callbacks = callbacks;
  return answer;
}

function write(body: unknown, type: string, json: string | undefined): string {
  if (type === "application/json") return json ?? JSON.stringify(body);
  const plain = type.split(";")[0]!.trim();
  const kind = kindOf(plain);
  if (kind === "json") return json ?? JSON.stringify(body);
  if (typeof body === "string") return body;
  return /xml$/.test(plain) ? writeXml(body, "root") : JSON.stringify(body);
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

/** Where an answer ends and what becomes of its connection is said by us alone, never by a document or a binding. */
const FRAMING =
  /^(?:content-length|transfer-encoding|trailer|te|connection|proxy-connection|keep-alive|upgrade|expect)$/i;

/** All headers of an answer, those that describe its body included. */
export function headersOf({ headers, type, body }: WireAnswer): Record<string, string | number> {
  const own = Object.entries(headers).filter(([name]) => !FRAMING.test(name));
  const all: Record<string, string | number> = { "cache-control": "no-store", ...Object.fromEntries(own) };
  if (type !== undefined) {
    all["content-type"] = type;
    all["content-length"] = Buffer.byteLength(body);
  }
  return all;
}
