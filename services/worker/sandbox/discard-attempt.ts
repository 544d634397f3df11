import { workspaceLayout } from "../../shared/sandbox/layout.ts";
import type { WorkerContext } from "../context.ts";
import { sandboxesOfAttempt } from "../records/sandbox-record.ts";
import { removeSandbox } from "./start-sandbox.ts";

/** Removes every trace of an attempt's sandboxes and its workspace from this host. Harmless when repeated. */
export async function discardSandboxes(
  context: WorkerContext,
  attemptId: string,
  reason: string,
): Promise<void> {
  for (const sandbox of await sandboxesOfAttempt(context.db, attemptId)) {
    if (sandbox.hostId === context.config.hostId && sandbox.state !== "removed")
      await removeSandbox(context, sandbox, reason);
  }
  const workspace = workspaceLayout(context.config.dataDir, attemptId);
  await context.volumes.destroyWorkspace(workspace.image, workspace.files);
  context.captureCaches.delete(attemptId);
  context.snapshotPace.forget(attemptId);
}
