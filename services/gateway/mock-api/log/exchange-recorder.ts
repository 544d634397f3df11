import type { IncomingMessage, ServerResponse } from "node:http";
import type { LoggedWeather } from "../../../shared/contracts/mock-api-log.ts";
import { watchBody } from "../../http/watch-body.ts";
import type { WireAnswer } from "../send-outcome.ts";
import type { LogBudget } from "./log-budget.ts";
import { type BodyExcerpt, type LogEntry, MAX_LOGGED_BODY } from "./log-entry.ts";
import type { Secrets } from "./redact.ts";
import type { RequestLog } from "./request-log.ts";

/** What is noted of one request while it is served. */
export interface Recording {
  /** The answer as it was sent, or begun. */
  answered(answer: WireAnswer, withBody: boolean): void;
  weather(weather: LoggedWeather): void;
}

/** Logs the requests of one mock API of one attempt or scratch instance, each when its connection is done with it. */
export class ExchangeRecorder {
  readonly #log: RequestLog;
  readonly #budget: LogBudget;
  readonly #hostname: string;
  readonly #secrets: Secrets;
  readonly #excerpt: number;

  constructor(log: RequestLog, budget: LogBudget, hostname: string, secrets: Secrets) {
    this.#log = log;
    this.#budget = budget;
    this.#hostname = hostname;
    this.#secrets = secrets;
    this.#excerpt = MAX_LOGGED_BODY[budget.owner.kind];
  }

  begin(request: IncomingMessage, response: ServerResponse, operationId: string | null): Recording {
    const [at, start] = [Date.now(), performance.now()];
    // What comes later may change it.
    const target = request.url ?? "/";
    const limit = this.#excerpt;
    const requestBody = observeBody(request, limit);
    let responseBody: BodyExcerpt = { head: null, bytes: 0 };
    let met: LoggedWeather | null = null;
    const notes: LogEntry["notes"] = {};
    response.once("close", () => {
      const entry = {
        owner: this.#budget.owner,
        hostname: this.#hostname,
        secrets: this.#secrets,
        at,
        method: request.method ?? "GET",
        target,
        operationId,
        status: response.headersSent ? response.statusCode : null,
        durationMs: performance.now() - start,
        request: { headers: request.headers, body: requestBody },
        response: { headers: response.getHeaders(), body: responseBody },
        weather: met,
        notes,
      };
      this.#log.add(entry, this.#budget);
    });
    return {
      answered({ body, callbacks, mismatch }, withBody) {
        if (callbacks) notes.callbacks = callbacks;
        if (mismatch) notes.mismatch = mismatch;
        if (withBody) responseBody = excerptOf(body, limit);
      },
      weather(weather) {
        met = weather;
      },
    };
  }
}

function excerptOf(body: string | Uint8Array, limit: number): BodyExcerpt {
  const bytes = Buffer.byteLength(body);
  if (bytes === 0) return { head: null, bytes };
  if (typeof body === "string" && bytes <= limit) return { head: body, bytes };
  const head =
    typeof body === "string" ? Buffer.from(body.slice(0, limit)) : Buffer.from(body.subarray(0, limit));
  return { head: head.length > limit ? head.subarray(0, limit) : head, bytes };
}

/** Copies the beginning of the body as it comes; the stream's reader notices nothing. */
function observeBody(request: IncomingMessage, limit: number): BodyExcerpt {
  const excerpt: { head: Uint8Array | null; bytes: number } = { head: null, bytes: 0 };
  const { "content-length": length, "transfer-encoding": encoding } = request.headers;
  if (encoding === undefined && (length === undefined || length === "0")) return excerpt;
  watchBody(request, (chunk) => {
    if (chunk) {
      const kept = excerpt.head?.length ?? 0;
      if (kept < limit) {
        const piece = chunk.subarray(0, limit - kept);
        excerpt.head = excerpt.head ? Buffer.concat([excerpt.head, piece]) : Buffer.from(piece);
      }
      excerpt.bytes += chunk.length;
    }
    return true;
  });
  return excerpt;
}
