import { sql } from "kysely";
import { AssessmentDraft } from "../../shared/contracts/assessment-draft.ts";
import type { AssessmentImportView } from "../../shared/contracts/assessment-transfer.ts";
import type { AuditActor } from "../../shared/db/audit-log.ts";
import type { Connection, DatabaseTransaction } from "../../shared/db/database.ts";
import { storable } from "../../shared/db/storable.ts";

export interface WaitingImport {
  id: string;
  sha256: string;
  fileName: string;
  actor: AuditActor;
}

/** Null once it does not wait any more. */
export async function findWaitingImport(db: Connection, importId: string): Promise<WaitingImport | null> {
  const row = await db
    .selectFrom("assessment_import")
    .innerJoin("upload", "upload.id", "assessment_import.upload_id")
    .select([
      "assessment_import.id",
      "upload.sha256",
      "upload.file_name as fileName",
      "assessment_import.actor",
    ])
    .where("assessment_import.id", "=", importId)
    .where("assessment_import.state", "=", "waiting")
    .executeTakeFirst();
  if (!row?.sha256) return null;
  return { ...row, sha256: row.sha256, actor: row.actor as unknown as AuditActor };
}

/** Whoever works on an import holds its row until it is done. @returns whether it still waits */
export async function lockWaitingImport(tx: DatabaseTransaction, importId: string): Promise<boolean> {
  const row = await tx
    .selectFrom("assessment_import")
    .select("id")
    .where("id", "=", importId)
    .where("state", "=", "waiting")
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

export async function endImport(
  db: Connection,
  importId: string,
  outcome: { assessmentId: string; parts: AssessmentImportView["parts"] } | { problems: readonly string[] },
): Promise<void> {
  await db
    .updateTable("assessment_import")
    .set({
      ...("problems" in outcome
        ? { state: "failed", problems: JSON.stringify(storable(outcome.problems)) }
        : { state: "done", assessment_id: outcome.assessmentId, parts: JSON.stringify(outcome.parts) }),
      updated_at: sql<Date>`clock_timestamp()`,
    })
    .where("id", "=", importId)
    .where("state", "=", "waiting")
    .execute();
}

/** Imports that wait although no job works on them; the next look finds them later. */
export async function takeForgottenImports(db: Connection, ageSec: number): Promise<string[]> {
  const rows = await db
    .updateTable("assessment_import")
    .set({ updated_at: sql<Date>`clock_timestamp()` })
    .where("state", "=", "waiting")
    .where("updated_at", "<", sql<Date>`clock_timestamp() - make_interval(secs => ${ageSec})`)
    .returning("id")
    .execute();
  return rows.map(({ id }) => id);
}

/** Drafts of assessments that could be the imported one: the same slug, or one that an import had to change. */
export async function findNamesakes(
  tx: DatabaseTransaction,
  slug: string,
): Promise<{ assessmentId: string; content: AssessmentDraft }[]> {
  const rows = await tx
    .selectFrom("assessment")
    .innerJoin("assessment_draft as draft", "draft.assessment_id", "assessment.id")
    .select(["assessment.id as assessmentId", "draft.content as content"])
    .where("assessment.archived_at", "is", null)
    .where((e) =>
      e.or([e("slug", "=", slug), e("slug", "like", `${slug.slice(0, 80).replace(/-+$/, "")}-%`)]),
    )
    .orderBy("assessment.created_at")
    .limit(50)
    .execute();
  return rows.map((row) => ({ ...row, content: AssessmentDraft.parse(row.content) }));
}

export async function insertImportedDraft(
  tx: DatabaseTransaction,
  assessmentId: string,
  content: AssessmentDraft,
  by: string | null,
): Promise<void> {
  await tx
    .insertInto("assessment_draft")
    .values({ assessment_id: assessmentId, content: JSON.stringify(content), updated_by: by })
    .execute();
}
