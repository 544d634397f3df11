import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { PlatformError } from "../../shared/contracts/problem.ts";
import type { Charge } from "./attempt-ledger.ts";
import type { OpenFile } from "./store/file-store.ts";

/** Set aside at a time for a file of unknown size. */
const STEP = 256 * 1024;

/** What is set aside before a file is opened for its caller. */
export function firstCharge({ bytes }: OpenFile, maxBytes: number): number {
  return bytes ?? Math.min(STEP, maxBytes);
}

/**
 * Sends a file that is charged for. Who breaks off, or meets a limit, has had a part of it: that counts, and is written
 * down. What the registry spoiled does not count.
 * @param charge of {@link firstCharge}; settled or released afterwards
 * @throws UpstreamError, PlatformError; the answer is cut then
 */
export async function sendCharged(
  open: OpenFile,
  charge: Charge,
  maxBytes: number,
  response: ServerResponse,
): Promise<void> {
  sendHead(response, open.bytes);
  const progress = { sentBytes: 0, asideBytes: firstCharge(open, maxBytes) };
  // Whoever waits for the registry's next bytes would not notice.
  response.once("close", () => void open.close());
  try {
    await pipeline(Readable.from(charged(open, charge, maxBytes, progress), { objectMode: false }), response);
  } catch (error) {
    const isCallers = (error as NodeJS.ErrnoException).code === "ERR_STREAM_PREMATURE_CLOSE";
    const counts = progress.sentBytes > 0 && (isCallers || error instanceof PlatformError);
    if (counts) await charge.settle(open.bytes ?? Math.min(progress.sentBytes, progress.asideBytes));
    else await charge.release();
    if (!isCallers) throw error;
  }
}

/** One piece behind, so that the last leaves when the file is paid for and recorded. */
async function* charged(
  open: OpenFile,
  charge: Charge,
  maxBytes: number,
  progress: { sentBytes: number; asideBytes: number },
): AsyncGenerator<Buffer> {
  let behind: Buffer | undefined;
  for await (const piece of open.read()) {
    if (behind) yield behind;
    behind = piece;
    progress.sentBytes += piece.length;
    if (progress.sentBytes > maxBytes) throw new PlatformError("package_too_large");
    if (progress.sentBytes > progress.asideBytes) {
      const aside = Math.min(maxBytes, progress.asideBytes + STEP);
      await charge.grow(aside);
      progress.asideBytes = aside;
    }
  }
  await charge.settle(progress.sentBytes);
  if (behind) yield behind;
}

/** Sends a file that nobody pays for. @throws UpstreamError, PlatformError; the answer is cut then */
export async function sendFree(open: OpenFile, maxBytes: number, response: ServerResponse): Promise<void> {
  sendHead(response, open.bytes);
  response.once("close", () => void open.close());
  await pipeline(Readable.from(limited(open, maxBytes), { objectMode: false }), response);
}

async function* limited(open: OpenFile, maxBytes: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const piece of open.read()) {
    bytes += piece.length;
    if (bytes > maxBytes) throw new PlatformError("package_too_large");
    yield piece;
  }
}

export function sendHead(response: ServerResponse, bytes: number | null): void {
  response.writeHead(200, {
    "content-type": "application/octet-stream",
    "x-content-type-options": "nosniff",
    "accept-ranges": "none",
    "cache-control": "no-store",
    ...(bytes === null ? {} : { "content-length": bytes }),
  });
}
