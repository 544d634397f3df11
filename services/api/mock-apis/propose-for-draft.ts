import type { MockApiProposal } from "../../shared/contracts/mock-api-studio.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import type { Database } from "../../shared/db/database.ts";
import { proposeBindings } from "../../shared/mock-api/propose-bindings.ts";
import { readDatasetTables } from "../records/mock-api-dataset.ts";
import { requireDraft } from "./draft-view.ts";

/** @throws PlatformError mock_api_not_found, mock_api_document_missing, mock_api_dataset_missing, dataset_version_not_found */
export async function proposeForDraft(
  db: Database,
  mockApiId: string,
  datasetVersionId: string | undefined,
): Promise<MockApiProposal> {
  const draft = await requireDraft(db, mockApiId);
  if (draft.document === null) throw new PlatformError("mock_api_document_missing");
  const versionId = datasetVersionId ?? draft.dataset_version_id;
  if (versionId === null) throw new PlatformError("mock_api_dataset_missing");
  const tables = await readDatasetTables(db, versionId);
  if (!tables) throw new PlatformError("dataset_version_not_found");
  return proposeBindings(draft.document as Record<string, unknown>, tables);
}
