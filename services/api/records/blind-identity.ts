import type { Connection } from "../../shared/db/database.ts";
import { type Identity, redactIdentity } from "../../shared/domain/blind.ts";

/**
 * The one place of the review area that reads who a candidate is, and only to take it out of texts: it hands
 * out a function, never the identity.
 */
export type Redactor = (text: string) => { text: string; redacted: boolean };

export async function redactorOf(connection: Connection, submissionId: string): Promise<Redactor> {
  const identity: Identity = await connection
    .selectFrom("submission")
    .innerJoin("attempt", "attempt.id", "submission.attempt_id")
    .innerJoin("invitation", "invitation.id", "attempt.invitation_id")
    .select(["invitation.candidate_name as name", "invitation.candidate_email as email"])
    .where("submission.id", "=", submissionId)
    .executeTakeFirstOrThrow();
  return (text) => redactIdentity(text, identity);
}
