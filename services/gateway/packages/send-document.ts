import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { Entry } from "./digest/entry.ts";

/** One document of an entry, or that the caller has it already. */
export async function sendDocument(
  request: IncomingMessage,
  response: ServerResponse,
  entry: Entry,
  part: string,
  contentType?: string,
): Promise<void> {
  const found = entry.header.parts[part]!;
  const etag = `"${found.digest}"`;
  const headers = { etag, vary: "accept", "cache-control": "no-cache" };
  if (request.headers["if-none-match"] === etag) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(200, {
    ...headers,
    "content-type": contentType ?? found.contentType,
    "content-length": found.length,
    "x-content-type-options": "nosniff",
  });
  if (request.method === "HEAD") response.end();
  else await pipeline(entry.stream(part), response);
}

export function sendJson(response: ServerResponse, value: unknown): void {
  const body = JSON.stringify(value);
  response.writeHead(200, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
  });
  response.end(body);
}
