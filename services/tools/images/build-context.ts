import { createHash } from "node:crypto";
import { lstat, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pack } from "tar-stream";

/** One file of a build context. */
export interface ContextFile {
  /** Relative to the context, with forward slashes. */
  path: string;
  executable: boolean;
  content: Buffer;
}

/** Tests are no part of any image, and neither is what is made from what else is there. */
const LEFT_OUT_FILE = /^smoke-test\.|\.test\.tsx?$/;
const LEFT_OUT_DIRECTORY = /^(node_modules|dist)$/;

/** Reads a directory in a stable order. Symbolic links and anything else than files are left out. */
export async function readContext(directory: string, prefix = ""): Promise<ContextFile[]> {
  const files: ContextFile[] = [];
  const entries = await readdir(join(directory, prefix), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = prefix ? `${prefix}/${entry.name}` : entry.name;
    if (entry.isDirectory()) {
      if (!LEFT_OUT_DIRECTORY.test(entry.name)) files.push(...(await readContext(directory, path)));
    } else if (entry.isFile() && !LEFT_OUT_FILE.test(entry.name)) {
      files.push(await readContextFile(directory, path));
    }
  }
  return files;
}

async function readContextFile(directory: string, path: string): Promise<ContextFile> {
  const absolute = join(directory, path);
  const { mode } = await lstat(absolute);
  return { path, executable: (mode & 0o100) !== 0, content: await readFile(absolute) };
}

/** Reads the named files and directories of a project, in the order given. */
export async function readPartOf(project: string, parts: readonly string[]): Promise<ContextFile[]> {
  const files: ContextFile[] = [];
  for (const part of parts) {
    const isDirectory = (await lstat(join(project, part))).isDirectory();
    files.push(...(isDirectory ? await readContext(project, part) : [await readContextFile(project, part)]));
  }
  return files;
}

/** Names the content: the same files give the same 12 hexadecimal digits on every machine. */
export function hashContext(files: ContextFile[]): string {
  const hash = createHash("sha256");
  for (const file of files) {
    hash.update(`${file.path}\0${file.executable ? "x" : "-"}\0${file.content.length}\0`);
    hash.update(file.content);
  }
  return hash.digest("hex").slice(0, 12);
}

/** The files as the tar stream a Docker build takes. */
export function packContext(files: ContextFile[]): Readable {
  const tar = pack();
  const mtime = new Date(0);
  for (const file of files) {
    tar.entry({ name: file.path, mode: file.executable ? 0o755 : 0o644, mtime }, file.content);
  }
  tar.finalize();
  return Readable.from(tar);
}
