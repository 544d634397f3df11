import { AssessmentSpec } from "../../shared/contracts/assessment.ts";
import type { Connection } from "../../shared/db/database.ts";

/** A published version with what became of it. */
export interface PublicationRow {
  id: string;
  assessmentId: string;
  number: number;
  spec: AssessmentSpec;
  changeNote: string;
  publishedAt: Date;
  publishedBy: string | null;
  invitationCount: number;
  submissionCount: number;
}

/** Published versions of an assessment, newest first; one of them when `versionId` is given. */
export async function listPublications(
  connection: Connection,
  assessmentId: string,
  versionId?: string,
): Promise<PublicationRow[]> {
  let query = connection
    .selectFrom("assessment_version as version")
    .leftJoin("staff_user as publisher", "publisher.id", "version.created_by")
    .select((select) => [
      "version.id as id",
      "version.assessment_id as assessmentId",
      "version.number as number",
      "version.spec as spec",
      "version.change_note as changeNote",
      "version.published_at as publishedAt",
      "publisher.name as publishedBy",
      select
        .selectFrom("invitation")
        .select((count) => count.fn.countAll<number>().as("count"))
        .whereRef("invitation.assessment_version_id", "=", "version.id")
        .where("invitation.purpose", "=", "candidate")
        .as("invitationCount"),
      select
        .selectFrom("submission")
        .innerJoin("attempt", "attempt.id", "submission.attempt_id")
        .innerJoin("invitation", "invitation.id", "attempt.invitation_id")
        .select((count) => count.fn.countAll<number>().as("count"))
        .whereRef("attempt.assessment_version_id", "=", "version.id")
        .where("invitation.purpose", "=", "candidate")
        .as("submissionCount"),
    ])
    .where("version.assessment_id", "=", assessmentId)
    .where("version.purpose", "=", "published")
    .where("version.published_at", "is not", null)
    .orderBy("version.number", "desc");
  if (versionId !== undefined) query = query.where("version.id", "=", versionId);
  const rows = await query.execute();
  return rows.map((row) => ({
    ...row,
    spec: AssessmentSpec.parse(row.spec),
    publishedAt: row.publishedAt!,
    invitationCount: Number(row.invitationCount),
    submissionCount: Number(row.submissionCount),
  }));
}

/** A published version by its id alone. */
export async function findPublication(
  connection: Connection,
  versionId: string,
): Promise<{ id: string; assessmentId: string; spec: AssessmentSpec } | null> {
  const row = await connection
    .selectFrom("assessment_version")
    .select(["id", "assessment_id as assessmentId", "spec"])
    .where("id", "=", versionId)
    .where("purpose", "=", "published")
    .where("published_at", "is not", null)
    .executeTakeFirst();
  return row ? { ...row, spec: AssessmentSpec.parse(row.spec) } : null;
}
