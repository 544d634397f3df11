import type { z } from "zod";
import { PlatformError } from "../../shared/contracts/problem.ts";
import type { SaveReviewRequest } from "../../shared/contracts/review.ts";
import type { Rubric } from "../../shared/contracts/rubric.ts";
import { type AuditActor, recordAudit } from "../../shared/db/audit-log.ts";
import type { Database, DatabaseTransaction } from "../../shared/db/database.ts";
import { getAssessmentVersion } from "../records/assessment-version.ts";
import {
  ensureReview,
  findReview,
  lockReview,
  markSubmitted,
  type ReviewRow,
  saveReview,
} from "../records/review.ts";
import { requireSubmissionRow } from "./submission-view.ts";

/** Starts the reviewer's review, or returns the one there is. @throws PlatformError submission_not_found */
export async function startReview(
  db: Database,
  submissionId: string,
  reviewerId: string,
  actor: AuditActor,
): Promise<ReviewRow> {
  const { codeName } = await requireSubmissionRow(db, submissionId);
  return db.transaction().execute(async (transaction) => {
    const isNew = await ensureReview(transaction, submissionId, reviewerId);
    const review = (await findReview(transaction, submissionId, reviewerId))!;
    if (isNew)
      await recordAudit(transaction, actor, {
        action: "review.start",
        subject: { type: "review", id: review.id, label: codeName },
        after: { submissionId },
      });
    return review;
  });
}

/** @throws PlatformError review_not_started, review_locked, review_conflict, invalid_request (unknown criterion) */
export async function saveDraft(
  db: Database,
  submissionId: string,
  reviewerId: string,
  draft: z.infer<typeof SaveReviewRequest>,
): Promise<ReviewRow> {
  const rubric = await rubricOf(db, submissionId);
  requireKnownCriteria(rubric, Object.keys(draft.ratings));
  return db.transaction().execute(async (transaction) => {
    const review = await lockDraft(transaction, submissionId, reviewerId, draft.revision);
    return saveReview(transaction, review.id, draft);
  });
}

/**
 * Locks the review for good. Repeating the call that did it changes nothing.
 * @throws PlatformError as saving does, and review_incomplete naming what is missing.
 */
export async function submitReview(
  db: Database,
  submissionId: string,
  reviewerId: string,
  revision: number,
  actor: AuditActor,
): Promise<ReviewRow> {
  const { codeName } = await requireSubmissionRow(db, submissionId);
  const rubric = await rubricOf(db, submissionId);
  return db.transaction().execute(async (transaction) => {
    const existing = await lockReview(transaction, submissionId, reviewerId);
    if (existing?.state === "submitted" && existing.revision === revision + 1) return existing;
    const review = await lockDraft(transaction, submissionId, reviewerId, revision);
    const missing = missingParts(rubric, review);
    if (missing.length > 0) throw new PlatformError("review_incomplete", undefined, { errors: missing });
    const submitted = await markSubmitted(transaction, review.id);
    await recordAudit(transaction, actor, {
      action: "review.submit",
      subject: { type: "review", id: review.id, label: codeName },
      before: { state: "draft" },
      after: { state: "submitted", recommendation: submitted.recommendation, ratings: submitted.ratings },
    });
    return submitted;
  });
}

async function rubricOf(db: Database, submissionId: string): Promise<Rubric> {
  const submission = await requireSubmissionRow(db, submissionId);
  return (await getAssessmentVersion(db, submission.assessmentVersionId)).spec.rubric;
}

async function lockDraft(
  transaction: DatabaseTransaction,
  submissionId: string,
  reviewerId: string,
  revision: number,
): Promise<ReviewRow> {
  const review = await lockReview(transaction, submissionId, reviewerId);
  if (!review) throw new PlatformError("review_not_started");
  if (review.state === "submitted") throw new PlatformError("review_locked");
  if (review.revision !== revision) throw new PlatformError("review_conflict");
  return review;
}

function requireKnownCriteria(rubric: Rubric, rated: string[]): void {
  const known = new Set(rubric.criteria.map((criterion) => criterion.id));
  const unknown = rated.filter((id) => !known.has(id));
  if (unknown.length === 0) return;
  throw new PlatformError("invalid_request", undefined, {
    errors: unknown.map((id) => ({ path: `ratings.${id}`, message: "is not a criterion of this rubric" })),
  });
}

/** What a review still needs before it can be submitted. Pure. */
export function missingParts(
  rubric: Rubric,
  review: Pick<ReviewRow, "ratings" | "summary" | "recommendation">,
): { path: string; message: string }[] {
  const missing: { path: string; message: string }[] = [];
  for (const { id } of rubric.criteria) {
    const rating = Object.hasOwn(review.ratings, id) ? review.ratings[id] : undefined;
    if (!rating?.level) missing.push({ path: `ratings.${id}.level`, message: "choose a level" });
    if (!rating?.evidence.trim()) missing.push({ path: `ratings.${id}.evidence`, message: "give evidence" });
  }
  if (!review.summary.trim()) missing.push({ path: "summary", message: "write a summary" });
  if (!review.recommendation) missing.push({ path: "recommendation", message: "choose a recommendation" });
  return missing;
}
