import { randomUUID } from "node:crypto";
import { chmod, chown, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Docker from "dockerode";
import { INSIDE, SANDBOX_UID } from "../../services/shared/sandbox/layout.ts";
import { containerOptions } from "../../services/worker/engine/container-options.ts";
import { type Inside, insideOf } from "./container-exec.ts";
import { workbenchImage } from "./workbench-container.ts";

type Options = Docker.ContainerCreateOptions & { HostConfig: Docker.HostConfig };

export interface ControlContainer {
  inside: Inside;
  container: Docker.Container;
  /** On the host: what is /workspace, /run/worksample and /run/worksample/ide inside. Plain directories. */
  directories: { workspace: string; run: string; ide: string };
}

/**
 * A container confined as every sandbox is, but for what `weaken` takes away: shows that an attack works without
 * that one defence. Removed when `action` is done.
 */
export async function withControl(
  weaken: (options: Options) => void,
  action: (control: ControlContainer) => Promise<void>,
): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), "worksample-control-"));
  await chmod(root, 0o755);
  const run = join(root, "run");
  const directories = { workspace: join(root, "workspace"), run, ide: join(run, "ide") };
  for (const directory of Object.values(directories)) await mkdir(directory, { recursive: true });
  for (const directory of [directories.workspace, directories.ide])
    await chown(directory, SANDBOX_UID, SANDBOX_UID);
  let container: Docker.Container | undefined;
  try {
    const options = await confined(directories);
    weaken(options);
    container = await new Docker().createContainer(options);
    await container.start();
    await action({ inside: insideOf(container), container, directories });
  } finally {
    await container?.remove({ force: true });
    await rm(root, { recursive: true, force: true });
  }
}

async function confined(directories: ControlContainer["directories"]): Promise<Options> {
  const options = containerOptions(`worksample-control-${randomUUID()}`, {
    image: await workbenchImage(),
    runtime: "runc",
    hostId: `control-${randomUUID()}`,
    sandboxId: randomUUID(),
    attemptId: randomUUID(),
    epoch: 1,
    environment: {},
    hostnames: [],
    mounts: [
      { source: directories.run, target: INSIDE.run, readOnly: true },
      { source: directories.ide, target: `${INSIDE.run}/ide`, readOnly: false },
      { source: directories.workspace, target: INSIDE.workspace, readOnly: false },
    ],
    limits: { cpus: 1, memoryMib: 768, pids: 256 },
  });
  return { ...options, HostConfig: options.HostConfig!, Entrypoint: ["/bin/sleep", "600"] };
}
