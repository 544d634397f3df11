import { isDeepStrictEqual } from "node:util";
import type { AssessmentDraft } from "../../shared/contracts/assessment-draft.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { type AuditActor, recordAudit } from "../../shared/db/audit-log.ts";
import type { Database, DatabaseTransaction } from "../../shared/db/database.ts";
import { enqueue } from "../../shared/queue/outbox.ts";
import { lockAssessment } from "../records/assessment.ts";
import { type DraftRow, lockDraft, saveDraftContent, setCheckWaiting } from "../records/assessment-draft.ts";
import { findStarterUploads, insertStarterImport } from "../records/starter-import.ts";
import { ensureDraft, uploadsOf } from "./read-assessment.ts";

/**
 * Saves the next revision; equal content saves nothing. Uploads it names begin to be read.
 * @throws PlatformError assessment_not_found, assessment_archived, assessment_conflict, upload_not_usable
 */
export async function saveDraft(
  db: Database,
  assessmentId: string,
  request: { revision: number; content: AssessmentDraft },
  by: string | null,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const draft = await lockEditableDraft(transaction, assessmentId, request.revision);
    await beginStarterImports(transaction, request.content);
    if (isDeepStrictEqual(draft.content, request.content)) return;
    await saveDraftContent(transaction, assessmentId, request.content, by);
  });
}

/** The draft, locked, at the revision that the caller has seen. */
export async function lockEditableDraft(
  transaction: DatabaseTransaction,
  assessmentId: string,
  revision: number,
): Promise<DraftRow & { title: string }> {
  const assessment = await lockAssessment(transaction, assessmentId);
  if (!assessment) throw new PlatformError("assessment_not_found");
  if (assessment.archivedAt) throw new PlatformError("assessment_archived");
  await ensureDraft(transaction, assessmentId);
  const draft = (await lockDraft(transaction, assessmentId))!;
  if (draft.revision !== revision)
    throw new PlatformError("assessment_conflict", `The draft is at revision ${draft.revision} by now.`);
  return { ...draft, title: draft.content.title.trim() || assessment.title };
}

/** An upload that still arrives is read once the draft is saved again; the page saves when it is complete. */
async function beginStarterImports(
  transaction: DatabaseTransaction,
  content: AssessmentDraft,
): Promise<void> {
  const wanted = uploadsOf(content);
  const uploads = await findStarterUploads(transaction, wanted);
  for (const uploadId of wanted) {
    const upload = uploads.find((one) => one.uploadId === uploadId);
    if (upload?.purpose !== "starter")
      throw new PlatformError("upload_not_usable", "The files of a workspace are uploaded for that purpose.");
    if (upload.uploadState !== "stored" || upload.importState !== null) continue;
    if (await insertStarterImport(transaction, uploadId))
      await enqueue(transaction, "import-starter", { uploadId });
  }
}

/**
 * Asks for a check of this revision; asking again while it is under way changes nothing.
 * @throws PlatformError assessment_not_found, assessment_archived, assessment_conflict
 */
export async function requestCheck(
  db: Database,
  assessmentId: string,
  revision: number,
  actor: AuditActor,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const draft = await lockEditableDraft(transaction, assessmentId, revision);
    // An upload that was still arriving at the last save may be complete by now.
    await beginStarterImports(transaction, draft.content);
    if (draft.checkState === "waiting" && draft.checkedRevision === revision) return;
    await setCheckWaiting(transaction, draft);
    await enqueue(transaction, "check-assessment", { assessmentId, revision });
    await recordAudit(transaction, actor, {
      action: "assessment.check",
      subject: { type: "assessment", id: assessmentId, label: draft.title },
      after: { revision },
    });
  });
}
