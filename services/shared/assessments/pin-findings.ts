import type { AssessmentDraft, DatasetPin } from "../contracts/assessment-draft.ts";
import type { Connection } from "../db/database.ts";
import { type Finding, Findings } from "../domain/composer/finding.ts";
import { pinnedModelFindings } from "../domain/composer/pinned-model-findings.ts";
import { modelIdsOf } from "../domain/composer/spec-models.ts";
import {
  findPinnedDatasets,
  findPinnedMockApis,
  findPinnedModels,
  type PinnedDatasetRow,
} from "./pinned-material.ts";

/** Whether what a draft pins is there, is not archived, and has the tables that its delivery speaks of. */
export async function pinFindings(connection: Connection, draft: AssessmentDraft): Promise<Finding[]> {
  const models = await findPinnedModels(connection, modelIdsOf(draft.models));
  return [
    ...(await datasetFindings(connection, draft)),
    ...(await mockApiFindings(connection, draft)),
    ...pinnedModelFindings(draft.models, models),
  ];
}

interface Pinned {
  title: string;
  number: number;
  archived: boolean;
  latestNumber: number;
}

async function datasetFindings(connection: Connection, { datasets }: AssessmentDraft): Promise<Finding[]> {
  const findings = new Findings("datasets");
  const known = await findPinnedDatasets(connection, given(datasets.map((pin) => pin.datasetVersionId)));
  for (const [index, pin] of datasets.entries()) {
    const path = `datasets.${index}`;
    const pinned = pin.datasetVersionId === null ? undefined : known.get(pin.datasetVersionId);
    checkPinned(findings, `${path}.datasetVersionId`, "dataset", pin.datasetVersionId, pinned);
    if (pinned) checkDelivery(findings, path, pin, pinned);
  }
  return findings.all;
}

async function mockApiFindings(connection: Connection, { mockApis }: AssessmentDraft): Promise<Finding[]> {
  const findings = new Findings("mock_apis");
  const known = await findPinnedMockApis(connection, given(mockApis.map((pin) => pin.mockApiVersionId)));
  for (const [index, { mockApiVersionId }] of mockApis.entries()) {
    const pinned = mockApiVersionId === null ? undefined : known.get(mockApiVersionId);
    checkPinned(findings, `mockApis.${index}.mockApiVersionId`, "mock API", mockApiVersionId, pinned);
  }
  return findings.all;
}

function given(ids: (string | null)[]): string[] {
  return ids.filter((id) => id !== null);
}

function checkPinned(
  findings: Findings,
  path: string,
  kind: string,
  id: string | null,
  pinned: Pinned | undefined,
): void {
  if (!pinned) {
    const what =
      id === null ? `No ${kind} is chosen.` : `The ${kind} that was chosen is not on this instance.`;
    return void findings.fail(path, what, "Choose one, or remove the line.");
  }
  if (pinned.archived)
    findings.fail(path, `${pinned.title} is archived.`, "Take it out of the archive, or choose another.");
  if (pinned.number < pinned.latestNumber)
    findings.warn(
      path,
      `${pinned.title} is pinned at version ${pinned.number}; the latest is ${pinned.latestNumber}.`,
      "Choose the latest version, unless this one is meant.",
    );
}

function checkDelivery(
  findings: Findings,
  path: string,
  { delivery }: DatasetPin,
  pinned: PinnedDatasetRow,
): void {
  const tableOf = (name: string) => pinned.manifest.tables.find((table) => table.name === name);
  const { sample, canary } = delivery;
  if (sample) {
    const table = tableOf(sample.table);
    if (!table) missingTable(findings, `${path}.delivery.sample.table`, sample.table, pinned);
    else if (sample.rows > table.rows)
      findings.fail(
        `${path}.delivery.sample.rows`,
        `${sample.rows} rows are to be drawn, and ${sample.table} has ${table.rows}.`,
        `Choose at most ${table.rows}.`,
      );
  }
  if (canary) {
    const table = tableOf(canary.table);
    if (!table) missingTable(findings, `${path}.delivery.canary.table`, canary.table, pinned);
    else if (!table.columns.some(({ name }) => name === canary.column))
      findings.fail(
        `${path}.delivery.canary.column`,
        `${canary.table} has no column "${canary.column}".`,
        `Choose one of: ${table.columns.map(({ name }) => name).join(", ")}.`,
      );
  }
}

function missingTable(findings: Findings, path: string, table: string, pinned: PinnedDatasetRow): void {
  const names = pinned.manifest.tables.map(({ name }) => name).join(", ");
  findings.fail(
    path,
    `${pinned.title} has no table "${table}".`,
    `Choose one of: ${names || "(it has none)"}.`,
  );
}
