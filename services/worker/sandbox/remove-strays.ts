import { readdir } from "node:fs/promises";
import { dirname } from "node:path";
import { sql } from "kysely";
import { sandboxLayout, workspaceLayout } from "../../shared/sandbox/layout.ts";
import type { WorkerContext } from "../context.ts";
import { discardSandboxes } from "./discard-attempt.ts";

/** So that what a job is removing at this moment is left to it. */
const PATIENCE_SEC = 15;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Removes from this host what belongs to no sandbox and no attempt that goes on here. */
export async function removeStrays(context: WorkerContext): Promise<void> {
  await removeContainers(context);
  await removeEnded(context);
  await removeDirectories(context);
}

async function removeContainers({ db, engine, config }: WorkerContext): Promise<void> {
  const containers = await engine.list(config.hostId);
  // A label can be anything; what is no id belongs to no sandbox.
  const ids = containers.map((container) => container.sandboxId).filter((id) => UUID.test(id));
  const live = new Set(await liveAmong(db, ids));
  for (const container of containers)
    if (!live.has(container.sandboxId)) await engine.remove(container.containerId);
}

async function removeEnded(context: WorkerContext): Promise<void> {
  const over = await context.db
    .selectFrom("sandbox")
    .innerJoin("attempt", "attempt.id", "sandbox.attempt_id")
    .select("attempt.id")
    .distinct()
    .where("sandbox.host_id", "=", context.config.hostId)
    .where("sandbox.state", "<>", "removed")
    .where("attempt.state", "in", ["ended", "submitted", "failed"])
    .where("attempt.ended_at", "<", sql<Date>`clock_timestamp() - make_interval(secs => ${PATIENCE_SEC})`)
    .execute();
  for (const row of over) await discardSandboxes(context, row.id, "attempt ended");
}

/**
 * Directories and their mounts, left by a worker that died while it removed them. The rows are read after the
 * directories: a row is there before its directory is.
 */
async function removeDirectories(context: WorkerContext): Promise<void> {
  const { db, volumes, config } = context;
  const sandboxes = await idsIn(dirname(sandboxLayout(config.dataDir, "any").root));
  const live = new Set(await liveAmong(db, sandboxes));
  for (const id of sandboxes) {
    const { root, ide } = sandboxLayout(config.dataDir, id);
    if (!live.has(id)) await volumes.destroySocketDirectory(root, ide);
  }
  const attempts = await idsIn(dirname(workspaceLayout(config.dataDir, "any").root));
  const open = new Set(await openAmong(db, attempts));
  for (const id of attempts) {
    const { image, files } = workspaceLayout(config.dataDir, id);
    if (!open.has(id)) await volumes.destroyWorkspace(image, files);
  }
}

async function idsIn(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch(() => []);
  return names.filter((name) => UUID.test(name));
}

async function liveAmong(db: WorkerContext["db"], ids: string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom("sandbox")
    .select("id")
    .where("id", "in", ids)
    .where("state", "<>", "removed")
    .execute();
  return rows.map((row) => row.id);
}

/** Those whose workspace is in use, or may still be being removed by a job. */
async function openAmong(db: WorkerContext["db"], ids: string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom("attempt")
    .select("id")
    .where("id", "in", ids)
    .where((e) =>
      e.or([
        e("state", "in", ["provisioning", "running", "sealing"]),
        e("ended_at", ">", sql<Date>`clock_timestamp() - make_interval(secs => ${PATIENCE_SEC})`),
      ]),
    )
    .execute();
  return rows.map((row) => row.id);
}
