import { sql } from "kysely";
import type { BulkResult } from "../../shared/contracts/invitation-studio.ts";
import type { Connection, DatabaseTransaction } from "../../shared/db/database.ts";

/**
 * Of these addresses (in lower case), those with an invitation to the version's assessment that can still be begun,
 * and since when.
 */
export async function findOpenInvitations(
  connection: Connection,
  assessmentVersionId: string,
  emails: readonly string[],
): Promise<Map<string, Date>> {
  if (emails.length === 0) return new Map();
  const { rows } = await sql<{ email: string; invitedAt: Date }>`
    select lower(candidate_email) as email, max(invitation.created_at) as "invitedAt"
    from invitation
    join assessment_version on assessment_version.id = invitation.assessment_version_id
    where lower(candidate_email) = any(${emails}::text[]) and invitation.purpose = 'candidate'
      and assessment_version.assessment_id =
        (select assessment_id from assessment_version where id = ${assessmentVersionId})
      and revoked_at is null and expires_at > clock_timestamp()
      and not exists (select from attempt where invitation_id = invitation.id and kind = 'scored'
        and (state <> 'failed' or started_at is not null))
    group by 1`.execute(connection);
  return new Map(rows.map((row) => [row.email, row.invitedAt]));
}

/** Lets everybody who invites many to the same assessment wait for one another, until the transaction ends. */
export async function lockBulk(transaction: DatabaseTransaction, assessmentVersionId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('bulk:' ||
    (select assessment_id::text from assessment_version where id = ${assessmentVersionId}), 0))`.execute(
    transaction,
  );
}

export interface BatchRow {
  id: string;
  requestSha256: string;
  leftOut: BulkResult["leftOut"];
}

export async function findBatch(connection: Connection, key: string): Promise<BatchRow | null> {
  const row = await connection
    .selectFrom("invitation_batch")
    .select(["id", "request_sha256 as requestSha256", "result"])
    .where("idempotency_key", "=", key)
    .executeTakeFirst();
  return row ? { ...row, leftOut: row.result as unknown as BulkResult["leftOut"] } : null;
}

export async function insertBatch(
  transaction: DatabaseTransaction,
  batch: { key: string; requestSha256: string; leftOut: BulkResult["leftOut"]; by: string | null },
): Promise<string> {
  const { id } = await transaction
    .insertInto("invitation_batch")
    .values({
      idempotency_key: batch.key,
      request_sha256: batch.requestSha256,
      result: JSON.stringify(batch.leftOut),
      created_by: batch.by,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

export interface NewBatchInvitation {
  line: number;
  name: string;
  email: string;
  validFrom: string;
  expiresAt: string;
  extraTimeFactor: number;
}

const ROWS_A_STATEMENT = 500;

export async function insertBatchInvitations(
  transaction: DatabaseTransaction,
  batch: { batchId: string; assessmentVersionId: string; by: string | null },
  invitations: readonly NewBatchInvitation[],
): Promise<void> {
  for (let start = 0; start < invitations.length; start += ROWS_A_STATEMENT)
    await transaction
      .insertInto("invitation")
      .values(
        invitations.slice(start, start + ROWS_A_STATEMENT).map((one) => ({
          assessment_version_id: batch.assessmentVersionId,
          candidate_name: one.name,
          candidate_email: one.email,
          valid_from: one.validFrom,
          expires_at: one.expiresAt,
          extra_time_factor: one.extraTimeFactor,
          created_by: batch.by,
          batch_id: batch.batchId,
          batch_line: one.line,
        })),
      )
      .execute();
}

export interface BatchInvitationRow {
  id: string;
  linkGeneration: number;
  line: number;
  name: string;
  email: string;
}

/** In the order of the table. */
export async function listBatchInvitations(
  connection: Connection,
  batchId: string,
): Promise<BatchInvitationRow[]> {
  const rows = await connection
    .selectFrom("invitation")
    .select([
      "id",
      "link_generation as linkGeneration",
      "batch_line as line",
      "candidate_name as name",
      "candidate_email as email",
    ])
    .where("batch_id", "=", batchId)
    .orderBy("batch_line")
    .execute();
  return rows as BatchInvitationRow[];
}
