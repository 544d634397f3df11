import { PlatformError } from "../../shared/contracts/problem.ts";
import { type AuditActor, recordAudit } from "../../shared/db/audit-log.ts";
import type { Database } from "../../shared/db/database.ts";
import { enqueue } from "../../shared/queue/outbox.ts";
import { findUploadPurpose, insertAssessmentImport } from "../records/assessment-import.ts";

/** @returns the import's id @throws PlatformError upload_not_found, upload_not_usable */
export async function requestImport(db: Database, uploadId: string, actor: AuditActor): Promise<string> {
  return db.transaction().execute(async (transaction) => {
    const upload = await findUploadPurpose(transaction, uploadId);
    if (!upload) throw new PlatformError("upload_not_found");
    if (upload.purpose !== "assessment" || upload.state !== "stored")
      throw new PlatformError("upload_not_usable");
    const importId = await insertAssessmentImport(transaction, uploadId, actor);
    await enqueue(transaction, "import-assessment", { importId });
    await recordAudit(transaction, actor, {
      action: "assessment.import",
      subject: { type: "upload", id: uploadId, label: upload.fileName },
      after: { importId },
    });
    return importId;
  });
}
