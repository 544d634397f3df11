import type { z } from "zod";
import type { ReceiptView } from "../../shared/contracts/candidate.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import type { Connection } from "../../shared/db/database.ts";
import { findLatestAttempt } from "../records/attempt.ts";
import { findSubmissionOfInvitation } from "../records/submission.ts";
import type { TreeReader } from "../records/tree-reader.ts";

const LISTED_FILES = 2000;

/** @throws PlatformError attempt_not_started, attempt_over (nothing was kept), attempt_not_sealed */
export async function requireSubmission(connection: Connection, invitationId: string) {
  const submission = await findSubmissionOfInvitation(connection, invitationId);
  if (submission) return submission;
  const attempt = await findLatestAttempt(connection, invitationId, "scored");
  if (!attempt || attempt.state === "failed") throw new PlatformError("attempt_not_started");
  throw new PlatformError(attempt.state === "ended" ? "attempt_over" : "attempt_not_sealed");
}

export async function readReceipt(
  connection: Connection,
  trees: TreeReader,
  invitationId: string,
): Promise<z.infer<typeof ReceiptView>> {
  const submission = await requireSubmission(connection, invitationId);
  const tree = await trees.read(submission.treeSha256);
  const files = tree.entries.filter((entry) => entry.type === "file");
  return {
    receipt: submission.receipt,
    archiveSha256: submission.archiveSha256,
    files: files.slice(0, LISTED_FILES).map(({ path, size, sha256 }) => ({ path, size, sha256 })),
    filesTruncated: files.length > LISTED_FILES,
    omitted: tree.omitted.slice(0, LISTED_FILES),
    downloadUrl: `/api/candidate/invitations/${invitationId}/archive`,
  };
}
