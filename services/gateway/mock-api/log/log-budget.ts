import { sql } from "kysely";
import type { Database } from "../../../shared/db/database.ts";
import type { LogOwner } from "./log-entry.ts";

export interface LogLimits {
  /** Requests logged of one attempt, or one scratch instance. */
  requests: number;
  /** Bytes of bodies; past them requests are logged without. */
  bodyBytes: number;
}

export const LOG_LIMITS: LogLimits = { requests: 50_000, bodyBytes: 32 * 1024 * 1024 };

/** What one attempt, or one scratch instance, may still log. */
export class LogBudget {
  readonly owner: LogOwner;
  readonly #limits: LogLimits;
  #requests: number;
  #bodyBytes: number;

  constructor(owner: LogOwner, limits: LogLimits, spent: { requests: number; bodyBytes: number }) {
    this.owner = owner;
    this.#limits = limits;
    this.#requests = spent.requests;
    this.#bodyBytes = spent.bodyBytes;
  }

  /** Whether one more request is logged, and whether with `bodyBytes` of bodies. */
  take(bodyBytes: number): "all" | "without_bodies" | "nothing" {
    if (this.#requests >= this.#limits.requests) return "nothing";
    this.#requests++;
    if (this.#bodyBytes + bodyBytes > this.#limits.bodyBytes) return "without_bodies";
    this.#bodyBytes += bodyBytes;
    return "all";
  }
}

/** What an attempt has logged before, on this host or another. */
export async function loggedSoFar(
  db: Database,
  attemptId: string,
): Promise<{ requests: number; bodyBytes: number }> {
  const row = await db
    .selectFrom("mock_api_request")
    .where("attempt_id", "=", attemptId)
    .select([
      sql<number>`count(*)`.as("requests"),
      sql<number>`coalesce(sum(coalesce(length(request ->> 'body'), 0) + coalesce(length(response ->> 'body'), 0)), 0)`.as(
        "bodyBytes",
      ),
    ])
    .executeTakeFirstOrThrow();
  return { requests: Number(row.requests), bodyBytes: Number(row.bodyBytes) };
}
