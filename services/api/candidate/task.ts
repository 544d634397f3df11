import type { z } from "zod";
import type { DatasetGuide, MockApiReference, TaskView } from "../../shared/contracts/candidate.ts";
import type { DatasetManifest } from "../../shared/contracts/dataset.ts";
import { MockApiBindings } from "../../shared/contracts/mock-api.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import type { Connection } from "../../shared/db/database.ts";
import { mockApiKey } from "../../shared/domain/mock-api-key.ts";
import type { TokenSealer } from "../../shared/domain/sealed-token.ts";
import { mockApiBaseUrl } from "../../shared/mock-api/compile/base-paths.ts";
import { INSIDE } from "../../shared/sandbox/layout.ts";
import { getAssessmentVersion } from "../records/assessment-version.ts";
import { type AttemptRow, findLatestAttempt } from "../records/attempt.ts";
import {
  findOwnFiles,
  listMockApiVariables,
  listMountedDatasets,
  listServedMockApis,
} from "../records/material.ts";

/** Only files below it are ever given to candidates. */
const CANDIDATE_FOLDER = "candidate/";

/** The task and what is next to it are secret until the clock runs. @throws PlatformError attempt_not_started */
export async function requireStarted(connection: Connection, invitationId: string): Promise<AttemptRow> {
  const attempt = await findLatestAttempt(connection, invitationId, "scored");
  if (!attempt?.startedAt) throw new PlatformError("attempt_not_started");
  return attempt;
}

/** @throws PlatformError attempt_not_started */
export async function readTask(
  connection: Connection,
  invitationId: string,
): Promise<z.infer<typeof TaskView>> {
  const attempt = await requireStarted(connection, invitationId);
  const { spec } = await getAssessmentVersion(connection, attempt.assessmentVersionId);
  const datasets = await listMountedDatasets(connection, attempt.assessmentVersionId);
  const mockApis = await listServedMockApis(connection, attempt.assessmentVersionId);
  return {
    brief: spec.brief,
    datasets: datasets.map(({ mountName, manifest }) => ({
      mountName,
      mountPath: mountPathOf(mountName),
      title: manifest.title,
    })),
    mockApis: mockApis.map(({ hostname, title, document }) => ({
      hostname,
      baseUrl: mockApiBaseUrl(hostname, document.servers),
      title,
    })),
    notesToReviewer: attempt.notesToReviewer,
  };
}

/** @throws PlatformError attempt_not_started, not_found */
export async function readDatasetGuide(
  connection: Connection,
  invitationId: string,
  mountName: string,
): Promise<z.infer<typeof DatasetGuide>> {
  const attempt = await requireStarted(connection, invitationId);
  const [dataset] = await listMountedDatasets(connection, attempt.assessmentVersionId, mountName);
  if (!dataset) throw new PlatformError("not_found");
  const { title, description, card, tables } = dataset.manifest;
  const own = await findOwnFiles(connection, attempt.id, mountName);
  return {
    mountName,
    mountPath: mountPathOf(mountName),
    title,
    description,
    card,
    files: own ?? sharedFiles(dataset.manifest),
    tables,
  };
}

function sharedFiles({ files }: DatasetManifest): { path: string; bytes: number }[] {
  return files
    .filter((file) => file.path.startsWith(CANDIDATE_FOLDER))
    .map((file) => ({ path: file.path.slice(CANDIDATE_FOLDER.length), bytes: file.bytes }));
}

/** @throws PlatformError attempt_not_started, not_found */
export async function readMockApiReference(
  connection: Connection,
  sealer: TokenSealer,
  invitationId: string,
  hostname: string,
): Promise<z.infer<typeof MockApiReference>> {
  const attempt = await requireStarted(connection, invitationId);
  const [mockApi] = await listServedMockApis(connection, attempt.assessmentVersionId, hostname);
  if (!mockApi) throw new PlatformError("not_found");
  const names = await listMockApiVariables(connection, attempt.assessmentVersionId);
  const { address, key } = names.get(hostname)!;
  const asksForKey = MockApiBindings.parse(mockApi.bindings).apiKey !== undefined;
  return {
    hostname,
    baseUrl: mockApiBaseUrl(hostname, mockApi.document.servers),
    apiKey: asksForKey ? mockApiKey(sealer, attempt.id, hostname) : null,
    variables: { baseUrl: address, apiKey: asksForKey ? key : null },
    document: mockApi.document,
  };
}

function mountPathOf(mountName: string): string {
  return `${INSIDE.datasets}/${mountName}`;
}
