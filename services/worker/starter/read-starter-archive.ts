import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { readTar, TarFormatError } from "../../shared/archive/read-tar.ts";
import type { BlobStore } from "../../shared/blobs/blob-store.ts";
import { writeTree } from "../../shared/blobs/tree-blobs.ts";
import { readZip } from "./read-zip.ts";
import {
  STARTER_LIMITS,
  StarterCollector,
  type StarterLimits,
  StarterRefusedError,
} from "./starter-collector.ts";

/** Compressed; what it unpacks to is limited apart from it. */
const MAX_ARCHIVE_BYTES = 256 * 1024 * 1024;
const USTAR_AT = 257;

/**
 * Reads an uploaded .zip, .tar or .tar.gz into a tree and stores both. What the file is, its first bytes say.
 * @returns the digest of the tree
 * @throws StarterRefusedError saying what is wrong; nothing is stored then
 */
export async function readStarterArchive(
  blobs: BlobStore,
  sha256: string,
  limits: StarterLimits = STARTER_LIMITS,
): Promise<string> {
  if ((await blobs.size(sha256)) > MAX_ARCHIVE_BYTES)
    throw new StarterRefusedError(["The archive is larger than 256 MiB; keep large data in a dataset."]);
  const head = await blobs.readHead(sha256, 512);
  const batch = blobs.batch();
  try {
    const collector = new StarterCollector(batch, limits);
    await readEntries(blobs, sha256, head, collector);
    const tree = collector.finish();
    await batch.commit();
    return await writeTree(tree, blobs);
  } finally {
    await batch.discard();
  }
}

async function readEntries(
  blobs: BlobStore,
  sha256: string,
  head: Buffer,
  collector: StarterCollector,
): Promise<void> {
  if (head.subarray(0, 2).toString("latin1") === "PK")
    return withCopy(blobs, sha256, (file) => readZip(file, collector));
  const source = await blobs.open(sha256);
  if (head[0] === 0x1f && head[1] === 0x8b) {
    const unpacked = createGunzip();
    source.on("error", (error) => unpacked.destroy(error));
    return collectTar(source.pipe(unpacked), collector).finally(() => {
      source.destroy();
      unpacked.destroy();
    });
  }
  const isTar = head.toString("latin1", USTAR_AT, USTAR_AT + 5) === "ustar";
  // A tar of nothing is nothing but zeros.
  if (!isTar && !(head.length === 512 && head.every((byte) => byte === 0))) {
    source.destroy();
    throw new StarterRefusedError(["This is neither a .zip nor a .tar nor a .tar.gz file."]);
  }
  return collectTar(source, collector).finally(() => source.destroy());
}

async function collectTar(source: AsyncIterable<Buffer>, collector: StarterCollector): Promise<void> {
  try {
    for await (const entry of readTar(source)) {
      const executable = (entry.mode & 0o111) !== 0;
      await collector.add({ ...entry, executable }, () => entry.content);
    }
  } catch (error) {
    const { code } = error as { code?: string };
    if (error instanceof TarFormatError)
      throw new StarterRefusedError([`The archive cannot be read: ${error.message}.`]);
    if (code?.startsWith("Z_") || code === "ERR_TRAILING_JUNK_AFTER_STREAM_END")
      throw new StarterRefusedError(["The archive is damaged: its compression cannot be read."]);
    throw error;
  }
}

/** A zip is read from its end, so it must lie in a file. */
async function withCopy(
  blobs: BlobStore,
  sha256: string,
  read: (file: string) => Promise<void>,
): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "worksample-starter-"));
  try {
    const file = join(directory, "archive.zip");
    await pipeline(await blobs.open(sha256), createWriteStream(file, { mode: 0o600 }));
    await read(file);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
