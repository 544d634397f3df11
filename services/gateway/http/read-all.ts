import type { IncomingMessage } from "node:http";

/**
 * The whole body. Listens itself: an iterator over the stream costs several times as much as a small body.
 * @throws the stream's own error, or an Error when it broke off
 */
export function readAll(request: IncomingMessage): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const fail = () => reject(request.errored ?? new Error("the body of the request broke off"));
    if (request.destroyed) return fail();
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.once("end", () => {
      request.off("close", fail);
      resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
    });
    request.once("error", reject);
    request.once("close", fail);
  });
}
