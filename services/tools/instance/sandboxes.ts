import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { DockerEngine } from "../../worker/engine/docker-engine.ts";
import { runOnHost } from "../../worker/volume/host-commands.ts";
import { isMounted } from "../../worker/volume/volumes.ts";
import type { Instance } from "./instance.ts";

const DOCKER_SOCKET = "/var/run/docker.sock";

type SandboxHost = Pick<Instance, "hostId" | "dataDir">;

/**
 * Removes the containers and mounts of this instance's sandboxes. Workspaces stay on the disk, and a running
 * attempt is brought back over its own at the next start, with the time in between credited.
 */
export async function releaseSandboxes(instance: SandboxHost): Promise<void> {
  const engine = new DockerEngine(DOCKER_SOCKET);
  for (const container of await engine.list(instance.hostId)) await engine.remove(container.containerId);
  for (const directory of await mountPoints(instance)) {
    while (await isMounted(directory)) await runOnHost("umount", "-l", directory);
  }
}

async function mountPoints(instance: SandboxHost): Promise<string[]> {
  const under = async (folder: string, inside: string) => {
    const root = join(instance.dataDir, folder);
    return existsSync(root) ? (await readdir(root)).map((name) => join(root, name, inside)) : [];
  };
  return [...(await under("sandboxes", "run/ide")), ...(await under("workspaces", "files"))];
}
