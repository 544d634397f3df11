import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type Docker from "dockerode";
import { sql } from "kysely";
import type { Config } from "../../services/shared/config/config.ts";
import type { Database } from "../../services/shared/db/database.ts";
import { runOnHost } from "../../services/worker/volume/host-commands.ts";
import { isMounted } from "../../services/worker/volume/volumes.ts";

/** Containers, mounts and directories of sandboxes on this host, of one attempt or of all. */
export async function leftovers(
  db: Database,
  docker: Docker,
  config: Config,
  attemptId: string | undefined,
): Promise<string[]> {
  const label = [
    `worksample.host=${config.hostId}`,
    ...(attemptId ? [`worksample.attempt=${attemptId}`] : []),
  ];
  const containers = await docker.listContainers({ all: true, filters: { label } });
  const rows = await db
    .selectFrom("sandbox")
    .select("id")
    .where(attemptId ? sql<boolean>`attempt_id = ${attemptId}` : sql<boolean>`true`)
    .execute();
  const names = new Set([...rows.map((row) => row.id), ...(attemptId ? [attemptId] : [])]);
  const mine = (path: string) => !attemptId || [...names].some((name) => path.includes(name));
  const directories = [
    ...(await directoriesIn(join(config.dataDir, "sandboxes"))),
    ...(await directoriesIn(join(config.dataDir, "workspaces"))),
  ];
  return [
    ...containers.map((container) => container.Names.join()),
    ...(await mountsBelow(config.dataDir)).filter(mine),
    ...directories.filter(mine),
  ];
}

async function directoriesIn(path: string): Promise<string[]> {
  return (await readdir(path).catch(() => [])).map((name) => join(path, name));
}

async function mountsBelow(directory: string): Promise<string[]> {
  const table = await readFile("/proc/self/mountinfo", "utf8");
  return table
    .split("\n")
    .map((line) => line.split(" ")[4] ?? "")
    .filter((path) => path.startsWith(`${directory}/`));
}

/** For the end of a test, whatever state it is in. */
export async function removeEverything(docker: Docker, config: Config): Promise<void> {
  const containers = await docker.listContainers({
    all: true,
    filters: { label: [`worksample.host=${config.hostId}`] },
  });
  for (const { Id } of containers) await docker.getContainer(Id).remove({ force: true, v: true });
  for (const mount of await mountsBelow(config.dataDir))
    while (await isMounted(mount)) await runOnHost("umount", "-l", mount);
  await rm(config.dataDir, { recursive: true, force: true });
}
