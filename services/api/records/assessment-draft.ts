import { sql } from "kysely";
import { AssessmentSpec } from "../../shared/contracts/assessment.ts";
import { AssessmentDraft } from "../../shared/contracts/assessment-draft.ts";
import { CheckReport } from "../../shared/contracts/composer.ts";
import type { Connection, DatabaseTransaction } from "../../shared/db/database.ts";

export interface DraftRow {
  assessmentId: string;
  revision: number;
  content: AssessmentDraft;
  checkState: "none" | "waiting" | "passed" | "failed";
  checkedRevision: number | null;
  report: CheckReport | null;
  /** What the last check that passed put together. */
  prepared: AssessmentSpec | null;
  publishedRevision: number | null;
  updatedAt: Date;
  updatedBy: string | null;
}

function selectDraft(connection: Connection, assessmentId: string) {
  return connection
    .selectFrom("assessment_draft as draft")
    .leftJoin("staff_user as editor", "editor.id", "draft.updated_by")
    .select([
      "draft.assessment_id as assessmentId",
      "draft.revision as revision",
      "draft.content as content",
      "draft.check_state as checkState",
      "draft.checked_revision as checkedRevision",
      "draft.report as report",
      "draft.prepared as prepared",
      "draft.published_revision as publishedRevision",
      "draft.updated_at as updatedAt",
      "editor.name as updatedBy",
    ])
    .where("draft.assessment_id", "=", assessmentId);
}

type Selected = Awaited<ReturnType<ReturnType<typeof selectDraft>["executeTakeFirst"]>>;

function toRow(row: Selected): DraftRow | null {
  if (!row) return null;
  return {
    ...row,
    checkState: row.checkState as DraftRow["checkState"],
    content: AssessmentDraft.parse(row.content),
    report: row.report === null ? null : CheckReport.parse(row.report),
    prepared: row.prepared === null ? null : AssessmentSpec.parse(row.prepared),
  };
}

export async function findDraft(connection: Connection, assessmentId: string): Promise<DraftRow | null> {
  return toRow(await selectDraft(connection, assessmentId).executeTakeFirst());
}

export async function lockDraft(
  transaction: DatabaseTransaction,
  assessmentId: string,
): Promise<DraftRow | null> {
  return toRow(await selectDraft(transaction, assessmentId).forUpdate("draft").executeTakeFirst());
}

/** Unless there is one already. @param publishedRevision 1 when a published version says the same */
export async function insertDraft(
  connection: Connection,
  draft: { assessmentId: string; content: AssessmentDraft; publishedRevision: 1 | null; by: string | null },
): Promise<void> {
  await connection
    .insertInto("assessment_draft")
    .values({
      assessment_id: draft.assessmentId,
      content: JSON.stringify(draft.content),
      published_revision: draft.publishedRevision,
      updated_by: draft.by,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The next revision. A check that is under way is about another text by now, and is given up. */
export async function saveDraftContent(
  transaction: DatabaseTransaction,
  assessmentId: string,
  content: AssessmentDraft,
  by: string | null,
): Promise<void> {
  await transaction
    .updateTable("assessment_draft")
    .set({
      content: JSON.stringify(content),
      revision: sql<number>`revision + 1`,
      updated_at: sql<Date>`clock_timestamp()`,
      updated_by: by,
      check_state: sql<string>`case check_state when 'waiting' then 'none' else check_state end`,
    })
    .where("assessment_id", "=", assessmentId)
    .execute();
}

export async function setCheckWaiting(transaction: DatabaseTransaction, draft: DraftRow): Promise<void> {
  await transaction
    .updateTable("assessment_draft")
    .set({
      check_state: "waiting",
      checked_revision: draft.revision,
      check_requested_at: sql<Date>`clock_timestamp()`,
      report: null,
      prepared: null,
    })
    .where("assessment_id", "=", draft.assessmentId)
    .execute();
}

export async function setPublishedRevision(transaction: DatabaseTransaction, draft: DraftRow): Promise<void> {
  await transaction
    .updateTable("assessment_draft")
    .set({ published_revision: draft.revision })
    .where("assessment_id", "=", draft.assessmentId)
    .execute();
}
