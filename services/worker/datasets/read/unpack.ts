import { createReadStream, createWriteStream } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";
import yauzl from "yauzl";
import { Refusal } from "../../confined/confined-entry.ts";
import { detectContent, HEAD_BYTES, refuse, refuseSpreadsheet } from "./detect-format.ts";
import { IMPORT_LIMITS } from "./import-limits.ts";

/** A file to be read as one table or more. */
export interface SourceFile {
  /** What people call it: the uploaded name, or its path in the archive. */
  name: string;
  path: string;
  kind: "text" | "parquet" | "sqlite";
}

export interface Unpacked {
  files: SourceFile[];
  leftOut: { file: string; why: string }[];
}

/** Things that archives carry along and nobody means. */
const CLUTTER = /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)/;
const DOCUMENTS =
  /(^|\/)(readme|licen[cs]e|notice|changelog|authors|citation|contributing)[^/]*$|\.(md|rst|html?|pdf|png|jpe?g|py|r|ipynb|sql|ya?ml|toml)$/i;

/**
 * Looks at the content of a file and, if it is an archive, unpacks its files as streams into `directory` under names
 * of our own; the archive's names are for people only.
 * @throws Refusal
 */
export async function unpack(name: string, path: string, directory: string): Promise<Unpacked> {
  const { head, tail, size } = await readEnds(path);
  const kind = detectContent(head, tail);
  if (kind === "text" || kind === "parquet" || kind === "sqlite")
    return { files: [{ name, path, kind }], leftOut: [] };
  const box = new Box(directory, size);
  try {
    if (kind === "zip") await unpackZip(path, box);
    else await unpackGzipOrTar(name, path, kind, box);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const detail = (error as Error).message;
    if (/encrypt/i.test(detail))
      refuse("archive_encrypted", "The archive is encrypted. Pack it without a password.");
    if (/invalid (relative|absolute)|absolute path|\.\./i.test(detail)) refuseEscape(detail);
    refuse("archive_corrupt", `The archive is damaged (${detail.slice(0, 200)}). Pack it again.`);
  }
  if (box.files.length === 0) refuse("no_table", "The archive holds no file with a table.");
  return box;
}

export async function readEnds(path: string): Promise<{ head: Buffer; tail: Buffer; size: number }> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const head = Buffer.alloc(Math.min(size, HEAD_BYTES));
    await file.read(head, 0, head.length, 0);
    const tail = Buffer.alloc(Math.min(size, 16));
    await file.read(tail, 0, tail.length, size - tail.length);
    return { head, tail, size };
  } finally {
    await file.close();
  }
}

/** What comes out of an archive, within limits. */
class Box implements Unpacked {
  readonly files: SourceFile[] = [];
  readonly leftOut: Unpacked["leftOut"] = [];
  readonly #directory: string;
  readonly #packedBytes: number;
  #entries = 0;
  #bytes = 0;

  constructor(directory: string, packedBytes: number) {
    this.#directory = directory;
    this.#packedBytes = packedBytes;
  }

