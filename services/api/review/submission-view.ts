import { PlatformError } from "../../shared/contracts/problem.ts";
import type { QueueItem, ReviewView, SubmissionView } from "../../shared/contracts/review.ts";
import type { Connection } from "../../shared/db/database.ts";
import { getAssessmentVersion } from "../records/assessment-version.ts";
import { redactorOf } from "../records/blind-identity.ts";
import { findReview, type ReviewRow } from "../records/review.ts";
import type { QueueRow } from "../records/review-queue.ts";
import { findSubmission, type SubmissionRow } from "../records/submission.ts";

/** @throws PlatformError submission_not_found */
export async function requireSubmissionRow(
  connection: Connection,
  submissionId: string,
): Promise<SubmissionRow> {
  const submission = await findSubmission(connection, submissionId);
  if (!submission) throw new PlatformError("submission_not_found");
  return submission;
}

export async function readSubmissionView(
  connection: Connection,
  submissionId: string,
  reviewerId: string,
): Promise<SubmissionView> {
  const submission = await requireSubmissionRow(connection, submissionId);
  const { spec } = await getAssessmentVersion(connection, submission.assessmentVersionId);
  const redact = await redactorOf(connection, submissionId);
  const review = await findReview(connection, submissionId, reviewerId);
  return {
    submissionId,
    codeName: submission.codeName,
    sealedAt: submission.sealedAt.toISOString(),
    reason: submission.reason,
    fileCount: submission.fileCount,
    totalBytes: submission.totalBytes,
    archiveSha256: submission.archiveSha256,
    notesToReviewer: redact(submission.notesToReviewer).text,
    assessment: {
      title: spec.title,
      roleTitle: spec.role.title,
      roleType: spec.role.type,
      brief: spec.brief,
      aiPolicy: spec.aiPolicy,
      hasModels: spec.models.kind !== "none",
      hasPackages: spec.packages.kind !== "none",
    },
    rubric: spec.rubric,
    review: review && presentReview(review),
  };
}

export function presentReview(review: ReviewRow): ReviewView {
  return {
    ...review,
    updatedAt: review.updatedAt.toISOString(),
    submittedAt: review.submittedAt?.toISOString() ?? null,
  };
}

export function presentQueueItem(row: QueueRow): QueueItem {
  return {
    submissionId: row.submissionId,
    codeName: row.codeName,
    assessmentTitle: row.spec.title,
    roleTitle: row.spec.role.title,
    roleType: row.spec.role.type,
    sealedAt: row.sealedAt.toISOString(),
    myReview: row.myReview ?? "none",
    reviewsSubmitted: row.reviewsSubmitted,
  };
}
