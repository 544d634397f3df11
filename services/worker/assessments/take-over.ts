import { isDeepStrictEqual } from "node:util";
import { withoutSources } from "../../shared/assessments/export-archive.ts";
import { findSourceTrees } from "../../shared/assessments/starter-sources.ts";
import type { AssessmentDraft } from "../../shared/contracts/assessment-draft.ts";
import type { AssessmentImportView, ExportedAssessment } from "../../shared/contracts/assessment-transfer.ts";
import { type AuditActor, recordAudit, staffIdOfActor } from "../../shared/db/audit-log.ts";
import type { DatabaseTransaction } from "../../shared/db/database.ts";
import { mapDraftModels } from "../../shared/domain/composer/spec-models.ts";
import { findNamesakes, insertImportedDraft } from "../records/assessment-import-record.ts";
import {
  findModelByNames,
  type Imported,
  insertParent,
  takeOverDataset,
  takeOverMockApi,
  takeOverStarter,
} from "../records/imported-material-record.ts";
import { ExportRefusedError, type ReadExport } from "./read-export.ts";

type Parts = AssessmentImportView["parts"];

/**
 * Writes what an export holds into this instance: what is here already is used, the rest is made, and the assessment
 * becomes a draft. Doing it twice makes nothing new. @throws ExportRefusedError
 */
export async function takeOver(
  tx: DatabaseTransaction,
  { manifest, datasetManifests }: ReadExport,
  treeBytes: ReadonlyMap<string, number>,
  actor: AuditActor,
): Promise<{ assessmentId: string; parts: Parts }> {
  const by = staffIdOfActor(actor);
  const parts: Parts = [];
  const note = (kind: Parts[number]["kind"], title: string, { versionId, outcome }: Imported) => {
    parts.push({ kind, title, outcome });
    return versionId;
  };
  const datasets = new Map<string, string>();
  const parents = { dataset: new Map<string, string>(), mockApi: new Map<string, string>() };
  for (const dataset of manifest.datasets) {
    const exported = { ...dataset, manifest: datasetManifests.get(dataset.id)! };
    datasets.set(
      dataset.id,
      note("dataset", dataset.title, await takeOverDataset(tx, exported, parents.dataset, by)),
    );
  }
  const mockApis = new Map<string, string>();
  for (const api of manifest.mockApis) {
    const served = api.datasetVersionId === null ? null : found(datasets, api.datasetVersionId);
    mockApis.set(
      api.id,
      note("mock_api", api.title, await takeOverMockApi(tx, api, served, parents.mockApi, by)),
    );
  }
  const models = new Map<string, string | null>();
  for (const model of manifest.models) {
    const here = await findModelByNames(tx, model);
    models.set(model.id, here);
    parts.push({
      kind: "model",
      title: `${model.name} of ${model.upstream}`,
      outcome: here === null ? "missing" : "reused",
    });
  }
  const pinned = withPins(manifest.content, datasets, mockApis);
  const content = withModels(pinned, manifest.models, models);
  for (const which of ["starter", "practice"] as const) {
    const sha256 = manifest[`${which}TreeSha256`];
    if (sha256 === null) continue;
    const fileName = `${which === "starter" ? "Starter" : "Practice"} files of ${manifest.title}`;
    const uploadId = note(
      "starter",
      fileName,
      await takeOverStarter(tx, { sha256, bytes: treeBytes.get(sha256) ?? 0, fileName }, by),
    );
    const target = which === "starter" ? content.starter : content.practiceStarter;
    target.source = { kind: "upload", uploadId };
  }
  const assessmentId = note("assessment", manifest.title, await takeOverDraft(tx, manifest, content, by));
  await recordAudit(tx, actor, {
    action: "assessment.imported",
    subject: { type: "assessment", id: assessmentId, label: manifest.title },
    after: { parts },
  });
  return { assessmentId, parts };
}

function withPins(
  content: AssessmentDraft,
  datasets: ReadonlyMap<string, string>,
  mockApis: ReadonlyMap<string, string>,
): AssessmentDraft {
  const copy = structuredClone(withoutSources(content));
  for (const pin of copy.datasets)
    if (pin.datasetVersionId !== null) pin.datasetVersionId = found(datasets, pin.datasetVersionId);
  for (const pin of copy.mockApis)
    if (pin.mockApiVersionId !== null) pin.mockApiVersionId = found(mockApis, pin.mockApiVersionId);
  return copy;
}

/**
 * Models are chosen again by their names. Those that are not here stay in the draft by name, for its check to name them.
 * @param here id in the export -> id here, or null
 */
function withModels(
  content: AssessmentDraft,
  exported: ExportedAssessment["models"],
  here: ReadonlyMap<string, string | null>,
): AssessmentDraft {
  const namesOf = new Map(exported.map(({ id, upstream, name }) => [id, { upstream, name }]));
  const models = mapDraftModels(content.models, ({ alias, modelIds, missing: before = [] }) => {
    const chosen = modelIds.map((id) => ({ id: found(here, id), names: namesOf.get(id)! }));
    const missing = [...before, ...chosen.flatMap(({ id, names }) => (id === null ? [names] : []))];
    return {
      alias,
      modelIds: chosen.flatMap(({ id }) => (id === null ? [] : [id])),
      ...(missing.length > 0 ? { missing: missing.slice(0, 5) } : {}),
    };
  });
  return { ...content, models };
}

function found<Id>(ids: ReadonlyMap<string, Id>, id: string): Id {
  const here = ids.get(id);
  if (here === undefined) throw new ExportRefusedError("The file pins something that is not in it.");
  return here;
}

async function takeOverDraft(
  tx: DatabaseTransaction,
  manifest: ExportedAssessment,
  content: AssessmentDraft,
  by: string | null,
): Promise<Imported> {
  for (const namesake of await findNamesakes(tx, manifest.slug)) {
    const trees = await findSourceTrees(tx, namesake.content);
    const same =
      isDeepStrictEqual(withoutSources(namesake.content), withoutSources(content)) &&
      trees.starter === manifest.starterTreeSha256 &&
      trees.practice === manifest.practiceTreeSha256;
    if (same) return { versionId: namesake.assessmentId, outcome: "reused" };
  }
  const assessmentId = await insertParent(tx, "assessment", manifest);
  await insertImportedDraft(tx, assessmentId, content, by);
  return { versionId: assessmentId, outcome: "created" };
}
