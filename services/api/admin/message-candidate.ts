import { PlatformError } from "../../shared/contracts/problem.ts";
import { recordEvent } from "../../shared/db/attempt-timeline.ts";
import { type AuditActor, recordAudit, staffIdOfActor } from "../../shared/db/audit-log.ts";
import type { Database } from "../../shared/db/database.ts";
import { isOpen } from "../../shared/domain/attempt-state.ts";
import { lockAttempt } from "../records/attempt.ts";
import { insertMessage } from "../records/attempt-message.ts";
import { attemptSubject, requireScored } from "./running-attempt.ts";

/**
 * Shows the candidate of an open attempt a message, on whatever page of theirs is open.
 * @throws PlatformError attempt_not_found, attempt_over
 */
export async function messageCandidate(
  db: Database,
  attemptId: string,
  text: string,
  actor: AuditActor,
): Promise<{ id: string; text: string; sentAt: Date; readAt: null }> {
  return db.transaction().execute(async (transaction) => {
    const attempt = await lockAttempt(transaction, attemptId);
    requireScored(attempt);
    if (!isOpen(attempt.state)) throw new PlatformError("attempt_over");
    const message = await insertMessage(transaction, { attemptId, text, sentBy: staffIdOfActor(actor) });
    // The words are not part of the work: the timeline, which reviewers see, holds that there were some.
    await recordEvent(transaction, attemptId, { type: "message_sent", actor: "staff" });
    await recordAudit(transaction, actor, {
      action: "attempt.message",
      subject: await attemptSubject(transaction, attempt),
      after: { text },
    });
    return { ...message, text, readAt: null };
  });
}
