import { PlatformError } from "../../shared/contracts/problem.ts";
import { type AuditActor, recordAudit, staffIdOfActor } from "../../shared/db/audit-log.ts";
import type { Database } from "../../shared/db/database.ts";
import { mockApiDigest } from "../../shared/domain/mock-api-digest.ts";
import { insertMockApiVersion, listMockApiVersions } from "../records/mock-api-version.ts";
import { lockForEditing } from "./edit-draft.ts";
import { mockApiSubject } from "./mock-apis.ts";
import { NO_BINDINGS } from "./present-mock-api.ts";

/**
 * Makes a version of the draft as it was checked. @returns the version's id
 * @throws PlatformError as `lockForEditing`, mock_api_not_checked, mock_api_unchanged
 */
export async function publishDraft(
  db: Database,
  mockApiId: string,
  revision: number,
  actor: AuditActor,
): Promise<string> {
  return db.transaction().execute(async (transaction) => {
    const { mockApi, draft } = await lockForEditing(transaction, mockApiId, revision);
    if (draft.check_state !== "passed" || draft.document === null)
      throw new PlatformError("mock_api_not_checked");
    const content = {
      document: draft.document,
      bindings: draft.bindings ?? NO_BINDINGS,
      weather: draft.weather,
      datasetVersionId: draft.dataset_version_id,
    };
    const sha256 = mockApiDigest(content);
    const version = await insertMockApiVersion(transaction, {
      mockApiId,
      sha256,
      ...content,
      sourceSha256: draft.source_sha256,
      createdBy: staffIdOfActor(actor),
    });
    if (!version) throw new PlatformError("mock_api_unchanged");
    const [item] = await listMockApiVersions(transaction, { versionId: version.id });
    await recordAudit(transaction, actor, {
      action: "mock_api.publish",
      subject: mockApiSubject(mockApiId, mockApi.title),
      after: { versionId: version.id, number: item!.number, sha256 },
    });
    return version.id;
  });
}
