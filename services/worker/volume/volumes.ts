import { constants } from "node:fs";
import { access, mkdir, open, readFile, rename, rm, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { SANDBOX_UID } from "../../shared/sandbox/layout.ts";
import type { HostCommand } from "./host-commands.ts";

const BYTES_PER_INODE = 8192;

/**
 * Size-limited file systems for sandboxes. A workspace is a sparse ext4 image mounted over loop, so that a full
 * one gives its candidate ENOSPC and costs the host nothing; the socket directory is a tiny tmpfs, so that even
 * there nothing can be piled up.
 */
export class Volumes {
  readonly #host: HostCommand;

  constructor(host: HostCommand) {
    this.#host = host;
  }

  /**
   * Makes and mounts a new, empty workspace of `sizeMib`. An earlier one at the same place is destroyed. It exists
   * only once it is filled and {@link keepWorkspace} is called: half of a workspace must never pass for a whole one.
   */
  async createWorkspace(image: string, directory: string, sizeMib: number): Promise<void> {
    await this.destroyWorkspace(image, directory);
    await mkdir(directory, { recursive: true });
    const unfilled = unfilledImage(image);
    const bytes = sizeMib * 1024 * 1024;
    const file = await open(unfilled, "w", 0o600);
    try {
      await file.truncate(bytes);
    } finally {
      await file.close();
    }
    await this.#host(
      "mkfs.ext4",
      "-q",
      "-F",
      "-m",
      "0",
      "-N",
      String(Math.ceil(bytes / BYTES_PER_INODE)),
      "-J",
      "size=4",
      "-E",
      `root_owner=${SANDBOX_UID}:${SANDBOX_UID},lazy_itable_init=1,lazy_journal_init=1,nodiscard`,
      unfilled,
    );
    await this.mountWorkspace(unfilled, directory);
    await this.#host("rmdir", `${directory}/lost+found`);
  }

  /** What was created is filled, and is the workspace from now on. */
  async keepWorkspace(image: string): Promise<void> {
    await rename(unfilledImage(image), image);
  }

  /** Mounts an existing workspace again, for example after the host restarted. */
  async mountWorkspace(image: string, directory: string): Promise<void> {
    if (await isMounted(directory)) return;
    await mkdir(directory, { recursive: true });
    await this.#host(
      "mount",
      "-t",
      "ext4",
      "-o",
      "loop,nosuid,nodev,noatime,noinit_itable,errors=remount-ro",
      image,
      directory,
    );
  }

  async workspaceExists(image: string): Promise<boolean> {
    return access(image, constants.F_OK).then(
      () => true,
      () => false,
    );
  }

  isMounted(directory: string): Promise<boolean> {
    return isMounted(directory);
  }

  async destroyWorkspace(image: string, directory: string): Promise<void> {
    await this.#unmount(directory);
    await rm(dirname(image), { recursive: true, force: true });
  }

  /** Used and total bytes a candidate sees. */
  async workspaceUsage(directory: string): Promise<{ usedBytes: number; totalBytes: number }> {
    const stats = await statfs(directory);
    return { usedBytes: (stats.blocks - stats.bfree) * stats.bsize, totalBytes: stats.blocks * stats.bsize };
  }

  /** The directory where the sandbox makes its IDE socket: 1 MiB and 64 names, no programs, no devices. */
  async createSocketDirectory(directory: string): Promise<void> {
    await mkdir(directory, { recursive: true });
    if (await isMounted(directory)) return;
    const owner = `uid=${SANDBOX_UID},gid=${SANDBOX_UID}`;
    await this.#host(
      "mount",
      "-t",
      "tmpfs",
      "-o",
      `size=1m,nr_inodes=64,nosuid,nodev,noexec,${owner},mode=0755`,
      "tmpfs",
      directory,
    );
  }

  /** @param root the sandbox's directory; `directory` lies in it. */
  async destroySocketDirectory(root: string, directory: string): Promise<void> {
    await this.#unmount(directory);
    await rm(root, { recursive: true, force: true });
  }

  async #unmount(directory: string): Promise<void> {
    // Lazy: a process of ours that still reads must not keep the clean-up from going on.
    while (await isMounted(directory)) await this.#host("umount", "-l", directory);
  }
}

function unfilledImage(image: string): string {
  return `${image}.new`;
}

/** True when something is mounted exactly there. */
export async function isMounted(directory: string): Promise<boolean> {
  const table = await readFile("/proc/self/mountinfo", "utf8");
  return table.split("\n").some((line) => unescapeMountPath(line.split(" ")[4] ?? "") === directory);
}

function unescapeMountPath(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
