import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { BlobStore } from "../../services/shared/blobs/blob-store.ts";
import type { AttemptState, SandboxState } from "../../services/shared/contracts/common.ts";
import type { Database } from "../../services/shared/db/database.ts";
import { type Files, insertHost, insertSandbox, insertSubmission } from "./fixtures.ts";

export async function insertReviewer(db: Database): Promise<string> {
  const id = randomUUID();
  await db
    .insertInto("staff_user")
    .values({ id, name: "A Reviewer", email: `${id}@example.com`, role: "reviewer" })
    .execute();
  return id;
}

/** Ends a scored attempt with a submission. @returns the submission's id */
export async function submitAttempt(
  db: Database,
  blobs: BlobStore,
  attemptId: string,
  files: Files = {},
): Promise<string> {
  await db
    .updateTable("attempt")
    .set({
      state: "submitted",
      ended_at: new Date(),
      started_at: sql<Date>`coalesce(started_at, now())`,
      deadline_at: sql<Date>`coalesce(deadline_at, now())`,
    })
    .where("id", "=", attemptId)
    .execute();
  return (await insertSubmission(db, blobs, { attemptId, files })).id;
}

export interface RunFixture {
  submissionId: string;
  reviewerId: string;
  state?: AttemptState;
  remainingSec?: number;
  sandbox?: SandboxState;
}

const LIMIT_SEC = 3600;

/** A run in any state, with what goes with it. @returns its id */
export async function insertRun(db: Database, options: RunFixture): Promise<string> {
  const { submissionId, reviewerId, state = "running" } = options;
  const source = await db
    .selectFrom("submission")
    .innerJoin("attempt", "attempt.id", "submission.attempt_id")
    .select(["attempt.invitation_id", "attempt.assessment_version_id"])
    .where("submission.id", "=", submissionId)
    .executeTakeFirstOrThrow();
  const started = state !== "provisioning" && state !== "failed";
  const deadline = new Date(Date.now() + (options.remainingSec ?? LIMIT_SEC) * 1000);
  const { id } = await db
    .insertInto("attempt")
    .values({
      ...source,
      kind: "run",
      run_of: submissionId,
      run_by: reviewerId,
      state,
      limit_sec: LIMIT_SEC,
      host_id: started ? await insertHost(db) : null,
      epoch: started ? 1 : 0,
      started_at: started ? new Date(deadline.getTime() - LIMIT_SEC * 1000) : null,
      deadline_at: started ? deadline : null,
      ended_at: state === "ended" || state === "failed" ? new Date() : null,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  if (options.sandbox) await insertSandbox(db, id, options.sandbox);
  return id;
}
