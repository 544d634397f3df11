import { type ExportPlan, withoutSources } from "../../shared/assessments/export-archive.ts";
import { findSourceTrees } from "../../shared/assessments/starter-sources.ts";
import type { AssessmentDraft } from "../../shared/contracts/assessment-draft.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { type AuditActor, recordAudit } from "../../shared/db/audit-log.ts";
import type { Connection } from "../../shared/db/database.ts";
import { mapDraftModels, modelIdsOf } from "../../shared/domain/composer/spec-models.ts";
import type { ApiContext } from "../context.ts";
import { listPublications } from "../records/assessment-publication.ts";
import {
  listExportedDatasets,
  listExportedMockApis,
  listExportedModels,
} from "../records/export-material.ts";
import { ensureDraft, requireAssessment, versionAsDraft } from "./read-assessment.ts";
import { incomplete } from "./start-trial.ts";

/**
 * What an export holds: the version named, else the latest published, else the draft.
 * @throws PlatformError assessment_not_found, assessment_version_not_found, assessment_incomplete (an upload of the
 *   draft is not there)
 */
export async function planExport(
  { db, blobs, trees }: Pick<ApiContext, "db" | "blobs" | "trees">,
  assessmentId: string,
  versionId: string | undefined,
): Promise<ExportPlan> {
  const { slug, title } = await requireAssessment(db, assessmentId);
  const content = await contentToExport(db, assessmentId, versionId);
  const sources = await findSourceTrees(db, content);
  if (sources.findings.length > 0) throw incomplete(sources.findings);
  const mockApis = await listExportedMockApis(db, given(content.mockApis.map((pin) => pin.mockApiVersionId)));
  const models = await listExportedModels(db, modelIdsOf(content.models));
  const datasets = await listExportedDatasets(db, [
    ...given(content.datasets.map((pin) => pin.datasetVersionId)),
    ...given(mockApis.map((api) => api.datasetVersionId)),
  ]);
  const listed = new Map<string, number>();
  const digests = given([sources.starter, sources.practice]);
  for (const digest of digests) listed.set(digest, await blobs.size(digest));
  for (const digest of digests)
    for (const entry of (await trees.read(digest)).entries)
      if (entry.type === "file") listed.set(entry.sha256, entry.size);
  for (const { manifest } of datasets) for (const file of manifest.files) listed.set(file.sha256, file.bytes);
  return {
    manifest: {
      format: "worksample-assessment-1",
      slug,
      title: content.title.trim() || title,
      content: withoutUnknownModels(
        withoutSources(content),
        models.map(({ id }) => id),
      ),
      starterTreeSha256: sources.starter,
      practiceTreeSha256: sources.practice,
      datasets,
      mockApis,
      models,
    },
    blobs: Array.from(listed, ([sha256, size]) => ({ sha256, size })),
  };
}

/** An id that is nothing here would be nothing elsewhere. */
function withoutUnknownModels(content: AssessmentDraft, known: readonly string[]): AssessmentDraft {
  const models = mapDraftModels(content.models, (model) => ({
    ...model,
    modelIds: model.modelIds.filter((id) => known.includes(id)),
  }));
  return { ...content, models };
}

async function contentToExport(
  connection: Connection,
  assessmentId: string,
  versionId: string | undefined,
): Promise<AssessmentDraft> {
  const [version] = await listPublications(connection, assessmentId, versionId);
  if (version) return versionAsDraft(connection, version);
  if (versionId !== undefined) throw new PlatformError("assessment_version_not_found");
  return (await ensureDraft(connection, assessmentId)).content;
}

function given(ids: (string | null)[]): string[] {
  return ids.filter((id) => id !== null);
}

export async function recordExport(
  { db }: Pick<ApiContext, "db">,
  assessmentId: string,
  { manifest }: ExportPlan,
  actor: AuditActor,
): Promise<void> {
  await db.transaction().execute((transaction) =>
    recordAudit(transaction, actor, {
      action: "assessment.export",
      subject: { type: "assessment", id: assessmentId, label: manifest.title },
      after: {
        datasets: manifest.datasets.length,
        mockApis: manifest.mockApis.length,
        models: manifest.models.length,
      },
    }),
  );
}
