import { chmod, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Instance } from "./instance.ts";

/** Where Postgres's images put its socket. */
export const SOCKETS_IN_CONTAINER = "/var/run/postgresql";
const SOCKET = ".s.PGSQL.5432";
/** Of a socket's path, bytes: `sun_path` of unix(7), its end included. */
const MAX_PATH = 108;

/** A directory of this host that Postgres puts its socket into; null where its path is too long for one. */
export function socketDirectoryOf({ home }: Pick<Instance, "home">): string | null {
  const directory = join(home, "run", "postgres");
  return Buffer.byteLength(join(directory, SOCKET)) < MAX_PATH ? directory : null;
}

/** The same database, reached by its socket in this directory. */
export function bySocket(databaseUrl: string, directory: string): string {
  const url = new URL(databaseUrl);
  url.hostname = "localhost";
  url.port = "5432";
  url.searchParams.set("host", directory);
  return url.href;
}

/**
 * Makes the directory, empty: what a killed Postgres left there would keep the next one from starting. Only this user
 * reaches it, since Postgres asks nobody for a password there; its container does so from within.
 */
export async function makeSocketDirectory(directory: string): Promise<void> {
  const parent = join(directory, "..");
  await mkdir(parent, { recursive: true, mode: 0o700 });
  await chmod(parent, 0o700);
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory);
  await chmod(directory, 0o777);
}
