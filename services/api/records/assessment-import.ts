import type { AssessmentImportView } from "../../shared/contracts/assessment-transfer.ts";
import { type AuditActor, staffIdOfActor } from "../../shared/db/audit-log.ts";
import type { Connection, DatabaseTransaction } from "../../shared/db/database.ts";

export async function insertAssessmentImport(
  transaction: DatabaseTransaction,
  uploadId: string,
  actor: AuditActor,
): Promise<string> {
  const { id } = await transaction
    .insertInto("assessment_import")
    .values({ upload_id: uploadId, actor: JSON.stringify(actor), created_by: staffIdOfActor(actor) })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

export async function findAssessmentImport(
  connection: Connection,
  importId: string,
): Promise<AssessmentImportView | null> {
  const row = await connection
    .selectFrom("assessment_import")
    .innerJoin("upload", "upload.id", "assessment_import.upload_id")
    .select([
      "assessment_import.id as id",
      "assessment_import.state as state",
      "upload.file_name as fileName",
      "assessment_import.assessment_id as assessmentId",
      "assessment_import.parts as parts",
      "assessment_import.problems as problems",
    ])
    .where("assessment_import.id", "=", importId)
    .executeTakeFirst();
  return (row as AssessmentImportView | undefined) ?? null;
}

export async function findUploadPurpose(
  connection: Connection,
  uploadId: string,
): Promise<{ purpose: string; state: string; fileName: string } | null> {
  const row = await connection
    .selectFrom("upload")
    .select(["purpose", "state", "file_name as fileName"])
    .where("id", "=", uploadId)
    .executeTakeFirst();
  return row ?? null;
}
