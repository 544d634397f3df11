import { randomBytes } from "node:crypto";
import { chmodSync, closeSync, constants, openSync, renameSync, unlinkSync } from "node:fs";
import type { Server } from "node:net";
import { basename, dirname } from "node:path";

/**
 * Listens on a Unix socket at `path`, in place of whatever is there. The directory exists and is the host's own.
 *
 * The socket is bound under a temporary name, given its mode and renamed, so that whoever finds it can use it,
 * and so that a successor may take the name over before we are gone. It is addressed through the directory's
 * descriptor, because an address holds only 107 bytes and data directories can be deep.
 *
 * @param mode permissions, for example 0o666.
 */
export async function listenOnSocket(server: Server, path: string, mode: number): Promise<void> {
  const directory = openSync(dirname(path), constants.O_RDONLY | constants.O_DIRECTORY);
  const inDirectory = `/proc/self/fd/${directory}`;
  const temporary = `${inDirectory}/.${randomBytes(6).toString("hex")}.sock`;
  // Needed until the end: closing the server removes the name it was bound to, through this descriptor.
  const release = () => closeSync(directory);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(temporary, () => {
        server.off("error", reject);
        resolve();
      });
    });
  } catch (error) {
    release();
    throw error;
  }
  server.once("close", release);
  chmodSync(temporary, mode);
  renameSync(temporary, `${inDirectory}/${basename(path)}`);
}

/** Removes a socket made by {@link listenOnSocket}; the directory may be gone already. */
export function removeSocket(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}
