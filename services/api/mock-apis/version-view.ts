import type { Selectable } from "kysely";
import { MockApiBindings } from "../../shared/contracts/mock-api.ts";
import type { MockApiVersionView } from "../../shared/contracts/mock-api-studio.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { Weather } from "../../shared/contracts/weather.ts";
import type { Connection } from "../../shared/db/database.ts";
import type { MockApiVersion } from "../../shared/db/schema.gen.ts";
import { summariseOperations } from "../../shared/openapi/summarise.ts";
import { readDatasetSummary } from "../records/mock-api-dataset.ts";
import { findMockApiVersion, listMockApiVersions } from "../records/mock-api-version.ts";
import { aboutDocument, withAnswers } from "./present-mock-api.ts";

/** @throws PlatformError mock_api_version_not_found */
export async function requireVersion(
  db: Connection,
  id: string,
): Promise<Selectable<MockApiVersion> & { title: string }> {
  const row = await findMockApiVersion(db, id);
  if (!row) throw new PlatformError("mock_api_version_not_found");
  return row;
}

/** @throws PlatformError mock_api_version_not_found */
export async function readVersion(db: Connection, id: string): Promise<MockApiVersionView> {
  const row = await requireVersion(db, id);
  const [item] = await listMockApiVersions(db, { versionId: id });
  const bindings = MockApiBindings.parse(row.bindings);
  return {
    id,
    mockApiId: row.mock_api_id,
    mockApiTitle: row.title,
    number: row.number,
    sha256: row.sha256,
    createdAt: row.created_at.toISOString(),
    createdBy: item?.createdBy ?? null,
    document: aboutDocument(row.document),
    operations: withAnswers(summariseOperations(row.document as Record<string, unknown>), bindings),
    dataset: await readDatasetSummary(db, row.dataset_version_id),
    bindings,
    weather: Weather.parse(row.weather),
    hasSource: row.source_sha256 !== null,
  };
}
