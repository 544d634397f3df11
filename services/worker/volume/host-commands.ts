import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Runs one of the system's own programs (mount, umount, mkfs.ext4, rmdir), as root. @throws HostCommandError */
export type HostCommand = (program: string, ...args: string[]) => Promise<void>;

export class HostCommandError extends Error {
  constructor(command: string, detail: string) {
    super(`${command} failed: ${detail.trim() || "no output"}`);
    this.name = "HostCommandError";
  }
}

/**
 * The worker is root with CAP_SYS_ADMIN, on the host itself or in a container whose data directory passes mounts
 * on (`rshared`); in both cases what it mounts is seen by the engine, the gateway and the sandboxes.
 */
export const runOnHost: HostCommand = async (program, ...args) => {
  try {
    await run(program, args, {
      timeout: 60_000,
      env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", LC_ALL: "C" },
    });
  } catch (error) {
    throw new HostCommandError(
      [program, ...args].join(" "),
      (error as { stderr?: string }).stderr ?? String(error),
    );
  }
};
