import { sandboxOrigin } from "../../shared/config/config.ts";
import type { MockApiRequestItem, MockApiScratch } from "../../shared/contracts/mock-api-studio.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { type AuditActor, recordAudit, staffIdOfActor } from "../../shared/db/audit-log.ts";
import type { Connection } from "../../shared/db/database.ts";
import { scratchApiKey, scratchLabel } from "../../shared/domain/mock-api-key.ts";
import type { ApiContext } from "../context.ts";
import { lockMockApi } from "../records/mock-api.ts";
import {
  findScratch,
  insertScratch,
  listScratchRequests,
  replaceScratch,
  type ScratchRow,
} from "../records/mock-api-scratch.ts";
import { requireDraft } from "./draft-view.ts";
import { mockApiSubject } from "./mock-apis.ts";
import { NO_BINDINGS } from "./present-mock-api.ts";
import { requireVersion } from "./version-view.ts";

type Deps = Pick<ApiContext, "db" | "config" | "sealer">;

const LIFETIME_SEC = 4 * 3600;
/** Of one mock API, besides the newest. */
const KEPT = 4;

/**
 * Starts a trial instance of the draft as it stands, or of a version.
 * @throws PlatformError mock_api_not_found, mock_api_document_missing, mock_api_version_not_found
 */
export async function createScratch(
  deps: Deps,
  mockApiId: string,
  versionId: string | undefined,
  actor: AuditActor,
): Promise<MockApiScratch> {
  const row = await deps.db.transaction().execute(async (transaction) => {
    const mockApi = await lockMockApi(transaction, mockApiId);
    if (!mockApi) throw new PlatformError("mock_api_not_found");
    const tried =
      versionId === undefined
        ? await requireDraft(transaction, mockApiId)
        : await requireVersion(transaction, versionId);
    if (tried.mock_api_id !== mockApiId) throw new PlatformError("mock_api_version_not_found");
    if (tried.document === null) throw new PlatformError("mock_api_document_missing");
    const made = await insertScratch(
      transaction,
      {
        mockApiId,
        document: tried.document,
        bindings: tried.bindings ?? NO_BINDINGS,
        weather: tried.weather,
        datasetVersionId: tried.dataset_version_id,
        createdBy: staffIdOfActor(actor),
        lifetimeSec: LIFETIME_SEC,
      },
      KEPT,
    );
    await recordAudit(transaction, actor, {
      action: "mock_api.try",
      subject: mockApiSubject(mockApiId, mockApi.title),
      after: { scratchId: made.id, versionId: versionId ?? null },
    });
    return made;
  });
  return presentScratch(deps, row);
}

/** The same from the start: what was written to it and its log are gone. @throws PlatformError mock_api_scratch_not_found */
export async function resetScratch(
  deps: Deps,
  mockApiId: string,
  scratchId: string,
): Promise<MockApiScratch> {
  const row = await deps.db
    .transaction()
    .execute((transaction) => replaceScratch(transaction, mockApiId, scratchId, LIFETIME_SEC));
  if (!row) throw new PlatformError("mock_api_scratch_not_found");
  return presentScratch(deps, row);
}

/** @throws PlatformError mock_api_scratch_not_found */
export async function readScratch(deps: Deps, mockApiId: string, scratchId: string): Promise<MockApiScratch> {
  return presentScratch(deps, await requireScratch(deps.db, mockApiId, scratchId));
}

async function requireScratch(db: Connection, mockApiId: string, scratchId: string): Promise<ScratchRow> {
  const row = await findScratch(db, mockApiId, scratchId);
  if (!row) throw new PlatformError("mock_api_scratch_not_found");
  return row;
}

/** Newest first. @throws PlatformError mock_api_scratch_not_found */
export async function readScratchRequests(
  db: Connection,
  of: { mockApiId: string; scratchId: string },
  page: { before?: number | undefined; limit: number },
): Promise<{ items: MockApiRequestItem[]; next: number | null }> {
  await requireScratch(db, of.mockApiId, of.scratchId);
  const rows = await listScratchRequests(db, of.scratchId, { ...page, limit: page.limit + 1 });
  const items = rows.slice(0, page.limit).map((row) => ({
    id: row.id,
    at: row.at.toISOString(),
    method: row.method,
    target: row.target,
    operationId: row.operation_id,
    status: row.status,
    durationMs: row.duration_ms,
    fault: row.fault,
    request: row.request as MockApiRequestItem["request"],
    response: row.response as MockApiRequestItem["response"],
  }));
  return { items, next: rows.length > page.limit ? items.at(-1)!.id : null };
}

function presentScratch(
  { config, sealer }: Pick<Deps, "config" | "sealer">,
  row: ScratchRow,
): MockApiScratch {
  return {
    id: row.id,
    address: sandboxOrigin(config, scratchLabel(row.id)),
    apiKey: row.asksForKey ? scratchApiKey(sealer, row.id) : null,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  };
}
