import { chmodSync, mkdirSync } from "node:fs";
import { buffer } from "node:stream/consumers";
import Docker from "dockerode";
import { sandboxLayout, workspaceLayout } from "../../services/shared/sandbox/layout.ts";
import { ensureImages } from "../../services/tools/images/ensure-images.ts";

export interface WorkbenchContainer {
  /** The workspace, as the host sees it. */
  files: string;
  /** Runs a command inside to its end. @returns what it printed */
  run(command: string): Promise<string>;
  /** Starts a command inside and leaves it. */
  start(command: string): Promise<void>;
  /** Freezes every process inside, as at a deadline. */
  pause(): Promise<void>;
  unpause(): Promise<void>;
  remove(): Promise<void>;
}

/** The workbench image with the mounts and the confinement of a sandbox, but plain directories for the file systems. */
export async function startWorkbench(
  dataDir: string,
  sandbox: { sandboxId: string; attemptId: string },
  internalHosts: string[],
  /** Directories of the host, read-only: `/on/the/host:/inside`. */
  mounts: string[] = [],
): Promise<WorkbenchContainer> {
  const image = await workbenchImage();
  const { run, ide } = sandboxLayout(dataDir, sandbox.sandboxId);
  const { files } = workspaceLayout(dataDir, sandbox.attemptId);
  for (const directory of [ide, files]) {
    mkdirSync(directory, { recursive: true });
    // The user inside is another one; a worker gives these to it.
    chmodSync(directory, 0o777);
  }
  const container = await new Docker().createContainer({
    Image: image,
    User: "10001:10001",
    HostConfig: {
      NetworkMode: "none",
      ReadonlyRootfs: true,
      CapDrop: ["ALL"],
      SecurityOpt: ["no-new-privileges"],
      Init: true,
      IpcMode: "private",
      PidsLimit: 512,
      Memory: 2 * 1024 ** 3,
      Sysctls: { "net.ipv4.ip_unprivileged_port_start": "0" },
      Tmpfs: {
        "/tmp": "rw,exec,nosuid,nodev,size=256m,mode=1777",
        "/home/candidate": "rw,exec,nosuid,nodev,size=512m,uid=10001,gid=10001,mode=0700",
      },
      Binds: [
        `${run}:/run/worksample:ro`,
        `${ide}:/run/worksample/ide`,
        `${files}:/workspace`,
        ...mounts.map((mount) => `${mount}:ro`),
      ],
      ExtraHosts: internalHosts.map((host) => `${host}:127.0.0.1`),
    },
  });
  await container.start();
  const workbenchContainer: WorkbenchContainer = {
    files,
    async run(command) {
      const exec = await container.exec({
        Cmd: ["/bin/bash", "-lc", command],
        AttachStdout: true,
        AttachStderr: true,
        Tty: true,
        WorkingDir: "/workspace",
      });
      return (await buffer(await exec.start({ Tty: true }))).toString();
    },
    async start(command) {
      const exec = await container.exec({ Cmd: ["/bin/bash", "-lc", command], WorkingDir: "/workspace" });
      await exec.start({ Detach: true });
    },
    pause: async () => void (await container.pause()),
    unpause: async () => void (await container.unpause()),
    async remove() {
      // What was written inside belongs to a user that this process may not stand in for.
      await workbenchContainer
        .run("rm -rf /workspace/* /workspace/.[!.]* /run/worksample/ide/*")
        .catch(() => {});
      await container.remove({ force: true });
    },
  };
  return workbenchContainer;
}

/** The setting that chooses another image for the worker does so here, and spares the build. */
export async function workbenchImage(): Promise<string> {
  const chosen = process.env.WORKSAMPLE_WORKBENCH_IMAGE;
  return chosen || (await ensureImages(["workbench"], { onProgress: () => {} })).workbench;
}
