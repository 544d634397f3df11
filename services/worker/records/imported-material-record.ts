import { createHash, randomBytes } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { ExportedAssessment } from "../../shared/contracts/assessment-transfer.ts";
import { DatasetManifest } from "../../shared/contracts/dataset.ts";
import type { DatabaseTransaction } from "../../shared/db/database.ts";
import { canonicalJson } from "../../shared/domain/mock-api-digest.ts";

/** A version that was taken over, or was here already. */
export interface Imported {
  versionId: string;
  outcome: "created" | "reused";
}

type ExportedDataset = Omit<ExportedAssessment["datasets"][number], "manifest"> & {
  manifest: DatasetManifest;
};
type ExportedMockApi = ExportedAssessment["mockApis"][number];

/**
 * Finds or makes a dataset version with exactly these files. A digest that a file from outside claims is never taken
 * over: it might be that of other data. Where the files differ from what has that digest here, it gets one of its own.
 * @param parents slug in the export -> dataset that this import made for it
 */
export async function takeOverDataset(
  tx: DatabaseTransaction,
  dataset: ExportedDataset,
  parents: Map<string, string>,
  createdBy: string | null,
): Promise<Imported> {
  const own = digestOf({ manifest: dataset.manifest });
  const candidates = await tx
    .selectFrom("dataset_version")
    .innerJoin("dataset", "dataset.id", "dataset_version.dataset_id")
    .select(["dataset_version.id", "dataset_version.manifest"])
    .where("dataset_version.sha256", "in", [dataset.sha256, own])
    .where("dataset.archived_at", "is", null)
    .orderBy("dataset_version.created_at")
    .execute();
  const same = candidates.find(({ manifest }) =>
    isDeepStrictEqual(DatasetManifest.parse(manifest), dataset.manifest),
  );
  if (same) return { versionId: same.id, outcome: "reused" };
  const datasetId = parents.get(dataset.slug) ?? (await insertParent(tx, "dataset", dataset));
  parents.set(dataset.slug, datasetId);
  const { id } = await tx
    .insertInto("dataset_version")
    .values({
      dataset_id: datasetId,
      sha256: own,
      manifest: JSON.stringify(dataset.manifest),
      created_by: createdBy,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return { versionId: id, outcome: "created" };
}

/**
 * The same for a mock API version.
 * @param datasetVersionId the version, of this instance, that it serves
 */
export async function takeOverMockApi(
  tx: DatabaseTransaction,
  api: ExportedMockApi,
  datasetVersionId: string | null,
  parents: Map<string, string>,
  createdBy: string | null,
): Promise<Imported> {
  const { document, bindings, weather } = api;
  const own = digestOf({ document, bindings, weather, datasetVersionId });
  const candidates = await tx
    .selectFrom("mock_api_version")
    .innerJoin("mock_api", "mock_api.id", "mock_api_version.mock_api_id")
    .select(["mock_api_version.id", "document", "bindings", "weather"])
    .where("mock_api_version.sha256", "in", [api.sha256, own])
    .where("dataset_version_id", "is not distinct from", datasetVersionId)
    .where("mock_api.archived_at", "is", null)
    .orderBy("mock_api_version.created_at")
    .execute();
  const same = candidates.find((one) =>
    isDeepStrictEqual(
      { document: one.document, bindings: one.bindings, weather: one.weather },
      { document, bindings, weather },
    ),
  );
  if (same) return { versionId: same.id, outcome: "reused" };
  const mockApiId = parents.get(api.slug) ?? (await insertParent(tx, "mock_api", api));
  parents.set(api.slug, mockApiId);
  const { id } = await tx
    .insertInto("mock_api_version")
    .values({
      mock_api_id: mockApiId,
      sha256: own,
      document: JSON.stringify(document),
      bindings: JSON.stringify(bindings),
      weather: JSON.stringify(weather),
      dataset_version_id: datasetVersionId,
      created_by: createdBy,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return { versionId: id, outcome: "created" };
}

/**
 * The files of a workspace as if they had been uploaded here. @returns the id of an upload that stands for the tree
 */
export async function takeOverStarter(
  tx: DatabaseTransaction,
  tree: { sha256: string; bytes: number; fileName: string },
  createdBy: string | null,
): Promise<Imported> {
  const known = await tx
    .selectFrom("starter_import")
    .select("upload_id")
    .where("tree_sha256", "=", tree.sha256)
    .orderBy("created_at")
    .limit(1)
    .executeTakeFirst();
  if (known) return { versionId: known.upload_id, outcome: "reused" };
  const { id } = await tx
    .insertInto("upload")
    .values({
      purpose: "starter",
      file_name: tree.fileName,
      bytes: tree.bytes,
      received: tree.bytes,
      state: "stored",
      sha256: tree.sha256,
      created_by: createdBy,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await tx
    .insertInto("starter_import")
    .values({ upload_id: id, state: "ready", tree_sha256: tree.sha256 })
    .execute();
  return { versionId: id, outcome: "created" };
}

/** A model that can be chosen, by the names it has on every instance; null: there is none here. */
export async function findModelByNames(
  tx: DatabaseTransaction,
  { upstream, name }: { upstream: string; name: string },
): Promise<string | null> {
  const row = await tx
    .selectFrom("model")
    .innerJoin("model_upstream", "model_upstream.id", "model.upstream_id")
    .select("model.id")
    .where("model_upstream.name", "=", upstream)
    .where("model.name", "=", name)
    .where("model.archived_at", "is", null)
    .where("model_upstream.archived_at", "is", null)
    .executeTakeFirst();
  return row?.id ?? null;
}

/** A new dataset, mock API or assessment, under its own slug where that is free. */
export async function insertParent(
  tx: DatabaseTransaction,
  table: "dataset" | "mock_api" | "assessment",
  { slug, title }: { slug: string; title: string },
): Promise<string> {
  const taken = await tx.selectFrom(table).select("id").where("slug", "=", slug).executeTakeFirst();
  const free = taken ? `${slug.slice(0, 80).replace(/-+$/, "")}-${randomBytes(4).toString("hex")}` : slug;
  const { id } = await tx
    .insertInto(table)
    .values({ slug: free, title })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

function digestOf(content: unknown): string {
  return createHash("sha256").update(canonicalJson(content)).digest("hex");
}
