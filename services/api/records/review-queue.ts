import type { AssessmentSpec } from "../../shared/contracts/assessment.ts";
import type { Connection } from "../../shared/db/database.ts";

export interface QueueRow {
  submissionId: string;
  codeName: string;
  sealedAt: Date;
  spec: Pick<AssessmentSpec, "title" | "role">;
  myReview: "draft" | "submitted" | null;
  reviewsSubmitted: number;
}

/** All submissions of candidates (trials are nobody's to review), longest waiting first, with what this reviewer did about each. */
export async function listQueue(connection: Connection, reviewerId: string): Promise<QueueRow[]> {
  const rows = await connection
    .selectFrom("submission")
    .innerJoin("attempt", "attempt.id", "submission.attempt_id")
    .innerJoin("invitation", "invitation.id", "attempt.invitation_id")
    .innerJoin("assessment_version", "assessment_version.id", "attempt.assessment_version_id")
    .select((select) => [
      "submission.id as submissionId",
      "submission.code_name as codeName",
      "submission.sealed_at as sealedAt",
      "assessment_version.spec as spec",
      select
        .selectFrom("review")
        .select("review.state")
        .whereRef("review.submission_id", "=", "submission.id")
        .where("review.reviewer_id", "=", reviewerId)
        .as("myReview"),
      select
        .selectFrom("review")
        .select((count) => count.fn.countAll<number>().as("count"))
        .whereRef("review.submission_id", "=", "submission.id")
        .where("review.state", "=", "submitted")
        .as("reviewsSubmitted"),
    ])
    .where("invitation.purpose", "=", "candidate")
    .orderBy("submission.sealed_at")
    .execute();
  return rows as unknown as QueueRow[];
}
