import { sql } from "kysely";
import type { Connection } from "../../shared/db/database.ts";

/** Every marker that is in some candidate's copy. */
export async function listMarkers(connection: Connection): Promise<string[]> {
  const rows = await connection.selectFrom("dataset_canary").select("marker").distinct().execute();
  return rows.map(({ marker }) => marker);
}

/** Whose copies hold the markers; one row for each. */
export function findMarkerOwners(connection: Connection, markers: readonly string[]) {
  return (
    connection
      .selectFrom("dataset_canary as canary")
      .innerJoin("attempt", "attempt.id", "canary.attempt_id")
      .innerJoin("invitation", "invitation.id", "attempt.invitation_id")
      .innerJoin("assessment_version", "assessment_version.id", "attempt.assessment_version_id")
      .innerJoin("assessment", "assessment.id", "assessment_version.assessment_id")
      .innerJoin("dataset_version", "dataset_version.id", "canary.dataset_version_id")
      .innerJoin("dataset", "dataset.id", "dataset_version.dataset_id")
      .select((select) => [
        "canary.marker",
        "canary.table_name as table",
        "canary.column_name as column",
        "canary.mount_name as mountName",
        "attempt.id as attemptId",
        "attempt.started_at as startedAt",
        "invitation.id as invitationId",
        "invitation.candidate_name as candidateName",
        "assessment.title as assessmentTitle",
        "dataset.title as datasetTitle",
        "dataset_version.number as datasetVersion",
        select
          .selectFrom("dataset_canary as all")
          .select((inner) => inner.fn.countAll<number>().as("count"))
          .whereRef("all.attempt_id", "=", "canary.attempt_id")
          .whereRef("all.mount_name", "=", "canary.mount_name")
          .as("outOf"),
      ])
      // One parameter: a file may hold more markers than a statement takes parameters.
      .where("canary.marker", "=", sql<string>`any(${[...markers]}::text[])`)
      .orderBy("attempt.requested_at")
      .execute()
  );
}
