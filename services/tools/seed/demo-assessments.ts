import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { sql } from "kysely";
import type { BlobStore } from "../../shared/blobs/blob-store.ts";
import { writeTree } from "../../shared/blobs/tree-blobs.ts";
import { AssessmentSpec } from "../../shared/contracts/assessment.ts";
import type { Database } from "../../shared/db/database.ts";
import { storeDirectoryAsTree } from "../../worker/capture/store-directory.ts";
import { DEMO_DIRECTORY, demoSpec } from "./demo/demo-spec.ts";

interface Pins {
  datasetVersionId: string;
  mockApiVersionId: string;
}

export interface DemoVersions {
  /** The 2-hour assessment. */
  full: string;
  /** Its copy with a 3-minute limit. */
  short: string;
}

/** Publishes both demo assessments; a new version of one only when something about it changed. */
export async function publishDemoAssessments(
  db: Database,
  blobs: BlobStore,
  pins: Pins,
): Promise<DemoVersions> {
  const practiceTreeSha256 = await storeStarter(blobs, "practice", {});
  const common = async (title: string, limitSec: number) => {
    const draft = await demoSpec({
      title,
      limitSec,
      starterTreeSha256: practiceTreeSha256,
      practiceTreeSha256,
    });
    const starterTreeSha256 = await storeStarter(blobs, "starter", { "BRIEF.md": draft.brief });
    return AssessmentSpec.parse({ ...draft, starterTreeSha256 });
  };
  return {
    full: await publish(db, "support-tickets", await common("Support tickets work sample", 2 * 3600), pins),
    short: await publish(
      db,
      "support-tickets-3-minutes",
      await common("Support tickets work sample (3 minutes)", 180),
      pins,
    ),
  };
}

async function storeStarter(blobs: BlobStore, name: string, extra: Record<string, string>): Promise<string> {
  const staging = await mkdtemp(join(tmpdir(), "worksample-starter-"));
  try {
    await cp(fileURLToPath(new URL(`${name}/`, DEMO_DIRECTORY)), staging, { recursive: true });
    for (const [file, text] of Object.entries(extra)) await writeFile(join(staging, file), text);
    return await writeTree(await storeDirectoryAsTree(staging, blobs), blobs);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function publish(db: Database, slug: string, spec: AssessmentSpec, pins: Pins): Promise<string> {
  return db.transaction().execute(async (tx) => {
    const assessment = await tx
      .insertInto("assessment")
      .values({ slug, title: spec.title })
      .onConflict((conflict) => conflict.column("slug").doUpdateSet({ title: spec.title }))
      .returning("id")
      .executeTakeFirstOrThrow();
    const latest = await tx
      .selectFrom("assessment_version as version")
      .leftJoin("assessment_version_dataset as dataset", "dataset.assessment_version_id", "version.id")
      .leftJoin("assessment_version_mock_api as api", "api.assessment_version_id", "version.id")
      .select([
        "version.id",
        "version.number",
        "version.spec",
        "dataset.dataset_version_id",
        "api.mock_api_version_id",
      ])
      .where("version.assessment_id", "=", assessment.id)
      .orderBy("version.number", "desc")
      .executeTakeFirst();
    const unchanged =
      latest &&
      isDeepStrictEqual(latest.spec, JSON.parse(JSON.stringify(spec))) &&
      latest.dataset_version_id === pins.datasetVersionId &&
      latest.mock_api_version_id === pins.mockApiVersionId;
    if (unchanged) return latest.id;
    const { id } = await tx
      .insertInto("assessment_version")
      .values({
        assessment_id: assessment.id,
        number: (latest?.number ?? 0) + 1,
        spec: JSON.stringify(spec),
        published_at: sql<Date>`now()`,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    await tx
      .insertInto("assessment_version_dataset")
      .values({
        assessment_version_id: id,
        mount_name: "support-tickets",
        dataset_version_id: pins.datasetVersionId,
      })
      .execute();
    await tx
      .insertInto("assessment_version_mock_api")
      .values({
        assessment_version_id: id,
        hostname: "helpdesk.internal",
        mock_api_version_id: pins.mockApiVersionId,
      })
      .execute();
    return id;
  });
}
