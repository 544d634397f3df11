import { sql } from "kysely";
import { enqueue } from "../../shared/queue/outbox.ts";
import type { WorkerContext } from "../context.ts";

/** As for the other steps of the sweep: longer than any healthy step takes. */
const PATIENCE_SEC = 15;

/**
 * Paused attempts of this host whose container goes on all the same, and those that should have gone on by now. A
 * pause never ends by itself: only people know that the fault is over, and a clock that nobody expects to run would
 * take from the candidate what the pause was to keep.
 */
export async function keepPauses(context: WorkerContext): Promise<void> {
  const { hostId } = context.config;
  const rows = await context.db
    .selectFrom("attempt")
    .leftJoin("sandbox", (join) =>
      join.onRef("sandbox.attempt_id", "=", "attempt.id").onRef("sandbox.epoch", "=", "attempt.epoch"),
    )
    .select(["attempt.id", "attempt.resume_requested_at", "sandbox.state", "sandbox.container_id"])
    .where("attempt.host_id", "=", hostId)
    .where("attempt.state", "=", "running")
    .where(
      sql<Date>`coalesce(attempt.resume_requested_at, attempt.paused_at)`,
      "<",
      sql<Date>`clock_timestamp() - make_interval(secs => ${PATIENCE_SEC})`,
    )
    .execute();
  for (const row of rows) {
    if (row.resume_requested_at) await enqueue(context.db, "resume", { attemptId: row.id }, { hostId });
    else if (row.state === "ready" && row.container_id) {
      const status = await context.engine.status(row.container_id);
      if (status === "running") await enqueue(context.db, "pause", { attemptId: row.id }, { hostId });
    }
  }
}
