import type { SandboxHealth } from "../../shared/contracts/admin.ts";
import { AssessmentSpec } from "../../shared/contracts/assessment.ts";
import { databaseNow } from "../../shared/db/database.ts";
import { sandboxLayout, workspaceLayout } from "../../shared/sandbox/layout.ts";
import type { WorkerContext } from "../context.ts";
import type { ContainerUsage } from "../engine/engine.ts";
import { liveSandboxes, type SandboxRecord, saveHealth } from "../records/sandbox-record.ts";
import { ideAnswers } from "../sandbox/ide-probe.ts";

/** Last reading of each container, for the processor share between two readings. */
const earlier = new Map<string, ContainerUsage>();

/** Measures every ready sandbox of this host. */
export async function health(context: WorkerContext): Promise<void> {
  const ready = (await liveSandboxes(context.db, context.config.hostId)).filter(
    (sandbox) => sandbox.state === "ready",
  );
  const known = new Set(ready.map((sandbox) => sandbox.id));
  for (const id of earlier.keys()) if (!known.has(id)) earlier.delete(id);
  const now = await databaseNow(context.db);
  await Promise.all(
    ready.map((sandbox) =>
      measure(context, sandbox, now).catch((error: unknown) =>
        context.log.warn({ sandboxId: sandbox.id, err: error }, "a sandbox could not be measured"),
      ),
    ),
  );
  context.metrics.readySandboxes.set(ready.length);
}

async function measure(context: WorkerContext, sandbox: SandboxRecord, now: Date): Promise<void> {
  if (!sandbox.containerId) return;
  const { config } = context;
  const row = await context.db
    .selectFrom("attempt")
    .innerJoin("assessment_version", "assessment_version.id", "attempt.assessment_version_id")
    .select(["assessment_version.spec", "attempt.paused_at"])
    .where("attempt.id", "=", sandbox.attemptId)
    .executeTakeFirstOrThrow();
  // What stands still has nothing to report, and its IDE cannot answer.
  if (row.paused_at) return;
  const usage = await context.engine.usage(sandbox.containerId);
  const disk = await context.volumes.workspaceUsage(workspaceLayout(config.dataDir, sandbox.attemptId).files);
  const before = earlier.get(sandbox.id);
  earlier.set(sandbox.id, usage);
  const result: SandboxHealth = {
    at: now.toISOString(),
    memoryBytes: usage.memoryBytes,
    memoryLimitBytes: AssessmentSpec.parse(row.spec).limits.memoryMib * 1024 * 1024,
    cpuPercent: before
      ? Math.round((usage.cpuNanoseconds - before.cpuNanoseconds) / ((usage.at - before.at) * 1e4))
      : 0,
    diskUsedBytes: disk.usedBytes,
    diskLimitBytes: disk.totalBytes,
    ideAnswers: await ideAnswers(sandboxLayout(config.dataDir, sandbox.id).ideSocket, 2000),
  };
  await saveHealth(context.db, sandbox.id, result);
}
