import { sql } from "kysely";
import type { Database } from "../../../shared/db/database.ts";

const RETRY_MS = 1000;
/** How far the clock may run on into a pause, or stand still after one. */
const COMPARE_MS = 5000;

/**
 * How long an attempt has been going on: since its start, without the times for which the platform gave time back and
 * without the pause it is in. Postgres says it every few seconds; between, this process counts by itself, so that no
 * request waits for it. Before the start, and until it is known, no time has passed.
 */
export class AttemptClock {
  readonly #db: Database;
  readonly #attemptId: string;
  readonly #compareMs: number;
  #known: { elapsedSec: number; atMs: number; isPaused: boolean } | null = null;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(db: Database, attemptId: string, compareMs = COMPARE_MS) {
    this.#db = db;
    this.#attemptId = attemptId;
    this.#compareMs = compareMs;
  }

  /** Compares now, and from now on until it is stopped. */
  async follow(): Promise<void> {
    let isAnswered = false;
    try {
      await this.#compare();
      isAnswered = true;
    } finally {
      const isKnown = isAnswered && this.#known !== null;
      if (!this.#isStopped)
        this.#timer = setTimeout(
          () => void this.follow().catch(() => {}),
          isKnown ? this.#compareMs : Math.min(RETRY_MS, this.#compareMs),
        ).unref();
    }
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  /** Never negative. */
  elapsedSec(): number {
    if (this.#known === null) return 0;
    const { elapsedSec, atMs, isPaused } = this.#known;
    const since = isPaused ? 0 : (performance.now() - atMs) / 1000;
    return Math.max(0, elapsedSec + since);
  }

  async #compare(): Promise<void> {
    // Seconds and not the times they stand for, which may overlap.
    const lost = sql`coalesce((select sum(seconds) from time_credit where attempt_id = attempt.id
      and covers_from < coalesce(attempt.paused_at, clock_timestamp())), 0)`;
    const row = await this.#db
      .selectFrom("attempt")
      .where("id", "=", this.#attemptId)
      .select([
        sql<
          string | null
        >`extract(epoch from coalesce(paused_at, clock_timestamp()) - started_at) - ${lost}`.as("elapsed"),
        sql<boolean>`paused_at is not null`.as("isPaused"),
      ])
      .executeTakeFirst();
    if (row?.elapsed == null) return;
    this.#known = { elapsedSec: Number(row.elapsed), atMs: performance.now(), isPaused: row.isPaused };
  }
}
