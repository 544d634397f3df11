import { randomUUID } from "node:crypto";
import { type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { PlatformError, type ProblemCode } from "../../shared/contracts/problem.ts";

export const PROBLEM_JSON = "application/problem+json";

/** The RFC 9457 document, with an id of its own. */
export function presentProblem(error: PlatformError): { contentType: string; body: string } {
  return { contentType: PROBLEM_JSON, body: `${JSON.stringify(error.toProblem(randomUUID()))}\n` };
}

/** Answers with the problem, or ends the connection when an answer has begun already. */
export function sendProblem(
  response: ServerResponse,
  error: PlatformError,
  headers: Record<string, string> = {},
  present: typeof presentProblem = presentProblem,
): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const { contentType, body } = present(error);
  response.writeHead(error.status, {
    "content-type": contentType,
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...headers,
  });
  response.end(body);
}

/** The same on a bare socket: what did not parse as HTTP, and refused upgrades. The connection ends. */
export function sendProblemOnSocket(
  socket: Duplex,
  code: ProblemCode,
  detail?: string,
  status?: number,
): void {
  if (socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem = new PlatformError(code, detail).toProblem(randomUUID());
  const finalStatus = status ?? problem.status;
  const body = `${JSON.stringify({ ...problem, status: finalStatus })}\n`;
  endGently(socket);
  socket.end(
    [
      `HTTP/1.1 ${finalStatus} ${STATUS_CODES[finalStatus] ?? "Error"}`,
      "connection: close",
      "cache-control: no-store",
      `content-type: ${PROBLEM_JSON}`,
      `content-length: ${Buffer.byteLength(body)}`,
      "",
      body,
    ].join("\r\n"),
  );
}

/** Destroying at once would reset the connection while the answer is on its way. */
function endGently(socket: Duplex): void {
  const timer = setTimeout(() => socket.destroy(), 1000);
  timer.unref();
  socket.once("close", () => clearTimeout(timer));
  socket.on("error", () => {});
  socket.resume();
}

/** For a server's `clientError`: oversized headers, smuggling attempts, slow senders. Never throws. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === "ECONNRESET" || socket.destroyed) {
    socket.destroy();
    return;
  }
  if (error.code === "HPE_HEADER_OVERFLOW") {
    sendProblemOnSocket(socket, "invalid_request", "The headers are too large.", 431);
  } else if (error.code === "ERR_HTTP_REQUEST_TIMEOUT") {
    sendProblemOnSocket(socket, "invalid_request", "The request took too long to arrive.", 408);
  } else {
    sendProblemOnSocket(socket, "invalid_request", "This is not well-formed HTTP/1.1.");
  }
}
