import type { Connection } from "../../shared/db/database.ts";

export interface InvitationHistory {
  createdAt: Date;
  /** Name of the member of staff; null when a program invited, or the account is gone. */
  createdBy: string | null;
  revokedAt: Date | null;
  revokeReason: string | null;
  consentedAt: Date | null;
  reinvitedFrom: string | null;
  /** The latest invitation made from this one. */
  reinvitedAs: string | null;
}

export async function findInvitationHistory(
  connection: Connection,
  invitationId: string,
): Promise<InvitationHistory | null> {
  const row = await connection
    .selectFrom("invitation")
    .leftJoin("staff_user", "staff_user.id", "invitation.created_by")
    .select((select) => [
      "invitation.created_at as createdAt",
      "staff_user.name as createdBy",
      "invitation.revoked_at as revokedAt",
      "invitation.revoke_reason as revokeReason",
      "invitation.consented_at as consentedAt",
      "invitation.reinvited_from as reinvitedFrom",
      select
        .selectFrom("invitation as next")
        .select("next.id")
        .whereRef("next.reinvited_from", "=", "invitation.id")
        .orderBy("next.created_at", "desc")
        .limit(1)
        .as("reinvitedAs"),
    ])
    .where("invitation.id", "=", invitationId)
    .executeTakeFirst();
  return row ?? null;
}
