import type { IncomingMessage, ServerResponse } from "node:http";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { presentProblem } from "../http/problem-response.ts";
import { watchBody } from "../http/watch-body.ts";
import type { PresentRefusal } from "./service.ts";

const LINGER_MS = 2000;

/**
 * Bounds the body of a request whoever reads it: past `limit` bytes, or when more is announced, the caller is
 * answered 413, the rest is dropped, and the reader of the stream gets an error.
 *
 * Most clients send everything before they read the answer, and would see a reset connection if it ended at
 * once. So the rest is let in and thrown away for a moment.
 *
 * @returns false when the request is answered already.
 */
export function limitBody(
  request: IncomingMessage,
  response: ServerResponse,
  limit: number,
  present: PresentRefusal = presentProblem,
): boolean {
  const { "content-length": length, "transfer-encoding": encoding } = request.headers;
  // Without either there is no body, however the stream is read.
  if (length === undefined && encoding === undefined) return true;
  let received = request.readableLength;
  let finish: (() => void) | undefined;
  watchBody(request, (chunk) => {
    received += chunk?.length ?? 0;
    if (!finish && received <= limit) return true;
    finish ??= refuse(request, response, limit, present);
    if (chunk === null) finish();
    return false;
  });
  if (Number(length ?? 0) <= limit) return true;
  finish = refuse(request, response, limit, present);
  return false;
}

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  limit: number,
  present: PresentRefusal,
): () => void {
  const error = new PlatformError("body_too_large", `A body may have at most ${limit} bytes.`);
  if (!response.headersSent) {
    const { contentType, body } = present(error);
    response.writeHead(error.status, {
      "content-type": contentType,
      "content-length": Buffer.byteLength(body),
      connection: "close",
    });
    response.write(body);
  }
  const finish = () => {
    clearTimeout(timer);
    response.end(() => request.destroy(error));
  };
  const timer = setTimeout(finish, LINGER_MS);
  timer.unref();
  return finish;
}
