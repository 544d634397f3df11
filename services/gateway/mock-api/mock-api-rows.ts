import { sql } from "kysely";
import type { Database } from "../../shared/db/database.ts";

/** A document with what stands behind it, as it came from the database. */
export interface MockApiSource {
  document: unknown;
  bindings: unknown;
  weather: unknown;
  /** Of the dataset version; null without one. */
  manifest: unknown;
}

export interface AttemptMockApiRow extends MockApiSource {
  hostname: string;
  versionId: string;
  assessmentVersionId: string;
  /** Whose key it takes: that of the attempt, of a run that of the candidate's, which may be written into the files. */
  keyOwnerId: string;
}

export function mockApisOfAttempt(db: Database, attemptId: string): Promise<AttemptMockApiRow[]> {
  return db
    .selectFrom("attempt")
    .innerJoin("assessment_version_mock_api as used", (join) =>
      join.onRef("used.assessment_version_id", "=", "attempt.assessment_version_id"),
    )
    .innerJoin("mock_api_version as version", "version.id", "used.mock_api_version_id")
    .leftJoin("dataset_version as dataset", "dataset.id", "version.dataset_version_id")
    .leftJoin("submission", "submission.id", "attempt.run_of")
    .select([
      "used.hostname",
      "used.assessment_version_id as assessmentVersionId",
      "version.id as versionId",
      "version.document",
      "version.bindings",
      "version.weather",
      "dataset.manifest",
      sql<string>`coalesce(submission.attempt_id, attempt.id)`.as("keyOwnerId"),
    ])
    .where("attempt.id", "=", attemptId)
    .execute();
}

export interface ScratchRow extends MockApiSource {
  mockApiId: string;
  /** Milliseconds until it expires, by the database's clock. */
  remainingMs: number;
}

/** Null for what is unknown or expired. */
export async function findScratch(db: Database, scratchId: string): Promise<ScratchRow | null> {
  const row = await db
    .selectFrom("mock_api_scratch as scratch")
    .leftJoin("dataset_version as dataset", "dataset.id", "scratch.dataset_version_id")
    .select([
      "scratch.mock_api_id as mockApiId",
      "scratch.document",
      "scratch.bindings",
      "scratch.weather",
      "dataset.manifest",
      sql<string>`extract(epoch from scratch.expires_at - clock_timestamp()) * 1000`.as("remainingMs"),
    ])
    .where("scratch.id", "=", scratchId)
    .where(sql<boolean>`scratch.expires_at > clock_timestamp()`)
    .executeTakeFirst();
  return row ? { ...row, remainingMs: Number(row.remainingMs) } : null;
}

export async function scratchExists(db: Database, scratchId: string): Promise<boolean> {
  const row = await db
    .selectFrom("mock_api_scratch")
    .select("id")
    .where("id", "=", scratchId)
    .where(sql<boolean>`expires_at > clock_timestamp()`)
    .executeTakeFirst();
  return row !== undefined;
}
