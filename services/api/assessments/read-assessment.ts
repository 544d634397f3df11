import {
  findPinnedDatasets,
  findPinnedMockApis,
  findPinnedModels,
} from "../../shared/assessments/pinned-material.ts";
import { findVersionPins } from "../../shared/assessments/save-version.ts";
import type { AssessmentDraft } from "../../shared/contracts/assessment-draft.ts";
import type {
  AssessmentDetail,
  AssessmentVersionView,
  DraftView,
  StarterImportView,
} from "../../shared/contracts/composer.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import type { Connection } from "../../shared/db/database.ts";
import { draftOfVersion, emptyDraft } from "../../shared/domain/composer/draft-of-version.ts";
import { modelIdsOf } from "../../shared/domain/composer/spec-models.ts";
import { linkOf } from "../admin/board.ts";
import type { ApiContext } from "../context.ts";
import { type AssessmentRow, findAssessment } from "../records/assessment.ts";
import { type DraftRow, findDraft, insertDraft } from "../records/assessment-draft.ts";
import { listPublications, type PublicationRow } from "../records/assessment-publication.ts";
import { findStarterUploads } from "../records/starter-import.ts";
import { listTrials } from "../records/trial.ts";
import {
  presentCheck,
  presentPinnedDataset,
  presentPinnedMockApi,
  presentStarterImport,
  presentTrial,
  presentVersion,
  stateOf,
} from "./present.ts";

export type Reading = Pick<ApiContext, "config" | "sealer" | "trees"> & { db: Connection };

/** @throws PlatformError assessment_not_found */
export async function requireAssessment(
  connection: Connection,
  assessmentId: string,
): Promise<AssessmentRow> {
  const assessment = await findAssessment(connection, assessmentId);
  if (!assessment) throw new PlatformError("assessment_not_found");
  return assessment;
}

/** Everything the assessment's page shows. @throws PlatformError assessment_not_found */
export async function readAssessment(context: Reading, assessmentId: string): Promise<AssessmentDetail> {
  const { db } = context;
  const assessment = await requireAssessment(db, assessmentId);
  const versions = await listPublications(db, assessmentId);
  const draft = await readDraft(context, assessmentId);
  const trials = await listTrials(db, assessmentId);
  return {
    id: assessment.id,
    slug: assessment.slug,
    title: draft.content.title.trim() || assessment.title,
    state: stateOf(assessment, versions.length > 0),
    createdAt: assessment.createdAt.toISOString(),
    archivedAt: assessment.archivedAt?.toISOString() ?? null,
    draft,
    versions: versions.map(presentVersion),
    trials: trials.map((trial) =>
      presentTrial(trial, linkOf(context, trial.invitationId, trial.linkGeneration)),
    ),
  };
}

/** @throws PlatformError assessment_not_found */
export async function readDraft(context: Reading, assessmentId: string): Promise<DraftView> {
  const { db } = context;
  const draft = await ensureDraft(db, assessmentId);
  const { content } = draft;
  return {
    assessmentId,
    revision: draft.revision,
    updatedAt: draft.updatedAt.toISOString(),
    updatedBy: draft.updatedBy,
    changed: draft.publishedRevision !== draft.revision,
    content,
    check: presentCheck(draft),
    starterImports: await readStarterImports(context, content),
    ...(await readPins(db, content)),
  };
}

/** The draft; what was published without one (by the seed, say) gets the draft that says the same. */
export async function ensureDraft(connection: Connection, assessmentId: string): Promise<DraftRow> {
  const draft = await findDraft(connection, assessmentId);
  if (draft) return draft;
  const assessment = await requireAssessment(connection, assessmentId);
  const [latest] = await listPublications(connection, assessmentId);
  const content = latest ? await versionAsDraft(connection, latest) : emptyDraft(assessment.title);
  await insertDraft(connection, { assessmentId, content, publishedRevision: latest ? 1 : null, by: null });
  return (await findDraft(connection, assessmentId))!;
}

export async function versionAsDraft(
  connection: Connection,
  version: Pick<PublicationRow, "id" | "spec">,
): Promise<AssessmentDraft> {
  return draftOfVersion(version.spec, await findVersionPins(connection, version.id), version.id);
}

/** @throws PlatformError assessment_version_not_found */
export async function readVersion(
  connection: Connection,
  assessmentId: string,
  versionId: string,
): Promise<AssessmentVersionView> {
  const [version] = await listPublications(connection, assessmentId, versionId);
  if (!version) throw new PlatformError("assessment_version_not_found");
  const content = await versionAsDraft(connection, version);
  return { ...presentVersion(version), assessmentId, content, ...(await readPins(connection, content)) };
}

async function readPins(connection: Connection, draft: AssessmentDraft) {
  const given = (ids: (string | null)[]) => ids.filter((id) => id !== null);
  const datasets = await findPinnedDatasets(
    connection,
    given(draft.datasets.map((pin) => pin.datasetVersionId)),
  );
  const mockApis = await findPinnedMockApis(
    connection,
    given(draft.mockApis.map((pin) => pin.mockApiVersionId)),
  );
  const models = await findPinnedModels(connection, modelIdsOf(draft.models));
  return {
    pinnedModels: [...models.values()],
    pinnedDatasets: [...datasets.values()].map(presentPinnedDataset),
    pinnedMockApis: [...mockApis.values()].map(presentPinnedMockApi),
  };
}

/** Ids of the uploads that a draft takes its files from. */
export function uploadsOf(draft: AssessmentDraft): string[] {
  const sources = [draft.starter.source, draft.practiceStarter.source];
  return [...new Set(sources.flatMap((source) => (source.kind === "upload" ? [source.uploadId] : [])))];
}

async function readStarterImports(
  { db, trees }: Reading,
  draft: AssessmentDraft,
): Promise<StarterImportView[]> {
  const uploads = await findStarterUploads(db, uploadsOf(draft));
  return Promise.all(
    uploads.map(async (upload) =>
      presentStarterImport(upload, upload.treeSha256 === null ? null : await trees.read(upload.treeSha256)),
    ),
  );
}
