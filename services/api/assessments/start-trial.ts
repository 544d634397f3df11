import { prepareSpec } from "../../shared/assessments/prepare-spec.ts";
import { pinsOf, saveTrialVersion } from "../../shared/assessments/save-version.ts";
import { PROGRAM_EMAIL, TRIAL_HOURS } from "../../shared/assessments/trial.ts";
import { imageNames } from "../../shared/config/config.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { recordEvent } from "../../shared/db/attempt-timeline.ts";
import { type AuditActor, recordAudit, staffIdOfActor } from "../../shared/db/audit-log.ts";
import type { DatabaseTransaction } from "../../shared/db/database.ts";
import type { Finding } from "../../shared/domain/composer/finding.ts";
import { enqueue } from "../../shared/queue/outbox.ts";
import type { ApiContext } from "../context.ts";
import { endAttempt, lockOpenAttempts } from "../records/attempt.ts";
import { lockInvitation, markRevoked } from "../records/invitation.ts";
import { findOwnTrials, findStaffEmail, insertTrialInvitation, type TrialRow } from "../records/trial.ts";
import { lockEditableDraft } from "./edit-draft.ts";
import { ensureDraft } from "./read-assessment.ts";

/**
 * "Try as a candidate": a version of the draft as it is, with an invitation for whoever asks. The trial that the same
 * person had before ends.
 * @throws PlatformError assessment_not_found, assessment_archived, assessment_conflict, assessment_incomplete
 */
export async function startTrial(
  { db, blobs, config }: Pick<ApiContext, "db" | "blobs" | "config">,
  assessmentId: string,
  revision: number,
  actor: AuditActor,
): Promise<TrialRow> {
  const { content, revision: present } = await ensureDraft(db, assessmentId);
  if (present !== revision)
    throw new PlatformError("assessment_conflict", `The draft is at revision ${present} by now.`);
  const { spec, findings } = await prepareSpec(db, blobs, content, imageNames(config));
  if (!spec) throw incomplete(findings);
  return db.transaction().execute(async (transaction) => {
    // Whoever saved in between made another revision.
    const draft = await lockEditableDraft(transaction, assessmentId, revision);
    const by = staffIdOfActor(actor);
    await endOwnTrials(transaction, assessmentId, by);
    const versionId = await saveTrialVersion(transaction, {
      assessmentId,
      spec,
      ...pinsOf(content),
      createdBy: by,
    });
    const trial = await insertTrialInvitation(transaction, {
      assessmentVersionId: versionId,
      name: actor.name,
      email: by === null ? PROGRAM_EMAIL : await findStaffEmail(transaction, by),
      hours: TRIAL_HOURS,
      createdBy: by,
    });
    await recordAudit(transaction, actor, {
      action: "assessment.try",
      subject: { type: "assessment", id: assessmentId, label: draft.title },
      after: { revision, invitationId: trial.invitationId },
    });
    return trial;
  });
}

export function incomplete(findings: readonly Finding[]): PlatformError {
  const errors = findings
    .filter(({ severity }) => severity === "failed")
    .map(({ path, message, remedy }) => ({ path, message: `${message} ${remedy}` }));
  return new PlatformError("assessment_incomplete", errors[0]?.message, { errors });
}

async function endOwnTrials(
  transaction: DatabaseTransaction,
  assessmentId: string,
  by: string | null,
): Promise<void> {
  for (const invitationId of await findOwnTrials(transaction, assessmentId, by)) {
    await lockInvitation(transaction, invitationId);
    await markRevoked(transaction, invitationId, by, "a new trial took its place");
    for (const attempt of await lockOpenAttempts(transaction, invitationId)) {
      await endAttempt(transaction, attempt.id, "revoked");
      await recordEvent(transaction, attempt.id, { type: "revoked", actor: "staff" });
      // Without a host no worker took it yet; the one that does sees that it has ended.
      if (attempt.hostId) await enqueue(transaction, "discard", { attemptId: attempt.id }, attempt);
    }
  }
}
