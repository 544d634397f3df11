import { sql } from "kysely";
import { saveTrialVersion, type VersionPins } from "../../shared/assessments/save-version.ts";
import { CHECK_EMAIL } from "../../shared/assessments/trial.ts";
import type { AssessmentSpec } from "../../shared/contracts/assessment.ts";
import type { Connection, Database } from "../../shared/db/database.ts";

/** Longer than any check takes; an attempt that a check left behind seals itself then. */
const CHECK_LIMIT_SEC = 3600;

/** What a check starts: a version of the draft, an invitation that nobody has, and its attempt. @returns its id */
export async function insertCheckAttempt(
  db: Database,
  draft: VersionPins & { assessmentId: string; spec: AssessmentSpec },
): Promise<string> {
  return db.transaction().execute(async (tx) => {
    const assessmentVersionId = await saveTrialVersion(tx, { ...draft, createdBy: null });
    const invitation = await tx
      .insertInto("invitation")
      .values({
        assessment_version_id: assessmentVersionId,
        purpose: "trial",
        candidate_name: "Check",
        candidate_email: CHECK_EMAIL,
        expires_at: sql<Date>`clock_timestamp()`,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    const attempt = await tx
      .insertInto("attempt")
      .values({
        invitation_id: invitation.id,
        assessment_version_id: assessmentVersionId,
        kind: "scored",
        limit_sec: CHECK_LIMIT_SEC,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    return attempt.id;
  });
}

/** From here on nothing brings its workspace back. Harmless when it has ended. */
export async function endTrialAttempt(db: Connection, attemptId: string): Promise<void> {
  await db
    .updateTable("attempt")
    .set({ state: "ended", end_reason: "admin", ended_at: sql<Date>`clock_timestamp()` })
    .where("id", "=", attemptId)
    .where("state", "in", ["provisioning", "running"])
    .execute();
}

/** Open attempts of trials that ran out, and of checks that nobody works on any more. */
export async function findOverdueTrialAttempts(
  db: Connection,
  ages: { checkSec: number },
): Promise<{ attemptId: string; hostId: string | null }[]> {
  const rows = await db
    .selectFrom("attempt")
    .innerJoin("invitation", "invitation.id", "attempt.invitation_id")
    .select(["attempt.id", "attempt.host_id"])
    .where("invitation.purpose", "=", "trial")
    .where("attempt.state", "in", ["provisioning", "running"])
    .where((e) =>
      e.or([
        e.and([
          e("invitation.candidate_email", "=", CHECK_EMAIL),
          e("invitation.created_at", "<", secondsAgo(ages.checkSec)),
        ]),
        e.and([
          e("invitation.candidate_email", "<>", CHECK_EMAIL),
          e("invitation.expires_at", "<", sql<Date>`clock_timestamp()`),
        ]),
      ]),
    )
    .execute();
  return rows.map((row) => ({ attemptId: row.id, hostId: row.host_id }));
}

/** Trials that are over for good: ran out or were replaced, and nothing of them runs or is being removed. */
export async function findSpentTrials(db: Connection, ageSec: number): Promise<string[]> {
  const rows = await db
    .selectFrom("invitation")
    .select("invitation.id")
    .where("invitation.purpose", "=", "trial")
    .where((e) =>
      e.or([
        e("invitation.expires_at", "<", secondsAgo(ageSec)),
        e("invitation.revoked_at", "<", secondsAgo(ageSec)),
      ]),
    )
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom("attempt")
            .leftJoin("sandbox", "sandbox.attempt_id", "attempt.id")
            .select("attempt.id")
            .whereRef("attempt.invitation_id", "=", "invitation.id")
            .where((open) =>
              open.or([
                open("attempt.state", "in", ["provisioning", "running", "sealing"]),
                open("sandbox.state", "in", ["starting", "ready", "frozen", "lost"]),
              ]),
            ),
        ),
      ),
    )
    .limit(50)
    .execute();
  return rows.map(({ id }) => id);
}

function secondsAgo(seconds: number) {
  return sql<Date>`clock_timestamp() - make_interval(secs => ${seconds})`;
}

/** Tables whose rows belong to an attempt, children first; with a submission go its runs, so it is the last one. */
export const OF_ATTEMPT = [
  "snapshot",
  "sandbox",
  "time_credit",
  "attempt_event",
  "attempt_message",
  "mock_api_record",
  "mock_api_request",
  "mock_api_unlogged",
  "mock_api_weather",
  "dataset_canary",
  "attempt_dataset",
  "attempt_model_budget",
  "model_call",
  "attempt_package",
  "submission",
] as const;

/**
 * Removes a trial with all that it left in the database. Its version goes with it unless a draft or another trial
 * needs it. What is in the blob store stays: blobs are shared. Published versions and candidates are never touched.
 */
export async function deleteTrial(db: Database, invitationId: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const invitation = await tx
      .selectFrom("invitation")
      .select(["id", "assessment_version_id"])
      .where("id", "=", invitationId)
      .where("purpose", "=", "trial")
      .forUpdate()
      .executeTakeFirst();
    if (!invitation) return;
    const attempts = tx.selectFrom("attempt").select("id").where("invitation_id", "=", invitationId);
    for (const table of OF_ATTEMPT) await tx.deleteFrom(table).where("attempt_id", "in", attempts).execute();
    await tx.deleteFrom("attempt").where("invitation_id", "=", invitationId).execute();
    for (const table of ["candidate_request", "email_message"] as const)
      await tx.deleteFrom(table).where("invitation_id", "=", invitationId).execute();
    await tx.deleteFrom("invitation").where("id", "=", invitationId).execute();
    await deleteTrialVersion(tx, invitation.assessment_version_id);
  });
}

async function deleteTrialVersion(tx: Connection, versionId: string): Promise<void> {
  const used = await tx
    .selectFrom("invitation")
    .select("id")
    .where("assessment_version_id", "=", versionId)
    .limit(1)
    .executeTakeFirst();
  if (used) return;
  for (const table of ["assessment_version_dataset", "assessment_version_mock_api"] as const)
    await tx.deleteFrom(table).where("assessment_version_id", "=", versionId).execute();
  await tx
    .deleteFrom("assessment_version")
    .where("id", "=", versionId)
    .where("purpose", "=", "trial")
    .execute();
}
