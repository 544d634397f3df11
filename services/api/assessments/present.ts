import type { z } from "zod";
import type { PinnedDatasetRow, PinnedMockApiRow } from "../../shared/assessments/pinned-material.ts";
import type {
  AssessmentListItem,
  AssessmentState,
  AssessmentVersionSummary,
  CheckView,
  PinnedDataset,
  PinnedMockApi,
  StarterImportView,
  TrialView,
} from "../../shared/contracts/composer.ts";
import type { Tree } from "../../shared/contracts/tree.ts";
import type { AssessmentListRow, AssessmentRow } from "../records/assessment.ts";
import type { DraftRow } from "../records/assessment-draft.ts";
import type { PublicationRow } from "../records/assessment-publication.ts";
import type { StarterUploadRow } from "../records/starter-import.ts";
import type { TrialRow } from "../records/trial.ts";

export function presentListItem(row: AssessmentListRow): AssessmentListItem {
  const { versionId, versionNumber, publishedAt, updatedAt, ...rest } = row;
  const latestVersion =
    versionId && publishedAt
      ? { id: versionId, number: versionNumber!, publishedAt: publishedAt.toISOString() }
      : null;
  return { ...rest, latestVersion, updatedAt: updatedAt.toISOString() };
}

export function stateOf(assessment: AssessmentRow, isPublished: boolean): AssessmentState {
  if (assessment.archivedAt) return "archived";
  return isPublished ? "published" : "draft";
}

export function presentVersion(row: PublicationRow): AssessmentVersionSummary {
  return {
    id: row.id,
    number: row.number,
    title: row.spec.title,
    changeNote: row.changeNote,
    publishedAt: row.publishedAt.toISOString(),
    publishedBy: row.publishedBy,
    limitSec: row.spec.limitSec,
    hasModels: row.spec.models.kind !== "none",
    invitationCount: row.invitationCount,
    submissionCount: row.submissionCount,
  };
}

export function presentCheck(draft: DraftRow): CheckView {
  return {
    state: draft.checkState,
    revision: draft.checkedRevision,
    current: draft.checkState !== "none" && draft.checkedRevision === draft.revision,
    report: draft.report,
  };
}

const LISTED_ENTRIES = 200;

/** @param tree of an import that is ready */
export function presentStarterImport(row: StarterUploadRow, tree: Tree | null): StarterImportView {
  const files = (tree?.entries ?? []).filter((entry) => entry.type === "file");
  return {
    uploadId: row.uploadId,
    fileName: row.fileName,
    state: row.importState ?? (row.uploadState === "receiving" ? "receiving" : "failed"),
    files: files.length,
    bytes: files.reduce((sum, { size }) => sum + size, 0),
    entries: files.slice(0, LISTED_ENTRIES).map(({ path, size }) => ({ path, bytes: size })),
    problems: problemsOf(row),
  };
}

function problemsOf(row: StarterUploadRow): string[] {
  if (row.importState !== null || row.uploadState === "receiving") return row.problems;
  if (row.uploadState !== "stored") return ["The upload was cancelled or did not arrive."];
  return ["This upload is not an archive of starter files."];
}

export function presentPinnedDataset({
  manifest,
  sha256: _,
  ...row
}: PinnedDatasetRow): z.infer<typeof PinnedDataset> {
  const tables = manifest.tables.map(({ name, rows, columns }) => ({
    name,
    rows,
    columns: columns.map((column) => column.name),
  }));
  return { ...row, tables };
}

export function presentPinnedMockApi(row: PinnedMockApiRow): z.infer<typeof PinnedMockApi> {
  return row;
}

export function presentTrial(row: TrialRow, link: string): TrialView {
  return {
    invitationId: row.invitationId,
    link,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
    expiresAt: row.expiresAt.toISOString(),
  };
}
