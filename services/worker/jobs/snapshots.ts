import pLimit from "p-limit";
import { AssessmentSpec } from "../../shared/contracts/assessment.ts";
import { databaseNow } from "../../shared/db/database.ts";
import type { WorkerContext } from "../context.ts";
import { takeSnapshot } from "../sealing/take-snapshot.ts";

const SIMULTANEOUS = 3;

/** Saves every workspace of this host whose last save is older than its assessment allows. */
export async function snapshots(context: WorkerContext): Promise<void> {
  const now = await databaseNow(context.db);
  const rows = await context.db
    .selectFrom("sandbox")
    .innerJoin("attempt", "attempt.id", "sandbox.attempt_id")
    .innerJoin("assessment_version", "assessment_version.id", "attempt.assessment_version_id")
    .select([
      "attempt.id",
      "sandbox.epoch",
      "attempt.started_at",
      "attempt.last_snapshot_at",
      "assessment_version.spec",
    ])
    .where("sandbox.host_id", "=", context.config.hostId)
    .where("sandbox.state", "=", "ready")
    .where("attempt.state", "=", "running")
    .where("attempt.kind", "=", "scored")
    .orderBy("attempt.last_snapshot_at", (order) => order.asc().nullsFirst())
    .execute();
  const due = rows.filter((row) => {
    const intervalSec = AssessmentSpec.shape.snapshotIntervalSec.parse(
      (row.spec as { snapshotIntervalSec?: unknown }).snapshotIntervalSec,
    );
    const last = row.last_snapshot_at ?? row.started_at!;
    return now.getTime() - last.getTime() >= intervalSec * 1000 && !context.snapshotPace.holds(row.id);
  });
  // One large workspace, or one that cannot be read, must not keep the others from being saved.
  const limit = pLimit(SIMULTANEOUS);
  const save = async (row: (typeof due)[number]) =>
    takeSnapshot(context, row.id, row.epoch).catch((error: unknown) =>
      context.log.error({ attemptId: row.id, err: error }, "a snapshot failed"),
    );
  await Promise.all(due.map((row) => limit(save, row)));
}
