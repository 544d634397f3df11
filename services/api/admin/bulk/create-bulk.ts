import { createHash } from "node:crypto";
import type { z } from "zod";
import type {
  BulkReport,
  BulkResult,
  CreateBulkRequest,
} from "../../../shared/contracts/invitation-studio.ts";
import { PlatformError } from "../../../shared/contracts/problem.ts";
import { type AuditActor, recordAudit, staffIdOfActor } from "../../../shared/db/audit-log.ts";
import type { Connection, DatabaseTransaction } from "../../../shared/db/database.ts";
import { canonicalJson } from "../../../shared/domain/audit-chain.ts";
import type { ApiContext } from "../../context.ts";
import { getAssessmentVersion } from "../../records/assessment-version.ts";
import {
  findBatch,
  insertBatch,
  insertBatchInvitations,
  listBatchInvitations,
  lockBulk,
  type NewBatchInvitation,
} from "../../records/bulk-invitation.ts";
import { lockIdempotencyKey } from "../../records/invitation.ts";
import { linkOf } from "../board.ts";
import { mailInvitations } from "../invitations.ts";
import { checkBulk } from "./check-bulk.ts";

type Request = z.infer<typeof CreateBulkRequest>;
type Row = BulkReport["rows"][number];

/**
 * Invites everybody in a table, or nobody. A repeated request answers with what the first one did.
 * @throws PlatformError as reading the table does, and bulk_has_problems, bulk_nothing_to_invite,
 *   idempotency_key_reused, mail_not_configured
 */
export async function createBulk(
  context: ApiContext,
  request: Request,
  actor: AuditActor,
): Promise<BulkResult> {
  const { idempotencyKey: key, ...rest } = request;
  const requestSha256 = createHash("sha256").update(canonicalJson(rest)).digest("hex");
  return context.db.transaction().execute(async (transaction) => {
    await lockIdempotencyKey(transaction, key);
    const earlier = await findBatch(transaction, key);
    if (earlier && earlier.requestSha256 !== requestSha256) throw new PlatformError("idempotency_key_reused");
    if (earlier) return resultOf(transaction, context, earlier.id, earlier.leftOut, true);
    await lockBulk(transaction, request.assessmentVersionId);
    const report = await checkBulk(transaction, request);
    requireInvitable(report, request.leaveOutProblems);
    const leftOut = report.rows
      .filter(({ problems }) => problems.length > 0)
      .map(({ line, email, problems }) => ({ line, email, problems }));
    const by = staffIdOfActor(actor);
    const batchId = await insertBatch(transaction, { key, requestSha256, leftOut, by });
    const { assessmentVersionId } = request;
    await insertBatchInvitations(
      transaction,
      { batchId, assessmentVersionId, by },
      report.rows.filter(isReady),
    );
    const result = await resultOf(transaction, context, batchId, leftOut, false);
    await finish(transaction, context, request, result, actor);
    return result;
  });
}

async function finish(
  transaction: DatabaseTransaction,
  { config }: Pick<ApiContext, "config">,
  { assessmentVersionId, sendEmail }: Request,
  { batchId, created, leftOut }: BulkResult,
  actor: AuditActor,
): Promise<void> {
  if (sendEmail) {
    const invitations = created.map(({ invitationId, email }) => ({
      id: invitationId,
      candidateEmail: email,
    }));
    await mailInvitations(transaction, config, invitations, actor);
  }
  const version = await getAssessmentVersion(transaction, assessmentVersionId);
  await recordAudit(transaction, actor, {
    action: "invitation.create_bulk",
    subject: { type: "invitation_batch", id: batchId, label: version.assessmentTitle },
    after: { assessmentVersionId, created: created.length, leftOut: leftOut.length, sendEmail },
  });
}

const isReady = (row: Row): row is Row & NewBatchInvitation => row.problems.length === 0;

const NAMED_ROWS = 100;

function requireInvitable({ rows, readyCount, problemCount }: BulkReport, leaveOutProblems: boolean): void {
  if (readyCount > 0 && (problemCount === 0 || leaveOutProblems)) return;
  const errors = rows
    .flatMap(({ line, problems }) =>
      problems.map(({ field, message }) => ({ path: `line ${line} ${field}`, message })),
    )
    .slice(0, NAMED_ROWS);
  const code = readyCount === 0 ? "bulk_nothing_to_invite" : "bulk_has_problems";
  throw new PlatformError(code, `${problemCount} of ${rows.length} rows have problems.`, { errors });
}

async function resultOf(
  connection: Connection,
  links: Pick<ApiContext, "config" | "sealer">,
  batchId: string,
  leftOut: BulkResult["leftOut"],
  isRepeat: boolean,
): Promise<BulkResult> {
  const invitations = await listBatchInvitations(connection, batchId);
  return {
    batchId,
    created: invitations.map(({ id, linkGeneration, line, name, email }) => ({
      line,
      invitationId: id,
      name,
      email,
      link: linkOf(links, id, linkGeneration),
    })),
    leftOut,
    isRepeat,
  };
}
