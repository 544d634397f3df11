import type { Database } from "../../../shared/db/database.ts";
import { isRefusal } from "../../../shared/db/refusal.ts";
import type { Log } from "../../../shared/observability/log.ts";
import type { LogBudget } from "./log-budget.ts";
import { type KeptEntry, keepEntry, type LogEntry, sizeOfEntry } from "./log-entry.ts";
import {
  addUnlogged,
  insertRequests,
  saveWeather,
  type UnloggedReason,
  type WeatherRow,
} from "./log-rows.ts";

export interface RequestLogOptions {
  /** How long an entry waits for others. */
  flushMs: number;
  /** What may wait to be written, in all; past it entries are counted and dropped. */
  maxWaiting: number;
  maxWaitingBytes: number;
}

export const REQUEST_LOG: RequestLogOptions = {
  flushMs: 200,
  maxWaiting: 10_000,
  maxWaitingBytes: 32 * 1024 * 1024,
};
const BATCH = 250;
const MAX_RETRY_MS = 10_000;

/**
 * Writes what programs ask of mock APIs, in batches, beside the requests: adding an entry costs microseconds, never
 * waits and never fails. While the database is away entries wait, up to a bound; what is dropped is counted, in the
 * attempt's own row and in the process's log. The counters of the weather go the same way.
 */
export class RequestLog {
  readonly #db: Database;
  readonly #log: Log;
  readonly #options: RequestLogOptions;
  #waiting: KeptEntry[] = [];
  #waitingBytes = 0;
  readonly #weather = new Map<string, WeatherRow>();
  readonly #unlogged = new Map<string, { attemptId: string; reason: UnloggedReason; requests: number }>();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #failures = 0;
  #closed = false;

  constructor(db: Database, log: Log, options: Partial<RequestLogOptions> = {}) {
    this.#db = db;
    this.#log = log;
    this.#options = { ...REQUEST_LOG, ...options };
  }

  add(entry: LogEntry, budget: LogBudget): void {
    const reason = this.#refuse(entry, budget);
    if (reason) this.#countUnlogged(entry, reason);
    else this.#keep(entry);
    this.#schedule();
  }

  #keep(entry: LogEntry): void {
    try {
      const kept = keepEntry(entry);
      this.#waiting.push(kept);
      this.#waitingBytes += kept.bytes;
    } catch (error) {
      this.#log.warn({ err: error, owner: entry.owner }, "a request of a mock API cannot be written down");
    }
  }

  /** Why the entry is not kept, or null. It may lose its bodies. */
  #refuse(entry: LogEntry, budget: LogBudget): UnloggedReason | null {
    const { request, response } = entry;
    const { maxWaiting, maxWaitingBytes } = this.#options;
    if (this.#waiting.length >= maxWaiting || this.#waitingBytes + sizeOfEntry(entry) > maxWaitingBytes)
      return "overload";
    const grant = budget.take((request.body.head?.length ?? 0) + (response.body.head?.length ?? 0));
    if (grant === "without_bodies") {
      request.body.head = null;
      response.body.head = null;
    }
    return grant === "nothing" ? "cap" : null;
  }

  /** Keeps how far the weather of an attempt has come; only the latest of each operation is written. */
  noteWeather(row: WeatherRow): void {
    this.#weather.set(`${row.attemptId} ${row.hostname} ${row.operationId}`, row);
    this.#schedule();
  }

  /** Settles when everything added so far is written, or could not be. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#running;
    await this.#write();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.flush();
  }

  #countUnlogged({ owner }: LogEntry, reason: UnloggedReason): void {
    if (owner.kind !== "attempt") return;
    const key = `${owner.id} ${reason}`;
    const known = this.#unlogged.get(key) ?? { attemptId: owner.id, reason, requests: 0 };
    known.requests++;
    this.#unlogged.set(key, known);
  }

  #schedule(): void {
    if (this.#timer || this.#closed) return;
    const waitMs = Math.min(MAX_RETRY_MS, this.#options.flushMs * 2 ** Math.min(this.#failures, 10));
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (!this.#running) void this.#write();
    }, waitMs);
    this.#timer.unref();
  }

  /** One at a time. Never rejects. */
  #write(): Promise<void> {
    this.#running ??= this.#writeAll()
      .then(
        () => {
          this.#failures = 0;
        },
        (error: unknown) => {
          this.#failures++;
          this.#log.warn(
            { err: error, waiting: this.#waiting.length },
            "requests of mock APIs could not be logged yet",
          );
        },
      )
      .finally(() => {
        this.#running = undefined;
        if (this.#waiting.length + this.#weather.size + this.#unlogged.size > 0) this.#schedule();
      });
    return this.#running;
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, BATCH);
      await this.#insert(batch);
      this.#waiting = this.#waiting.slice(batch.length);
      this.#waitingBytes -= batch.reduce((sum, { bytes }) => sum + bytes, 0);
    }
    await this.#writeWeather();
    await this.#writeUnlogged();
  }

  /** Entries that the database refuses for what they are (their owner is gone, say) are left out, not the others. */
  async #insert(entries: readonly KeptEntry[]): Promise<void> {
    try {
      await insertRequests(this.#db, entries);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (entries.length > 1) {
        const middle = Math.ceil(entries.length / 2);
        await this.#insert(entries.slice(0, middle));
        await this.#insert(entries.slice(middle));
        return;
      }
      this.#log.warn({ err: error, owner: entries[0]!.owner }, "a request of a mock API cannot be logged");
    }
  }

  async #writeWeather(): Promise<void> {
    const rows = [...this.#weather];
    if (rows.length === 0) return;
    await this.#saveWeather(rows.map(([, row]) => row));
    for (const [key, row] of rows) if (this.#weather.get(key) === row) this.#weather.delete(key);
  }

  async #saveWeather(rows: readonly WeatherRow[]): Promise<void> {
    try {
      await saveWeather(this.#db, rows);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (rows.length > 1) for (const row of rows) await this.#saveWeather([row]);
      else this.#log.warn({ err: error, ...rows[0] }, "the weather of an attempt cannot be kept");
    }
  }

  async #writeUnlogged(): Promise<void> {
    for (const [key, { attemptId, reason, requests }] of [...this.#unlogged]) {
      this.#unlogged.delete(key);
      try {
        await addUnlogged(this.#db, attemptId, reason, requests);
        this.#log.warn({ attemptId, reason, requests }, "requests of mock APIs are missing from the log");
      } catch (error) {
        if (isRefusal(error)) continue;
        const since = this.#unlogged.get(key)?.requests ?? 0;
        this.#unlogged.set(key, { attemptId, reason, requests: requests + since });
        throw error;
      }
    }
  }
}
