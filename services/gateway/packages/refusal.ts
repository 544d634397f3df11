import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { PlatformError } from "../../shared/contracts/problem.ts";
import type { PresentRefusal } from "../egress/service.ts";
import { PROBLEM_JSON } from "../http/problem-response.ts";

/** A problem document, with the member that npm shows. */
export const presentRefusal: PresentRefusal = (error) => {
  const problem = error.toProblem(randomUUID());
  const body = { ...problem, error: problem.detail || problem.hint };
  return { contentType: PROBLEM_JSON, body: `${JSON.stringify(body)}\n` };
};

/**
 * Installers show little of a refusal: pnpm, yarn and pip the words of the status line, npm these and a member `error`.
 * Of a refused page of a project pip shows nothing; see {@link refuseForPip}.
 */
export function sendRefusal(request: IncomingMessage, response: ServerResponse, error: PlatformError): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  if (error.status === 403 && isPipAskingForProject(request)) {
    refuseForPip(response, error);
    return;
  }
  const { contentType, body } = presentRefusal(error);
  const headers = {
    "content-type": contentType,
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  };
  response.writeHead(error.status, statusWords(error), headers);
  response.end(request.method === "HEAD" ? undefined : body);
}

/**
 * pip says "no matching distribution" about a page that is refused, and keeps the reason to itself. The one thing it
 * repeats is the type of a page that is none: so it gets one, with the reason in its type.
 */
function refuseForPip(response: ServerResponse, error: PlatformError): void {
  const { title, detail, hint } = error.toProblem();
  const reason = printable(`${title}. ${detail ?? hint}`).replace(/["\\]/g, "'");
  response.writeHead(200, {
    "content-type": `text/plain; refused="${reason}"`,
    "content-length": 0,
    "cache-control": "no-store",
  });
  response.end();
}

function isPipAskingForProject({ headers, url }: IncomingMessage): boolean {
  return /^pip\//.test(headers["user-agent"] ?? "") && (url ?? "").startsWith("/pypi/simple/");
}

function statusWords(error: PlatformError): string {
  return printable(error.toProblem().title);
}

/** A status line and a header take visible ASCII. */
function printable(text: string): string {
  return text
    .replace(/[“”]/g, "'")
    .replace(/[^\x20-\x7e]/g, "?")
    .slice(0, 300);
}
