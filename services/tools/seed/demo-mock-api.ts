import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { MockApiBindings } from "../../shared/contracts/mock-api.ts";
import type { Database } from "../../shared/db/database.ts";
import { PROJECT_DIRECTORY } from "../instance/instance.ts";
import type { DemoDataset } from "./demo-dataset.ts";

const SLUG = "helpdesk";
const SOURCE = join(PROJECT_DIRECTORY, "datasets/support-tickets/api");

/** @returns the id of the mock API version made of the repository's document, bindings and dataset. */
export async function ensureDemoMockApi(db: Database, dataset: DemoDataset): Promise<string> {
  const document = parse(await readFile(join(SOURCE, "helpdesk.openapi.yaml"), "utf8")) as {
    info: { title: string };
  };
  const bindings = MockApiBindings.parse(
    parse(await readFile(join(SOURCE, "helpdesk.bindings.yaml"), "utf8")),
  );
  const sha256 = createHash("sha256")
    .update(JSON.stringify([document, bindings, dataset.sha256]))
    .digest("hex");
  const api = await db
    .insertInto("mock_api")
    .values({ slug: SLUG, title: document.info.title })
    .onConflict((conflict) => conflict.column("slug").doUpdateSet({ title: document.info.title }))
    .returning("id")
    .executeTakeFirstOrThrow();
  const known = await db
    .selectFrom("mock_api_version")
    .select("id")
    .where("mock_api_id", "=", api.id)
    .where("sha256", "=", sha256)
    .executeTakeFirst();
  if (known) return known.id;
  const { id } = await db
    .insertInto("mock_api_version")
    .values({
      mock_api_id: api.id,
      sha256,
      document: JSON.stringify(document),
      bindings: JSON.stringify(bindings),
      dataset_version_id: dataset.id,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}
