import { enqueue } from "../../shared/queue/outbox.ts";
import type { WorkerContext } from "../context.ts";
import { recordPlatformEvent } from "../records/attempt-event-record.ts";
import { endLostRun } from "../records/run-record.ts";
import { moveSandbox } from "../records/sandbox-record.ts";

/**
 * A ready sandbox stopped by itself: note it and have it restored; a run ends with it. Harmless for any other sandbox.
 * @param since when it was last known to work, if it was not seen to stop; the time from then on is credited.
 */
export async function reportLost(context: WorkerContext, sandboxId: string, since?: Date): Promise<void> {
  await context.db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom("sandbox")
      .innerJoin("attempt", "attempt.id", "sandbox.attempt_id")
      .select(["attempt.id", "attempt.kind", "sandbox.epoch"])
      .where("sandbox.id", "=", sandboxId)
      .where("attempt.state", "=", "running")
      .whereRef("sandbox.epoch", "=", "attempt.epoch")
      .executeTakeFirst();
    if (!row || !(await moveSandbox(tx, sandboxId, ["ready"], "lost", "stopped"))) return;
    if (since) await tx.updateTable("sandbox").set({ ended_at: since }).where("id", "=", sandboxId).execute();
    context.log.warn({ attemptId: row.id, sandboxId }, "a sandbox was lost");
    context.metrics.lostSandboxes.inc();
    await recordPlatformEvent(tx, row.id, "sandbox_lost", { epoch: row.epoch });
    if (row.kind === "run") return endLostRun(tx, row.id, context.config.hostId);
    await enqueue(
      tx,
      "restore",
      { attemptId: row.id, lostEpoch: row.epoch },
      { hostId: context.config.hostId },
    );
  });
}
