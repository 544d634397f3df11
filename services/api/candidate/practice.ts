import type { Database, DatabaseTransaction } from "../../shared/db/database.ts";
import { enqueue } from "../../shared/queue/outbox.ts";
import { endAttempt, lockLatestAttempt } from "../records/attempt.ts";
import { lockInvitation } from "../records/invitation.ts";

/** Gives up the practice workspace; harmless when there is none. */
export async function stopPractice(db: Database, invitationId: string): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await lockInvitation(transaction, invitationId);
    await endPractice(transaction, invitationId);
  });
}

/** The same, in the caller's transaction, with the invitation locked. */
export async function endPractice(transaction: DatabaseTransaction, invitationId: string): Promise<void> {
  const practice = await lockLatestAttempt(transaction, invitationId, "practice");
  if (!practice || (practice.state !== "provisioning" && practice.state !== "running")) return;
  await endAttempt(transaction, practice.id, "candidate");
  // Without a host no worker took it yet; the one that does sees that it has ended.
  if (practice.hostId) await enqueue(transaction, "discard", { attemptId: practice.id }, practice);
}
