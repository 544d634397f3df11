import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { chmod, mkdtemp, readdir, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const WARM_UP_MS = 30_000;

const caches = new Map<string, Promise<string | null>>();
const made: string[] = [];

/**
 * A directory for NODE_COMPILE_CACHE with the code of an entry, compiled by this process's own user before any input
 * comes near it. Children can only read it. Without one each child would spend 0.2 s and 25 MB on compiling what
 * never changes; a child that finds nothing usable there compiles as ever.
 *
 * @param flags as of the children: V8 takes no code that was compiled under others
 * @param users ids that children run as; Node keeps the code of each user apart
 * @returns null for entries of somewhere else, and when it cannot be made
 */
export function codeCache(
  entry: string,
  { project, flags, users }: { project: string; flags: readonly string[]; users: readonly number[] },
): Promise<string | null> {
  if (!entry.startsWith(project + sep)) return Promise.resolve(null);
  const key = JSON.stringify([entry, flags]);
  let found = caches.get(key);
  if (!found) {
    found = warmUp(entry, flags, users).catch(() => null);
    caches.set(key, found);
  }
  return found;
}

async function warmUp(entry: string, flags: readonly string[], users: readonly number[]): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "worksample-code-"));
  if (made.push(directory) === 1) process.once("exit", removeAll);
  const load = `await Promise.all(${JSON.stringify([CHILD_MAIN_IMPORTS, entry])}.map((path) => import(path)))`;
  await run(process.execPath, [...flags, "--input-type=module", "-e", load], {
    env: { NODE_COMPILE_CACHE: directory },
    cwd: "/",
    timeout: WARM_UP_MS,
  });
  await makeReadable(directory, users);
  return directory;
}

/** What every child loads beside its entry. */
const CHILD_MAIN_IMPORTS = new URL("./write-json.ts", import.meta.url).pathname;

/** The name of the only directory in it ends with the user that wrote it. */
async function makeReadable(directory: string, users: readonly number[]): Promise<void> {
  await chmod(directory, 0o755);
  const [own] = await readdir(directory);
  if (own === undefined) throw new Error("Node kept no compiled code");
  await chmod(join(directory, own), 0o755);
  for (const file of await readdir(join(directory, own))) await chmod(join(directory, own, file), 0o444);
  const base = own.slice(0, own.lastIndexOf("-"));
  for (const user of users) await symlink(own, join(directory, `${base}-${user}`));
}

function removeAll(): void {
  for (const directory of made) rmSync(directory, { recursive: true, force: true });
}
