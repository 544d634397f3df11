import type { Socket } from "node:net";
import { PlatformError } from "../../shared/contracts/problem.ts";

/** Requests that never become one (not HTTP, endless headers) are told so and hung up on. */
export function answerConnectionError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const problem = JSON.stringify(new PlatformError("invalid_request", "This is not valid HTTP.").toProblem());
  socket.end(
    "HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json\r\n" +
      `Content-Length: ${Buffer.byteLength(problem)}\r\nConnection: close\r\n\r\n${problem}`,
  );
}
