import { pinFindings } from "../../shared/assessments/pin-findings.ts";
import { pinsOf, savePublishedVersion } from "../../shared/assessments/save-version.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { type AuditActor, recordAudit, staffIdOfActor } from "../../shared/db/audit-log.ts";
import type { Database } from "../../shared/db/database.ts";
import { type DraftRow, setPublishedRevision } from "../records/assessment-draft.ts";
import { lockEditableDraft } from "./edit-draft.ts";
import { incomplete } from "./start-trial.ts";

/**
 * Publishes exactly what passed the check: the spec that the check put together, at the revision it was about.
 * @throws PlatformError assessment_not_found, assessment_archived, assessment_conflict, assessment_unchanged,
 *   assessment_not_checked, assessment_incomplete (something pinned was archived since)
 */
export async function publishDraft(
  db: Database,
  assessmentId: string,
  request: { revision: number; changeNote: string },
  actor: AuditActor,
): Promise<{ assessmentVersionId: string; number: number }> {
  return db.transaction().execute(async (transaction) => {
    const draft = await lockEditableDraft(transaction, assessmentId, request.revision);
    if (draft.publishedRevision === draft.revision) throw new PlatformError("assessment_unchanged");
    const spec = requirePassed(draft);
    const findings = await pinFindings(transaction, draft.content);
    if (findings.some(({ severity }) => severity === "failed")) throw incomplete(findings);
    const { id, number } = await savePublishedVersion(transaction, {
      assessmentId,
      spec,
      ...pinsOf(draft.content),
      createdBy: staffIdOfActor(actor),
      changeNote: request.changeNote,
    });
    await setPublishedRevision(transaction, draft);
    await recordAudit(transaction, actor, {
      action: "assessment.publish",
      subject: { type: "assessment", id: assessmentId, label: spec.title },
      after: { assessmentVersionId: id, number, changeNote: request.changeNote, revision: draft.revision },
    });
    return { assessmentVersionId: id, number };
  });
}

function requirePassed(draft: DraftRow): NonNullable<DraftRow["prepared"]> {
  const { checkState, checkedRevision, revision, prepared } = draft;
  if (checkState === "passed" && checkedRevision === revision && prepared) return prepared;
  throw new PlatformError("assessment_not_checked", whyNotPassed(draft));
}

function whyNotPassed({ checkState, checkedRevision, revision }: DraftRow): string {
  if (checkState === "waiting") return "The check is still running.";
  if (checkedRevision === null || checkState === "none") return "This draft has not been checked.";
  if (checkedRevision !== revision) return "The draft was changed since its last check.";
  return "The last check found something that must be corrected.";
}
