import { sql } from "kysely";
import type { AssessmentSpec } from "../contracts/assessment.ts";
import { type AssessmentDraft, DatasetDelivery } from "../contracts/assessment-draft.ts";
import type { Connection, DatabaseTransaction } from "../db/database.ts";

/** Pins of a version, complete. */
export interface VersionPins {
  datasets: { mountName: string; datasetVersionId: string; delivery: DatasetDelivery }[];
  mockApis: { hostname: string; mockApiVersionId: string }[];
}

export interface NewVersion extends VersionPins {
  assessmentId: string;
  spec: AssessmentSpec;
  createdBy: string | null;
}

/**
 * Publishes: the version cannot change any more. Numbers count from 1; whoever publishes at the same time waits.
 * @returns the version's id and number
 */
export async function savePublishedVersion(
  transaction: DatabaseTransaction,
  version: NewVersion & { changeNote: string },
): Promise<{ id: string; number: number }> {
  await transaction
    .updateTable("assessment")
    .set({ title: version.spec.title })
    .where("id", "=", version.assessmentId)
    .executeTakeFirstOrThrow();
  const latest = await transaction
    .selectFrom("assessment_version")
    .select((e) => e.fn.max("number").as("number"))
    .where("assessment_id", "=", version.assessmentId)
    .where("purpose", "=", "published")
    .executeTakeFirstOrThrow();
  const number = (latest.number ?? 0) + 1;
  const { id } = await transaction
    .insertInto("assessment_version")
    .values({
      assessment_id: version.assessmentId,
      number,
      spec: JSON.stringify(version.spec),
      published_at: sql<Date>`now()`,
      created_by: version.createdBy,
      change_note: version.changeNote,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await insertPins(transaction, id, version);
  return { id, number };
}

/** A version that nobody but its maker is invited to. It is not published, so it can be deleted again. */
export async function saveTrialVersion(
  transaction: DatabaseTransaction,
  version: NewVersion,
): Promise<string> {
  const { id } = await transaction
    .insertInto("assessment_version")
    .values({
      assessment_id: version.assessmentId,
      number: 0,
      purpose: "trial",
      spec: JSON.stringify(version.spec),
      created_by: version.createdBy,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await insertPins(transaction, id, version);
  return id;
}

async function insertPins(connection: Connection, versionId: string, pins: VersionPins): Promise<void> {
  if (pins.datasets.length > 0)
    await connection
      .insertInto("assessment_version_dataset")
      .values(
        pins.datasets.map((pin) => ({
          assessment_version_id: versionId,
          mount_name: pin.mountName,
          dataset_version_id: pin.datasetVersionId,
          delivery: JSON.stringify(pin.delivery),
        })),
      )
      .execute();
  if (pins.mockApis.length > 0)
    await connection
      .insertInto("assessment_version_mock_api")
      .values(
        pins.mockApis.map((pin) => ({
          assessment_version_id: versionId,
          hostname: pin.hostname,
          mock_api_version_id: pin.mockApiVersionId,
        })),
      )
      .execute();
}

/** Pins of a draft that has passed `pinFindings`. @throws Error when one is not chosen */
export function pinsOf(draft: AssessmentDraft): VersionPins {
  return {
    datasets: draft.datasets.map((pin) => ({ ...pin, datasetVersionId: chosen(pin.datasetVersionId) })),
    mockApis: draft.mockApis.map((pin) => ({ ...pin, mockApiVersionId: chosen(pin.mockApiVersionId) })),
  };
}

function chosen(id: string | null): string {
  if (id === null) throw new Error("a draft with an open pin was taken for complete");
  return id;
}

export async function findVersionPins(connection: Connection, versionId: string): Promise<VersionPins> {
  const datasets = await connection
    .selectFrom("assessment_version_dataset")
    .select(["mount_name as mountName", "dataset_version_id as datasetVersionId", "delivery"])
    .where("assessment_version_id", "=", versionId)
    .orderBy("mount_name")
    .execute();
  const mockApis = await connection
    .selectFrom("assessment_version_mock_api")
    .select(["hostname", "mock_api_version_id as mockApiVersionId"])
    .where("assessment_version_id", "=", versionId)
    .orderBy("hostname")
    .execute();
  return {
    datasets: datasets.map((pin) => ({ ...pin, delivery: DatasetDelivery.parse(pin.delivery) })),
    mockApis,
  };
}
