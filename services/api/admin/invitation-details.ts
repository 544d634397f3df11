import type { InvitationDetails } from "../../shared/contracts/invitation-studio.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import type { Connection } from "../../shared/db/database.ts";
import { isOpen } from "../../shared/domain/attempt-state.ts";
import type { ApiContext } from "../context.ts";
import { findLatestAttempt } from "../records/attempt.ts";
import { listMessages } from "../records/attempt-message.ts";
import { listRequestsOf, presentRequest } from "../records/candidate-request.ts";
import { listEmails } from "../records/email.ts";
import { findInvitationHistory } from "../records/invitation-history.ts";
import { countFaults } from "../records/met-faults.ts";
import { listTimeCredits } from "../records/time-credit.ts";
import { readBoardItem } from "./board.ts";
import { isChangeable } from "./change-invitation.ts";

/** A row of the board with all that belongs to it. @throws PlatformError invitation_not_found */
export async function readInvitationDetails(
  connection: Connection,
  links: Pick<ApiContext, "config" | "sealer">,
  invitationId: string,
): Promise<InvitationDetails> {
  const item = await readBoardItem(connection, links, invitationId);
  const history = await findInvitationHistory(connection, invitationId);
  if (!history) throw new PlatformError("invitation_not_found", "There is no such invitation.");
  const attempt = await findLatestAttempt(connection, invitationId, "scored");
  const { createdAt, revokedAt, consentedAt, ...rest } = history;
  return {
    item,
    ...rest,
    createdAt: createdAt.toISOString(),
    revokedAt: revokedAt?.toISOString() ?? null,
    consentedAt: consentedAt?.toISOString() ?? null,
    canEdit: isChangeable(history, attempt),
    canReinvite: !attempt || !isOpen(attempt.state),
    emails: await listEmails(connection, invitationId),
    requests: (await listRequestsOf(connection, invitationId)).map(presentRequest),
    ...(await readOfAttempt(connection, attempt?.id ?? null)),
  };
}

type OfAttempt = Pick<InvitationDetails, "messages" | "credits" | "faults">;

async function readOfAttempt(connection: Connection, attemptId: string | null): Promise<OfAttempt> {
  if (attemptId === null) return { messages: [], credits: [], faults: [] };
  const messages = await listMessages(connection, attemptId);
  const credits = await listTimeCredits(connection, attemptId);
  return {
    messages: messages.map(({ sentAt, readAt, ...message }) => ({
      ...message,
      sentAt: sentAt.toISOString(),
      readAt: readAt?.toISOString() ?? null,
    })),
    credits: credits.map((credit) => ({ ...credit, at: credit.at.toISOString() })),
    faults: await countFaults(connection, attemptId),
  };
}
