import { sql } from "kysely";
import type { Ratings, Recommendation } from "../../shared/contracts/rubric.ts";
import type { Connection, DatabaseTransaction } from "../../shared/db/database.ts";

export interface ReviewRow {
  id: string;
  state: "draft" | "submitted";
  ratings: Ratings;
  summary: string;
  recommendation: Recommendation | null;
  revision: number;
  updatedAt: Date;
  submittedAt: Date | null;
}

const COLUMNS = [
  "id",
  "state",
  "ratings",
  "summary",
  "recommendation",
  "revision",
  "updated_at as updatedAt",
  "submitted_at as submittedAt",
] as const;

/** Only ever one's own: no function here reads a review without naming its reviewer. */
export async function findReview(
  connection: Connection,
  submissionId: string,
  reviewerId: string,
): Promise<ReviewRow | null> {
  const row = await connection
    .selectFrom("review")
    .select(COLUMNS)
    .where("submission_id", "=", submissionId)
    .where("reviewer_id", "=", reviewerId)
    .executeTakeFirst();
  return (row as ReviewRow | undefined) ?? null;
}

export async function lockReview(
  transaction: DatabaseTransaction,
  submissionId: string,
  reviewerId: string,
): Promise<ReviewRow | null> {
  const row = await transaction
    .selectFrom("review")
    .select(COLUMNS)
    .where("submission_id", "=", submissionId)
    .where("reviewer_id", "=", reviewerId)
    .forUpdate()
    .executeTakeFirst();
  return (row as ReviewRow | undefined) ?? null;
}

/** Starts the reviewer's review unless there is one. @returns whether it is new */
export async function ensureReview(
  connection: Connection,
  submissionId: string,
  reviewerId: string,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await connection
    .insertInto("review")
    .values({ submission_id: submissionId, reviewer_id: reviewerId })
    .onConflict((conflict) => conflict.columns(["submission_id", "reviewer_id"]).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

export async function saveReview(
  transaction: DatabaseTransaction,
  reviewId: string,
  draft: { ratings: Ratings; summary: string; recommendation: Recommendation | null },
): Promise<ReviewRow> {
  const row = await transaction
    .updateTable("review")
    .set({
      ratings: JSON.stringify(draft.ratings),
      summary: draft.summary,
      recommendation: draft.recommendation,
      revision: sql<number>`revision + 1`,
      updated_at: sql<Date>`clock_timestamp()`,
    })
    .where("id", "=", reviewId)
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
  return row as unknown as ReviewRow;
}

export async function markSubmitted(transaction: DatabaseTransaction, reviewId: string): Promise<ReviewRow> {
  const row = await transaction
    .updateTable("review")
    .set({
      state: "submitted",
      revision: sql<number>`revision + 1`,
      submitted_at: sql<Date>`clock_timestamp()`,
      updated_at: sql<Date>`clock_timestamp()`,
    })
    .where("id", "=", reviewId)
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
  return row as unknown as ReviewRow;
}
