import { sql } from "kysely";
import type { Database } from "../../../shared/db/database.ts";

const RETRY_MS = 1000;

/**
 * How long ago an attempt started. Postgres says it once; from then on this process counts by itself, so that no
 * request waits for it. Before the start, and until it is known, no time has passed.
 */
export class AttemptClock {
  readonly #db: Database;
  readonly #attemptId: string;
  #startedAtMs: number | null = null;
  #askAgainAtMs = 0;

  constructor(db: Database, attemptId: string) {
    this.#db = db;
    this.#attemptId = attemptId;
  }

  async load(): Promise<void> {
    const row = await this.#db
      .selectFrom("attempt")
      .where("id", "=", this.#attemptId)
      .select(sql<string | null>`extract(epoch from clock_timestamp() - started_at)`.as("elapsed"))
      .executeTakeFirst();
    this.#askAgainAtMs = performance.now() + RETRY_MS;
    if (row?.elapsed != null) this.#startedAtMs = performance.now() - Number(row.elapsed) * 1000;
  }

  /** Never negative. */
  elapsedSec(): number {
    if (this.#startedAtMs !== null) return Math.max(0, performance.now() - this.#startedAtMs) / 1000;
    if (performance.now() >= this.#askAgainAtMs) {
      this.#askAgainAtMs = performance.now() + RETRY_MS;
      this.load().catch(() => {});
    }
    return 0;
  }
}
