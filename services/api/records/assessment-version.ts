import { AssessmentSpec } from "../../shared/contracts/assessment.ts";
import type { Connection } from "../../shared/db/database.ts";

export interface AssessmentVersionRow {
  id: string;
  number: number;
  assessmentTitle: string;
  spec: AssessmentSpec;
}

function selectVersions(connection: Connection) {
  return connection
    .selectFrom("assessment_version")
    .innerJoin("assessment", "assessment.id", "assessment_version.assessment_id")
    .select([
      "assessment_version.id as id",
      "assessment_version.number as number",
      "assessment.title as assessmentTitle",
      "assessment_version.spec as spec",
    ]);
}

/** The spec of a version that a foreign key points to. @throws when it does not parse: it was checked when published. */
export async function getAssessmentVersion(
  connection: Connection,
  versionId: string,
): Promise<AssessmentVersionRow> {
  const row = await selectVersions(connection)
    .where("assessment_version.id", "=", versionId)
    .executeTakeFirstOrThrow();
  return { ...row, spec: AssessmentSpec.parse(row.spec) };
}

/** Versions that candidates can be invited to, newest first. */
export async function listInvitableVersions(connection: Connection): Promise<AssessmentVersionRow[]> {
  const rows = await selectVersions(connection)
    .where("assessment_version.published_at", "is not", null)
    .where("assessment_version.purpose", "=", "published")
    .where("assessment.archived_at", "is", null)
    .orderBy("assessment.title")
    .orderBy("assessment_version.number", "desc")
    .execute();
  return rows.map((row) => ({ ...row, spec: AssessmentSpec.parse(row.spec) }));
}

export async function isInvitable(connection: Connection, versionId: string): Promise<boolean> {
  const row = await selectVersions(connection)
    .where("assessment_version.id", "=", versionId)
    .where("assessment_version.published_at", "is not", null)
    .where("assessment_version.purpose", "=", "published")
    .where("assessment.archived_at", "is", null)
    .executeTakeFirst();
  return row !== undefined;
}
