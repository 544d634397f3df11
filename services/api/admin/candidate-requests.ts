import type { z } from "zod";
import type { AdminRequestList, AnswerRequest } from "../../shared/contracts/invitation-studio.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { type AuditActor, recordAudit, staffIdOfActor } from "../../shared/db/audit-log.ts";
import type { Connection, DatabaseTransaction } from "../../shared/db/database.ts";
import type { ApiContext } from "../context.ts";
import {
  type CandidateRequestRow,
  closeRequest,
  countOpenRequests,
  findRequest,
  listRequests,
  lockRequest,
} from "../records/candidate-request.ts";
import { insertEmails, readTemplate } from "../records/email.ts";
import { type InvitationRow, lockInvitation } from "../records/invitation.ts";
import { applyEdit, changeableOf, lockChangeable } from "./change-invitation.ts";
import { invitationSubject } from "./invitations.ts";

type Answer = z.infer<typeof AnswerRequest>;
type Grant = Extract<Answer, { decision: "grant" }>;

/** Those that wait, oldest first; or the latest that are answered or withdrawn. */
export async function readRequests(
  connection: Connection,
  state: "open" | "answered",
): Promise<AdminRequestList> {
  return { items: await listRequests(connection, state), openCount: await countOpenRequests(connection) };
}

/**
 * Grants what was asked for, which changes the invitation, or declines it.
 * @throws PlatformError request_not_found, request_closed, invitation_not_editable (only granting), invalid_request,
 *   mail_not_configured
 */
export async function answerRequest(
  { db, config }: Pick<ApiContext, "db" | "config">,
  requestId: string,
  answer: Answer,
  actor: AuditActor,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const seen = await findRequest(transaction, requestId);
    if (!seen) throw new PlatformError("request_not_found");
    // The invitation first, as everything else that changes it does: two locks in one order cannot wait in a circle.
    const invitation = await lockForAnswer(transaction, seen.invitationId, answer);
    const request = await lockRequest(transaction, requestId);
    if (request?.state !== "open") throw new PlatformError("request_closed");
    const after = answer.decision === "grant" ? await grant(transaction, invitation, request, answer) : null;
    const state = answer.decision === "grant" ? "granted" : "declined";
    const by = staffIdOfActor(actor);
    await closeRequest(transaction, requestId, { state, answer: answer.answer, by });
    if (answer.sendEmail) await mailAnswer(transaction, config, invitation, requestId, by);
    // What a candidate writes about themselves may be nobody else's business: the log has the answer alone.
    await recordAudit(transaction, actor, {
      action: "request.answer",
      subject: { ...invitationSubject(requestId, invitation.candidateName), type: "request" },
      before: { state: "open", kind: request.kind, ...(after ? changeableOf(invitation) : {}) },
      after: { state, answer: answer.answer, ...after },
    });
  });
}

async function lockForAnswer(
  transaction: DatabaseTransaction,
  invitationId: string,
  { decision }: Answer,
): Promise<InvitationRow> {
  if (decision === "grant") return lockChangeable(transaction, invitationId);
  const invitation = await lockInvitation(transaction, invitationId);
  if (!invitation) throw new PlatformError("request_not_found");
  return invitation;
}

function grant(
  transaction: DatabaseTransaction,
  invitation: InvitationRow,
  { kind }: CandidateRequestRow,
  { validFrom, expiresAt, extraTimeFactor }: Grant,
) {
  const needed = kind === "new_date" ? "expiresAt" : "extraTimeFactor";
  if ((kind === "new_date" ? expiresAt : extraTimeFactor) === undefined)
    throw new PlatformError("invalid_request", undefined, {
      errors: [{ path: needed, message: "is what the candidate asked for, so granting it needs one" }],
    });
  return applyEdit(transaction, invitation, { validFrom, expiresAt, extraTimeFactor });
}

async function mailAnswer(
  transaction: DatabaseTransaction,
  { smtpUrl }: Pick<ApiContext["config"], "smtpUrl">,
  { id, candidateEmail }: InvitationRow,
  requestId: string,
  createdBy: string | null,
): Promise<void> {
  if (smtpUrl === "") throw new PlatformError("mail_not_configured");
  const template = await readTemplate(transaction, "answer");
  await insertEmails(transaction, template, [
    { invitationId: id, requestId, template: "answer", recipient: candidateEmail, createdBy },
  ]);
}
