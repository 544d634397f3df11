import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { assembleSpec } from "../../shared/assessments/assemble-spec.ts";
import { findPinnedModels } from "../../shared/assessments/pinned-material.ts";
import { findVersionPins, pinsOf, savePublishedVersion } from "../../shared/assessments/save-version.ts";
import type { BlobStore } from "../../shared/blobs/blob-store.ts";
import type { AssessmentSpec } from "../../shared/contracts/assessment.ts";
import type { AssessmentDraft } from "../../shared/contracts/assessment-draft.ts";
import type { Database, DatabaseTransaction } from "../../shared/db/database.ts";
import { storeDirectoryAsTree } from "../../worker/capture/store-directory.ts";
import { DEMO_DIRECTORY, demoDraft } from "./demo/demo-spec.ts";
import type { DemoModels } from "./demo-models.ts";

interface Pins {
  datasetVersionId: string;
  mockApiVersionId: string;
  models: DemoModels;
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
  const starter = await storeDirectoryAsTree(fileURLToPath(new URL("starter/", DEMO_DIRECTORY)), blobs);
  const models = await findPinnedModels(db, Object.values(pins.models));
  const publishDemo = async (slug: string, title: string, limitSec: number) => {
    const draft = await demoDraft({ title, limitSec, ...pins });
    const { spec } = await assembleSpec(draft, blobs, { starter, practice: null }, models);
    if (!spec) throw new Error("the files of the demo do not fit together");
    return publish(db, slug, draft, spec);
  };
  return {
    full: await publishDemo("support-tickets", "Support tickets work sample", 2 * 3600),
    short: await publishDemo("support-tickets-3-minutes", "Support tickets work sample (3 minutes)", 180),
  };
}

async function publish(
  db: Database,
  slug: string,
  draft: AssessmentDraft,
  spec: AssessmentSpec,
): Promise<string> {
  return db.transaction().execute(async (tx) => {
    const assessment = await tx
      .insertInto("assessment")
      .values({ slug, title: spec.title })
      .onConflict((conflict) => conflict.column("slug").doUpdateSet({ title: spec.title }))
      .returning("id")
      .executeTakeFirstOrThrow();
    const unchanged = await findUnchanged(tx, assessment.id, spec, draft);
    if (unchanged) return unchanged;
    const version = { assessmentId: assessment.id, spec, ...pinsOf(draft), createdBy: null, changeNote: "" };
    return (await savePublishedVersion(tx, version)).id;
  });
}

/** The latest version, when it says exactly this. */
async function findUnchanged(
  tx: DatabaseTransaction,
  assessmentId: string,
  spec: AssessmentSpec,
  draft: AssessmentDraft,
): Promise<string | null> {
  const latest = await tx
    .selectFrom("assessment_version")
    .select(["id", "spec"])
    .where("assessment_id", "=", assessmentId)
    .where("purpose", "=", "published")
    .orderBy("number", "desc")
    .limit(1)
    .executeTakeFirst();
  if (!latest || !isDeepStrictEqual(latest.spec, JSON.parse(JSON.stringify(spec)))) return null;
  return isDeepStrictEqual(await findVersionPins(tx, latest.id), pinsOf(draft)) ? latest.id : null;
}