  /** Before an entry is read. @returns whether its content is wanted */
  admit(name: string): boolean {
    if (++this.#entries > IMPORT_LIMITS.archiveFiles) refuseMany();
    const path = name.replaceAll("\\", "/");
    if (path.startsWith("/") || /^[A-Za-z]:/.test(path) || path.split("/").includes("..")) refuseEscape(name);
    return !path.endsWith("/") && !CLUTTER.test(path);
  }

  async add(name: string, content: Readable): Promise<void> {
    const path = join(this.#directory, `entry-${this.#entries}`);
    await pipeline(content, this.#count(), createWriteStream(path, { flags: "wx" }));
    const { head, tail, size } = await readEnds(path);
    if (size === 0) return void this.leftOut.push({ file: name, why: "It is empty." });
    if (DOCUMENTS.test(name)) return void this.leftOut.push({ file: name, why: "It is no table." });
    const kind = this.#kindOf(name, head, tail);
    if (kind === null) return;
    if (kind === "zip" || kind === "gzip" || kind === "tar") {
      if (kind === "zip" && isSpreadsheetName(head)) refuseSpreadsheet();
      refuse("archive_nested", `There is an archive in the archive: ${name}. Unpack it first.`);
    }
    this.files.push({ name, path, kind });
  }

  /** Null for what is left out; a refusal names the file. */
  #kindOf(name: string, head: Buffer, tail: Buffer) {
    try {
      return detectContent(head, tail);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.code !== "unknown_format") throw new Refusal(error.code, error.message, { file: name });
      this.leftOut.push({ file: name, why: error.message });
      return null;
    }
  }

  #count(): Transform {
    return new Transform({
      transform: (chunk: Buffer, _, done) => {
        this.#bytes += chunk.length;
        const { archiveBytes, archiveRatio, archiveRatioFloor } = IMPORT_LIMITS;
        try {
          if (this.#bytes > archiveBytes)
            refuse(
              "archive_too_large",
              `Unpacked, the archive is larger than ${archiveBytes / 1024 ** 3} GiB.`,
            );
          if (this.#bytes > Math.max(archiveRatioFloor, this.#packedBytes * archiveRatio))
            refuse(
              "archive_ratio",
              `The archive unpacks to more than ${archiveRatio} times its size, as no real data does.`,
            );
          done(null, chunk);
        } catch (error) {
          done(error as Error);
        }
      },
    });
  }
}

function refuseMany(): never {
  refuse("archive_too_many_files", `The archive holds more than ${IMPORT_LIMITS.archiveFiles} files.`);
}

function refuseEscape(name: string): never {
  refuse("archive_escapes", `The archive names a file outside of itself: ${name.slice(0, 200)}.`);
}

function refuseSpecial(name: string, what: string): never {
  refuse(
    "archive_special_entry",
    `The archive holds a ${what}: ${name.slice(0, 200)}. Pack plain files only.`,
  );
}

const isSpreadsheetName = (head: Buffer) =>
  head.includes("[Content_Types].xml") || head.includes("application/vnd.oasis.opendocument");

async function unpackZip(path: string, box: Box): Promise<void> {
  const { head } = await readEnds(path);
  if (head.subarray(30, 200).includes("mimetypeapplication/vnd.oasis.opendocument")) refuseSpreadsheet();
  const zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false, strictFileNames: false });
  try {
    // Told before a thousand of them are unpacked.
    if (zip.entryCount > IMPORT_LIMITS.archiveFiles) refuseMany();
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName;
      if (name === "[Content_Types].xml") refuseSpreadsheet();
      // The upper half of the attributes is the Unix mode, where the archive was made on Unix.
      const mode = entry.externalFileAttributes >>> 16;
      const type = mode & 0o170000;
      if (type === 0o120000) refuseSpecial(name, "symbolic link");
      if (type !== 0 && type !== 0o100000 && type !== 0o040000) refuseSpecial(name, "device or pipe");
      if (entry.isEncrypted())
        refuse("archive_encrypted", "The archive is encrypted. Pack it without a password.");
      if (!box.admit(name)) continue;
      await box.add(name, await zip.openReadStreamPromise(entry));
    }
  } finally {
    zip.close();
  }
}

async function unpackGzipOrTar(name: string, path: string, kind: "gzip" | "tar", box: Box): Promise<void> {
  if (kind === "tar" || (await startsAsTar(path))) return unpackTar(path, kind, box);
  // One gzipped file.
  const plain = name.replace(/\.gz$/i, "");
  box.admit(plain.split(/[/\\]/).at(-1) ?? "file");
  const source = createReadStream(path);
  const gunzip = createGunzip();
  source.on("error", (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  await box.add(plain, gunzip);
}

async function startsAsTar(path: string): Promise<boolean> {
  const source = createReadStream(path);
  const gunzip = createGunzip();
  source.on("error", (error) => gunzip.destroy(error));
  try {
    const pieces: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of source.pipe(gunzip) as AsyncIterable<Buffer>) {
      pieces.push(chunk);
      bytes += chunk.length;
      if (bytes >= 512) break;
    }
    return Buffer.concat(pieces).subarray(257, 262).toString("latin1") === "ustar";
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

async function unpackTar(path: string, kind: "gzip" | "tar", box: Box): Promise<void> {
  const tar = extract();
  const source = createReadStream(path);
  const fed = kind === "tar" ? pipeline(source, tar) : pipeline(source, createGunzip(), tar);
  // Told again where the entries are awaited.
  fed.catch(() => {});
  for await (const entry of tar) {
    const { name, type } = entry.header;
    if (type === "directory") {
      box.admit(name.endsWith("/") ? name : `${name}/`);
      entry.resume();
      continue;
    }
    if (type === "symlink" || type === "link")
      refuseSpecial(name, type === "link" ? "hard link" : "symbolic link");
    if (type !== "file" && type !== "contiguous-file") refuseSpecial(name, "device or pipe");
    if (!box.admit(name)) {
      entry.resume();
      continue;
    }
    await box.add(name, entry as unknown as Readable);
  }
  await fed;
}
