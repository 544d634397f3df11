import { createHash, randomUUID } from "node:crypto";
import type { LocalBlobStore } from "../../services/shared/blobs/local-blob-store.ts";
import type { AssessmentSpec } from "../../services/shared/contracts/assessment.ts";
import type { Database } from "../../services/shared/db/database.ts";
import { insertAssessmentVersion, insertServedMockApi } from "./fixtures.ts";

export const STARTER = { "README.md": "starter\n", "src/app.py": "print('hello')\n" };
export const PRACTICE = { "TRY.md": "practice\n" };
export const DATASET = {
  "candidate/tickets.csv": "id\n1\n",
  "candidate/tickets.sqlite": "",
  "evaluation/labels.csv": "id,label\n1,secret\n",
};
export const MOUNT_NAME = "support-tickets";
export const HOSTNAME = "helpdesk.internal";
const LIMITS = { cpus: 1, memoryMib: 768, diskMib: 256, pids: 256 };

/** A published version with a dataset and a mock API, and limits that a test can reach. */
export async function publishVersion(
  db: Database,
  blobs: LocalBlobStore,
  spec: Partial<AssessmentSpec>,
): Promise<string> {
  const { id } = await insertAssessmentVersion(db, {
    spec: { limits: LIMITS, snapshotIntervalSec: 5, ...spec },
  });
  const files = [];
  for (const [path, content] of Object.entries(DATASET))
    files.push({ path, ...(await blobs.write(Buffer.from(content))) });
  const manifest = JSON.stringify({
    name: MOUNT_NAME,
    title: "Support tickets",
    description: "",
    licence: "CC0-1.0",
    card: "",
    files,
    tables: [],
  });
  const dataset = await db
    .insertInto("dataset")
    .values({ slug: randomUUID(), title: "Support tickets" })
    .returning("id")
    .executeTakeFirstOrThrow();
  const version = await db
    .insertInto("dataset_version")
    .values({ dataset_id: dataset.id, sha256: createHash("sha256").update(manifest).digest("hex"), manifest })
    .returning("id")
    .executeTakeFirstOrThrow();
  await db
    .insertInto("assessment_version_dataset")
    .values({ assessment_version_id: id, mount_name: MOUNT_NAME, dataset_version_id: version.id })
    .execute();
  await insertServedMockApi(db, {
    assessmentVersionId: id,
    hostname: HOSTNAME,
    datasetVersionId: version.id,
    ...HEALTH_API,
  });
  return id;
}

const HEALTH_API = {
  document: {
    openapi: "3.1.0",
    info: { title: "Desk", version: "1" },
    paths: {
      "/health": {
        get: {
          operationId: "readHealth",
          security: [],
          responses: {
            "200": {
              description: "It works",
              content: { "application/json": { schema: { type: "object" } } },
            },
          },
        },
      },
    },
  },
  bindings: {
    formatVersion: 1,
    collections: {},
    operations: { readHealth: { kind: "constant", body: { status: "helpdesk works" } } },
  },
};
