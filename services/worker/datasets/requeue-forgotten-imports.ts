import { sql } from "kysely";
import { enqueue } from "../../shared/queue/outbox.ts";
import type { WorkerContext } from "../context.ts";

/** A running job tells of its progress more often; one that waits for its turn may wait as long as another runs. */
const PATIENCE_SEC = 15 * 60;

/** Imports that a lost job left behind. A second job for one that is being worked on finds it held, and bails out. */
export async function requeueForgottenImports({ db, log }: Pick<WorkerContext, "db" | "log">): Promise<void> {
  const rows = await db
    .updateTable("dataset_import")
    .set({ updated_at: sql<Date>`clock_timestamp()` })
    .where("state", "in", ["waiting", "profiling", "publishing"])
    .where("updated_at", "<", sql<Date>`clock_timestamp() - make_interval(secs => ${PATIENCE_SEC})`)
    .returning(["id", "state"])
    .execute();
  for (const { id, state } of rows) {
    log.warn({ importId: id, state }, "an import was left behind; asking again");
    await enqueue(db, state === "publishing" ? "publish-dataset" : "import-dataset", { importId: id });
  }
}
