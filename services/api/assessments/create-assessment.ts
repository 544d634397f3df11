import { randomBytes } from "node:crypto";
import type { z } from "zod";
import type { AssessmentDraft } from "../../shared/contracts/assessment-draft.ts";
import type { CloneAssessmentRequest, CreateAssessmentRequest } from "../../shared/contracts/composer.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { type AuditActor, recordAudit, staffIdOfActor } from "../../shared/db/audit-log.ts";
import type { Database, DatabaseTransaction } from "../../shared/db/database.ts";
import { insertAssessment, lockAssessment, setArchived, slugIsTaken } from "../records/assessment.ts";
import { insertDraft } from "../records/assessment-draft.ts";
import { listPublications } from "../records/assessment-publication.ts";
import { ensureDraft, versionAsDraft } from "./read-assessment.ts";
import { draftFromTemplate } from "./templates/templates.ts";

/** @returns the new assessment's id */
export async function createAssessment(
  db: Database,
  request: z.infer<typeof CreateAssessmentRequest>,
  actor: AuditActor,
): Promise<string> {
  return db.transaction().execute(async (transaction) => {
    const content = draftFromTemplate(request.template, request.title);
    const id = await insertWithDraft(transaction, content, actor);
    await recordAudit(transaction, actor, {
      action: "assessment.create",
      subject: { type: "assessment", id, label: request.title },
      after: { title: request.title, template: request.template },
    });
    return id;
  });
}

/**
 * A new assessment with the draft, or a published version, of another.
 * @throws PlatformError assessment_not_found, assessment_version_not_found
 */
export async function cloneAssessment(
  db: Database,
  assessmentId: string,
  request: z.infer<typeof CloneAssessmentRequest>,
  actor: AuditActor,
): Promise<string> {
  return db.transaction().execute(async (transaction) => {
    const source = await contentToClone(transaction, assessmentId, request.assessmentVersionId);
    const title = request.title ?? `${source.title.slice(0, 190).trim() || "Assessment"} (copy)`;
    const id = await insertWithDraft(transaction, { ...source, title }, actor);
    await recordAudit(transaction, actor, {
      action: "assessment.clone",
      subject: { type: "assessment", id, label: title },
      after: { title, from: assessmentId, version: request.assessmentVersionId ?? null },
    });
    return id;
  });
}

async function contentToClone(
  transaction: DatabaseTransaction,
  assessmentId: string,
  versionId: string | undefined,
): Promise<AssessmentDraft> {
  if (versionId === undefined) return (await ensureDraft(transaction, assessmentId)).content;
  const [version] = await listPublications(transaction, assessmentId, versionId);
  if (!version) throw new PlatformError("assessment_version_not_found");
  return versionAsDraft(transaction, version);
}

async function insertWithDraft(
  transaction: DatabaseTransaction,
  content: AssessmentDraft,
  actor: AuditActor,
): Promise<string> {
  const slug = await freeSlug(transaction, content.title);
  const assessmentId = await insertAssessment(transaction, { slug, title: content.title });
  await insertDraft(transaction, {
    assessmentId,
    content,
    publishedRevision: null,
    by: staffIdOfActor(actor),
  });
  return assessmentId;
}

/** From the title where it has letters; with something random behind it where that is taken. */
async function freeSlug(transaction: DatabaseTransaction, title: string): Promise<string> {
  const plain = title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
  const slug = plain.replace(/-+$/, "") || "assessment";
  return (await slugIsTaken(transaction, slug)) ? `${slug}-${randomBytes(4).toString("hex")}` : slug;
}

/** Repeating it changes nothing. @throws PlatformError assessment_not_found */
export async function archiveAssessment(
  db: Database,
  assessmentId: string,
  archived: boolean,
  actor: AuditActor,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const assessment = await lockAssessment(transaction, assessmentId);
    if (!assessment) throw new PlatformError("assessment_not_found");
    if ((assessment.archivedAt !== null) === archived) return;
    await setArchived(transaction, assessmentId, archived);
    await recordAudit(transaction, actor, {
      action: archived ? "assessment.archive" : "assessment.restore",
      subject: { type: "assessment", id: assessmentId, label: assessment.title },
      before: { archived: !archived },
      after: { archived },
    });
  });
}
