import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { PROJECT_DIRECTORY } from "./instance.ts";
import { UserError } from "./user-error.ts";

const SOURCES = ["services/web", "services/shared/contracts", "services/shared/domain", "package-lock.json"];
const MARK = join(PROJECT_DIRECTORY, "services/web/dist/.sources");

/** Builds the web pages when their sources changed since the last build. @returns whether it built. */
export async function buildPages(): Promise<boolean> {
  const hash = await hashSources();
  if (existsSync(MARK) && (await readFile(MARK, "utf8")) === hash) return false;
  const node = join(PROJECT_DIRECTORY, "node_modules/.bin/node");
  const vite = join(PROJECT_DIRECTORY, "node_modules/vite/bin/vite.js");
  const result = await execa(
    node,
    [vite, "build", "--config", "services/web/vite.config.ts", "--logLevel", "error"],
    // Whoever starts this may have another; it would make a development build of React.
    { cwd: PROJECT_DIRECTORY, reject: false, all: true, env: { NODE_ENV: "production" } },
  );
  if (result.exitCode !== 0) throw new UserError(`The pages could not be built:\n${result.all}`);
  await writeFile(MARK, hash);
  return true;
}

async function hashSources(): Promise<string> {
  const hash = createHash("sha256");
  for (const source of SOURCES) await addToHash(hash, join(PROJECT_DIRECTORY, source));
  return hash.digest("hex");
}

async function addToHash(hash: ReturnType<typeof createHash>, path: string): Promise<void> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => null);
  if (entries === null) {
    hash.update(path.slice(PROJECT_DIRECTORY.length)).update(await readFile(path));
    return;
  }
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name !== "dist" && entry.name !== "node_modules") await addToHash(hash, join(path, entry.name));
  }
}
