import { type Entry, openPromise, type ZipFile } from "yauzl";
import { type FoundEntry, type StarterCollector, StarterRefusedError } from "./starter-collector.ts";

const ENCRYPTED = 0x1;
const UNIX_TYPE = 0o170000;
const UNIX_TYPES = new Map<number, FoundEntry["type"]>([
  [0, "file"],
  [0o100000, "file"],
  [0o040000, "directory"],
  [0o120000, "symlink"],
  [0o010000, "fifo"],
  [0o020000, "device"],
  [0o060000, "device"],
]);

/** Hands each entry of a zip to the collector; contents are streamed. @throws StarterRefusedError */
export async function readZip(file: string, collector: StarterCollector): Promise<void> {
  try {
    // Names stay bytes: what they may be is decided in one place for all kinds of archives.
    const zip = await openPromise(file, {
      lazyEntries: true,
      decodeStrings: false,
      validateEntrySizes: true,
    });
    try {
      for await (const entry of zip.eachEntry())
        await collector.add(describe(entry), () => openEntry(zip, entry));
    } finally {
      zip.close();
    }
  } catch (error) {
    // Failures of the system have a code; everything else is about the file.
    if (error instanceof StarterRefusedError || (error as NodeJS.ErrnoException).syscall) throw error;
    throw new StarterRefusedError([`The zip cannot be read: ${(error as Error).message}.`]);
  }
}

function describe(entry: Entry): FoundEntry {
  const name = entry.fileNameRaw;
  const mode = entry.externalFileAttributes >>> 16;
  const isDirectory = name.at(-1) === 0x2f;
  const type = isDirectory ? "directory" : (UNIX_TYPES.get(mode & UNIX_TYPE) ?? "unknown");
  return {
    name,
    type: entry.generalPurposeBitFlag & ENCRYPTED ? "encrypted" : type,
    executable: (mode & 0o111) !== 0,
    size: entry.uncompressedSize,
  };
}

async function openEntry(zip: ZipFile, entry: Entry): Promise<AsyncIterable<Buffer>> {
  return (await zip.openReadStreamPromise(entry)) as unknown as AsyncIterable<Buffer>;
}
