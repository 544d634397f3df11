import { MockApiBindings } from "../../shared/contracts/mock-api.ts";
import {
  type MockApiCheckEvent,
  MockApiCheckState,
  type MockApiDraftView,
  type MockApiOperationSummary,
  MockApiReport,
} from "../../shared/contracts/mock-api-studio.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { Weather } from "../../shared/contracts/weather.ts";
import { type Connection, databaseNow } from "../../shared/db/database.ts";
import { summariseOperations } from "../../shared/openapi/summarise.ts";
import { findMockApi } from "../records/mock-api.ts";
import { readDatasetSummary } from "../records/mock-api-dataset.ts";
import { type DraftRow, findDraft, insertDraftOf } from "../records/mock-api-draft.ts";
import { findLatestMockApiVersion } from "../records/mock-api-version.ts";
import { aboutDocument, withAnswers } from "./present-mock-api.ts";

/**
 * The draft, which goes on from the latest version where there is none: mock APIs that were not made in the studio
 * begin without. @throws PlatformError mock_api_not_found
 */
export async function requireDraft(db: Connection, mockApiId: string): Promise<DraftRow> {
  const known = await findDraft(db, mockApiId);
  if (known) return known;
  if (!(await findMockApi(db, mockApiId))) throw new PlatformError("mock_api_not_found");
  const version = await findLatestMockApiVersion(db, mockApiId);
  if (!version) throw new PlatformError("mock_api_not_found");
  await insertDraftOf(db, version);
  return (await findDraft(db, mockApiId))!;
}

/** @throws PlatformError mock_api_not_found */
export async function readDraft(db: Connection, mockApiId: string): Promise<MockApiDraftView> {
  const draft = await requireDraft(db, mockApiId);
  const report = reportOf(draft);
  const bindings = draft.bindings === null ? null : MockApiBindings.parse(draft.bindings);
  return {
    mockApiId,
    revision: draft.revision,
    source: draft.source_name === null ? null : { name: draft.source_name, bytes: draft.source_bytes ?? 0 },
    document: draft.document === null ? null : aboutDocument(draft.document),
    operations: withAnswers(operationsOf(draft, report), bindings),
    checkState: MockApiCheckState.parse(draft.check_state),
    report,
    dataset: await readDatasetSummary(db, draft.dataset_version_id),
    bindings,
    weather: Weather.parse(draft.weather),
    updatedAt: draft.updated_at.toISOString(),
    updatedBy: draft.updatedByName,
  };
}

/** A report keeps the order of the document, which the database does not. */
function operationsOf(draft: DraftRow, report: MockApiReport | null): MockApiOperationSummary[] {
  if (report && report.operations.length > 0) return report.operations;
  return draft.document === null ? [] : summariseOperations(draft.document as Record<string, unknown>);
}

function reportOf(draft: DraftRow): MockApiReport | null {
  return draft.report === null ? null : MockApiReport.parse(draft.report);
}

/** @throws PlatformError mock_api_not_found */
export async function readCheckEvent(db: Connection, mockApiId: string): Promise<MockApiCheckEvent> {
  const draft = await requireDraft(db, mockApiId);
  const report = reportOf(draft);
  return {
    now: (await databaseNow(db)).toISOString(),
    revision: draft.revision,
    checkState: MockApiCheckState.parse(draft.check_state),
    errors: report?.errors ?? 0,
    warnings: report?.warnings ?? 0,
  };
}
