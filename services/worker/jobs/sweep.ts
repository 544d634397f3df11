import { sql } from "kysely";
import { enqueue } from "../../shared/queue/outbox.ts";
import { sweepAssessments } from "../assessment-check/sweep-assessments.ts";
import type { WorkerContext } from "../context.ts";
import { expireUploads } from "../datasets/expire-uploads.ts";
import { requeueForgottenImports } from "../datasets/requeue-forgotten-imports.ts";
import { liveSandboxes } from "../records/sandbox-record.ts";
import { removeAbandonedFiles } from "../sandbox/remove-abandoned-files.ts";
import { removeStrays } from "../sandbox/remove-strays.ts";
import { reportLost } from "../sandbox/report-lost.ts";
import { checkForgottenMockApis, removeExpiredScratches } from "./check-mock-api.ts";
import { sendForgottenEmails } from "./sweep-emails.ts";
import { keepPauses } from "./sweep-pauses.ts";

/** Longer than any healthy step takes, so that the sweep only meets what was really left behind. */
const PATIENCE_SEC = 15;

/** Finds what a lost job, a lost event or a crash left behind on this host, and gives it back to the queue. */
export async function sweep(context: WorkerContext): Promise<void> {
  await context.db
    .updateTable("host")
    .set({ last_seen_at: sql<Date>`clock_timestamp()`, capacity: context.config.maxSandboxes })
    .where("id", "=", context.config.hostId)
    .execute();
  const steps = [
    endOverdue,
    findDeadSandboxes,
    restoreStranded,
    keepPauses,
    sendForgottenEmails,
    provisionForgotten,
    removeStrays,
    removeAbandonedFiles,
    sweepAssessments,
    expireUploads,
    requeueForgottenImports,
    checkForgottenMockApis,
    removeExpiredScratches,
  ];
  // One step that fails (a container that cannot be inspected, say) must not keep the others from helping.
  for (const step of steps)
    await step(context).catch((error: unknown) =>
      context.log.error({ step: step.name, err: error }, "a step of the sweep failed"),
    );
}

async function endOverdue(context: WorkerContext): Promise<void> {
  const rows = await context.db
    .selectFrom("attempt")
    .select(["id", "state", "submit_requested_at"])
    .where("host_id", "=", context.config.hostId)
    .where((e) =>
      e.or([
        e.and([
          e("state", "=", "running"),
          e("paused_at", "is", null),
          e("deadline_at", "<", sql<Date>`clock_timestamp() - make_interval(secs => ${PATIENCE_SEC})`),
        ]),
        e.and([
          e("state", "in", ["running", "sealing"]),
          e(
            sql<Date>`coalesce(frozen_at, submit_requested_at)`,
            "<",
            sql<Date>`clock_timestamp() - make_interval(secs => ${PATIENCE_SEC * 4})`,
          ),
        ]),
      ]),
    )
    .execute();
  for (const row of rows) {
    context.log.warn({ attemptId: row.id, state: row.state }, "an attempt was overdue; ending it now");
    await enqueue(
      context.db,
      row.submit_requested_at ? "finish" : "deadline",
      { attemptId: row.id },
      { hostId: context.config.hostId },
    );
  }
}

/**
 * Ready sandboxes whose container is not there: it died while nobody watched, or the host restarted. Also run
 * before the first job is taken, so that a deadline that passed meanwhile waits for the credit.
 */
export async function findDeadSandboxes(context: WorkerContext): Promise<void> {
  for (const sandbox of await liveSandboxes(context.db, context.config.hostId)) {
    if (sandbox.state !== "ready" || !sandbox.containerId) continue;
    const status = await context.engine.status(sandbox.containerId);
    if (status === "stopped" || status === "gone") await reportLost(context, sandbox.id, sandbox.lastSeenAt);
  }
}

/** Attempts whose sandbox is lost, or never came up again, and whose restore job went missing. */
async function restoreStranded(context: WorkerContext): Promise<void> {
  await context.db
    .updateTable("sandbox")
    .from("attempt")
    .set({ state: "lost", ended_at: sql<Date>`sandbox.created_at`, end_reason: "restoring was interrupted" })
    .whereRef("attempt.id", "=", "sandbox.attempt_id")
    .where("attempt.state", "=", "running")
    .where("sandbox.host_id", "=", context.config.hostId)
    .where("sandbox.state", "=", "starting")
    .where(
      "sandbox.created_at",
      "<",
      sql<Date>`clock_timestamp() - make_interval(secs => ${context.config.provisionTimeoutSec + 60})`,
    )
    .execute();
  const rows = await context.db
    .selectFrom("sandbox")
    .innerJoin("attempt", "attempt.id", "sandbox.attempt_id")
    .select(["attempt.id", "sandbox.epoch"])
    .where("attempt.host_id", "=", context.config.hostId)
    .where("attempt.state", "=", "running")
    .where("attempt.paused_at", "is", null)
    .whereRef("sandbox.epoch", "=", "attempt.epoch")
    .where("sandbox.state", "=", "lost")
    .where("sandbox.ended_at", "<", sql<Date>`clock_timestamp() - make_interval(secs => ${PATIENCE_SEC})`)
    .execute();
  for (const row of rows) {
    await enqueue(
      context.db,
      "restore",
      { attemptId: row.id, lostEpoch: row.epoch },
      { hostId: context.config.hostId },
    );
  }
}

/** Attempts that wait for a workspace although no job brings one. Any host may see them; a second job bails out. */
async function provisionForgotten(context: WorkerContext): Promise<void> {
  const rows = await context.db
    .selectFrom("attempt")
    .select("id")
    .where("state", "=", "provisioning")
    .where(
      "requested_at",
      "<",
      sql<Date>`clock_timestamp() - make_interval(secs => ${context.config.provisionTimeoutSec * 2 + 60})`,
    )
    .execute();
  for (const row of rows) {
    context.log.warn({ attemptId: row.id }, "an attempt was left waiting for its workspace; asking again");
    await enqueue(context.db, "provision", { attemptId: row.id });
    await context.db
      .updateTable("attempt")
      .set({ requested_at: sql<Date>`clock_timestamp()` })
      .where("id", "=", row.id)
      .execute();
  }
}
