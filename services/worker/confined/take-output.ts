import { constants } from "node:fs";
import { type FileHandle, lstat, open } from "node:fs/promises";
import { join } from "node:path";

/**
 * Opens a file that a confined child wrote. The child owns its directory and may have put anything there under that
 * name, so neither a link nor a directory that is one is followed, and nothing but a plain file is read.
 * @param directory the child's directory, or one that it made in it
 * @throws Error when it is anything else; ENOENT, ELOOP
 */
export async function openOutput(directory: string, name: string): Promise<FileHandle> {
  if (!isPlainName(name)) throw new Error("the child named a file outside of its directory");
  if (!(await lstat(directory)).isDirectory())
    throw new Error("the child put something else in the place of a directory");
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(join(directory, name), flags);
  try {
    if (!(await file.stat()).isFile()) throw new Error(`${name} is no file`);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

function isPlainName(name: string): boolean {
  return name !== "" && name !== "." && name !== ".." && !/[/\0]/.test(name);
}
