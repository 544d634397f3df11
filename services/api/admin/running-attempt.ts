import type { AuditSubject } from "../../shared/contracts/audit.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import type { Connection, DatabaseTransaction } from "../../shared/db/database.ts";
import { type AttemptRow, lockAttempt } from "../records/attempt.ts";
import { findInvitation } from "../records/invitation.ts";

/** An attempt that runs has started, on a host. */
export type RunningAttempt = AttemptRow & { startedAt: Date; hostId: string };

/**
 * Locks the attempt. It counts as running also in the moment between its deadline and its sealing.
 * @throws PlatformError attempt_not_found, attempt_not_running (not yet), attempt_over (submitted, ended)
 */
export async function lockRunningAttempt(
  transaction: DatabaseTransaction,
  attemptId: string,
): Promise<RunningAttempt> {
  const attempt = await lockAttempt(transaction, attemptId);
  requireScored(attempt);
  if (attempt.state === "provisioning") throw new PlatformError("attempt_not_running");
  if (attempt.state !== "running" || attempt.submitRequestedAt) throw new PlatformError("attempt_over");
  return attempt as RunningAttempt;
}

/** A practice is nobody's business but the candidate's. */
export function requireScored(attempt: AttemptRow | null): asserts attempt is AttemptRow {
  if (attempt?.kind !== "scored") throw new PlatformError("attempt_not_found");
}

/** What the audit log calls an attempt: by whose it is. */
export async function attemptSubject(
  connection: Connection,
  { id, invitationId }: Pick<AttemptRow, "id" | "invitationId">,
): Promise<AuditSubject> {
  const invitation = await findInvitation(connection, invitationId);
  return { type: "attempt", id, label: invitation?.candidateName ?? "" };
}
