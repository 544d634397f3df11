import type { z } from "zod";
import type { AskRequest } from "../../shared/contracts/invitation-studio.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { recordEvent } from "../../shared/db/attempt-timeline.ts";
import { type Database, databaseNow } from "../../shared/db/database.ts";
import { lockLatestAttempt } from "../records/attempt.ts";
import { markRead } from "../records/attempt-message.ts";
import { closeRequest, insertRequest, listRequestsOf, lockRequest } from "../records/candidate-request.ts";
import { lockInvitation } from "../records/invitation.ts";

/** More than anybody needs; without an end an open page could fill the admins' list. */
const MAX_REQUESTS = 10;
const DAY_MS = 24 * 3600_000;

/**
 * Asks the admins for another date or for extra time, before the scored sitting begins.
 * @throws PlatformError attempt_already_started, request_already_open, too_many_requests_made, invalid_request
 */
export async function askFor(
  db: Database,
  invitationId: string,
  { kind, message, wantedDate }: z.infer<typeof AskRequest>,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await lockInvitation(transaction, invitationId);
    const attempt = await lockLatestAttempt(transaction, invitationId, "scored");
    if (attempt && (attempt.state !== "failed" || attempt.startedAt))
      throw new PlatformError("attempt_already_started");
    if (wantedDate !== undefined) requireReasonable(wantedDate, await databaseNow(transaction));
    const earlier = await listRequestsOf(transaction, invitationId);
    if (earlier.some((one) => one.kind === kind && one.state === "open"))
      throw new PlatformError("request_already_open");
    if (earlier.length >= MAX_REQUESTS) throw new PlatformError("too_many_requests_made");
    await insertRequest(transaction, { invitationId, kind, message, wantedDate: wantedDate ?? null });
  });
}

/** A day either way: where the candidate is it may be tomorrow already. */
function requireReasonable(wantedDate: string, now: Date): void {
  const distanceMs = Date.parse(wantedDate) - now.getTime();
  if (distanceMs > -2 * DAY_MS && distanceMs < 366 * DAY_MS) return;
  throw new PlatformError("invalid_request", undefined, {
    errors: [{ path: "wantedDate", message: "must be within the coming year" }],
  });
}

/**
 * Takes back what was asked. Repeating it changes nothing.
 * @throws PlatformError request_not_found, request_closed (an answer came first)
 */
export async function withdrawRequest(db: Database, invitationId: string, requestId: string): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const request = await lockRequest(transaction, requestId);
    if (request?.invitationId !== invitationId) throw new PlatformError("request_not_found");
    if (request.state === "withdrawn") return;
    if (request.state !== "open") throw new PlatformError("request_closed");
    await closeRequest(transaction, requestId, { state: "withdrawn", answer: "", by: null });
  });
}

/** Notes that the candidate put a message away; the first time counts. Harmless for any other message. */
export async function readMessage(db: Database, invitationId: string, messageId: string): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const attemptId = await markRead(transaction, invitationId, messageId);
    if (attemptId) await recordEvent(transaction, attemptId, { type: "message_read", actor: "candidate" });
  });
}
