import { Receipt } from "../../shared/contracts/receipt.ts";
import type { Connection } from "../../shared/db/database.ts";

export interface SealedArchive {
  submissionId: string;
  codeName: string;
  archiveSha256: string;
  archiveBytes: number;
}

const ARCHIVE = [
  "submission.id as submissionId",
  "submission.code_name as codeName",
  "submission.archive_sha256 as archiveSha256",
  "submission.archive_bytes as archiveBytes",
] as const;

/** The submission of an invitation's attempt, for its candidate. */
export async function findSubmissionOfInvitation(
  connection: Connection,
  invitationId: string,
): Promise<(SealedArchive & { treeSha256: string; receipt: Receipt }) | null> {
  const row = await connection
    .selectFrom("submission")
    .innerJoin("attempt", "attempt.id", "submission.attempt_id")
    .select([...ARCHIVE, "submission.tree_sha256 as treeSha256", "submission.receipt as receipt"])
    .where("attempt.invitation_id", "=", invitationId)
    .where("attempt.kind", "=", "scored")
    .executeTakeFirst();
  return row ? { ...row, receipt: Receipt.parse(row.receipt) } : null;
}

export async function findArchive(
  connection: Connection,
  submissionId: string,
): Promise<SealedArchive | null> {
  const row = await connection
    .selectFrom("submission")
    .select(ARCHIVE)
    .where("submission.id", "=", submissionId)
    .executeTakeFirst();
  return row ?? null;
}

/** What a reviewer works on: nothing in it says who made it, except the notes, which are the candidate's words. */
export interface SubmissionRow {
  id: string;
  codeName: string;
  sealedAt: Date;
  reason: "candidate" | "deadline" | "admin";
  fileCount: number;
  totalBytes: number;
  archiveSha256: string;
  treeSha256: string;
  assessmentVersionId: string;
  notesToReviewer: string;
}

/** Null for submissions of trials, too: they are not reviewed. */
export async function findSubmission(
  connection: Connection,
  submissionId: string,
): Promise<SubmissionRow | null> {
  const row = await connection
    .selectFrom("submission")
    .innerJoin("attempt", "attempt.id", "submission.attempt_id")
    .innerJoin("invitation", "invitation.id", "attempt.invitation_id")
    .select([
      "submission.id as id",
      "submission.code_name as codeName",
      "submission.sealed_at as sealedAt",
      "submission.reason as reason",
      "submission.file_count as fileCount",
      "submission.total_bytes as totalBytes",
      "submission.archive_sha256 as archiveSha256",
      "submission.tree_sha256 as treeSha256",
      "attempt.assessment_version_id as assessmentVersionId",
      "attempt.notes_to_reviewer as notesToReviewer",
    ])
    .where("submission.id", "=", submissionId)
    .where("invitation.purpose", "=", "candidate")
    .executeTakeFirst();
  return (row as SubmissionRow | undefined) ?? null;
}
