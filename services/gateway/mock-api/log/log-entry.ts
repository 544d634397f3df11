import { isUtf8 } from "node:buffer";
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";
import type { LoggedRequest, LoggedResponse, LoggedWeather } from "../../../shared/contracts/mock-api-log.ts";
import { redactExcerpt, redactHeaders, redactTarget, redactText, type Secrets } from "./redact.ts";

/** Bytes kept of a body: of an attempt's, which may be many, and of those somebody looks at in the studio. */
export const MAX_LOGGED_BODY = { attempt: 2048, scratch: 16 * 1024 };
/** Characters kept of an address and of a header's value. */
const MAX_TARGET = 2000;
const MAX_HEADER = 500;

/** Whose request it is. */
export type LogOwner = { kind: "attempt" | "scratch"; id: string };

/** The beginning of a body and its whole length, in bytes. */
export interface BodyExcerpt {
  head: Uint8Array | string | null;
  bytes: number;
}

/** A request as it was seen, with all its secrets. Never kept: {@link keepEntry} makes what is. */
export interface LogEntry {
  owner: LogOwner;
  hostname: string;
  secrets: Secrets;
  /** Milliseconds since the epoch. */
  at: number;
  method: string;
  target: string;
  operationId: string | null;
  status: number | null;
  durationMs: number;
  request: { headers: IncomingHttpHeaders; body: BodyExcerpt };
  response: { headers: OutgoingHttpHeaders; body: BodyExcerpt };
  weather: LoggedWeather | null;
  notes: Pick<LoggedResponse, "callbacks" | "mismatch">;
}

/** A row of mock_api_request, as JSON. */
export interface LogRow {
  attempt_id: string | null;
  scratch_id: string | null;
  hostname: string;
  at: string;
  method: string;
  target: string;
  operation_id: string | null;
  status: number | null;
  duration_ms: number;
  fault: string | null;
  request: LoggedRequest;
  response: LoggedResponse;
}

/** What waits to be written. Bytes, because what waits as objects or text is copied by the garbage collector again and again. */
export interface KeptEntry {
  owner: LogOwner;
  /** Roughly what it holds in memory. */
  bytes: number;
  /** The row as JSON in UTF-8, redacted. */
  row: Buffer;
}

/** To be called when the answer is out, off the way of the request. */
export function keepEntry(entry: LogEntry): KeptEntry {
  const row = Buffer.from(JSON.stringify(toRow(entry)));
  return { owner: entry.owner, bytes: Math.max(sizeOfEntry(entry), row.length), row };
}

/** Roughly what the entry holds in memory. */
export function sizeOfEntry({ target, request, response }: LogEntry): number {
  return 2048 + target.length + (request.body.head?.length ?? 0) + (response.body.head?.length ?? 0);
}

export function toRow(entry: LogEntry): LogRow {
  const { owner, secrets, request, response, weather, notes } = entry;
  return {
    attempt_id: owner.kind === "attempt" ? owner.id : null,
    scratch_id: owner.kind === "scratch" ? owner.id : null,
    hostname: entry.hostname,
    at: new Date(entry.at).toISOString(),
    method: entry.method,
    target: redactTarget(entry.target, secrets).slice(0, MAX_TARGET),
    operation_id: entry.operationId,
    status: entry.status,
    duration_ms: Math.round(entry.durationMs * 100) / 100,
    fault: weather?.kind ?? null,
    request: message(request, secrets),
    response: {
      ...message(response, secrets),
      ...(weather ? { weather } : {}),
      ...redactNotes(notes, secrets),
    },
  };
}

function message(
  { headers, body }: LogEntry["request"] | LogEntry["response"],
  secrets: Secrets,
): LoggedRequest {
  const text = body.head && textOf(body.head, body.bytes);
  const isCut = body.head !== null && body.bytes > body.head.length;
  const shown = text === null ? undefined : (isCut ? redactExcerpt : redactText)(text, secrets);
  return {
    headers: redactHeaders(headers, secrets, MAX_HEADER),
    bytes: body.bytes,
    ...(shown ? { body: shown } : {}),
    ...(shown && isCut ? { isCut } : {}),
  };
}

/** Addresses of callbacks come from requests, and may hold what is kept secret there. */
function redactNotes({ callbacks, mismatch }: LogEntry["notes"], secrets: Secrets): LogEntry["notes"] {
  return {
    ...(callbacks
      ? { callbacks: callbacks.map((one) => ({ ...one, url: redactText(one.url, secrets) })) }
      : {}),
    ...(mismatch ? { mismatch } : {}),
  };
}

/** Null for what is not text. A character at the end of an excerpt may have been cut in two. */
function textOf(head: Uint8Array | string, bytes: number): string | null {
  if (typeof head === "string") return head;
  for (let dropped = 0; dropped < (head.length < bytes ? 4 : 1); dropped++) {
    const whole = head.subarray(0, head.length - dropped);
    if (isUtf8(whole)) return Buffer.from(whole.buffer, whole.byteOffset, whole.length).toString();
  }
  return null;
}
