import { createHash, type Hash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable, Transform, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { constants, createZstdCompress } from "node:zlib";
import type { BlobStore } from "../blobs/blob-store.ts";
import type { Receipt } from "../contracts/receipt.ts";
import type { Tree } from "../contracts/tree.ts";
import { SANDBOX_UID } from "../sandbox/layout.ts";
import { gatherChunks } from "./gather-chunks.ts";
import { ARCHIVE_NAMES, ArchiveStatement, countFiles, type ManifestHead, manifestJson } from "./manifest.ts";
import { signReceipt } from "./receipt.ts";
import { type Seal, sealFrame, signSeal } from "./seal.ts";
import type { SigningKey } from "./signing-key.ts";
import { END_OF_TAR, paddingOf, tarHeader } from "./tar-format.ts";
import { type Measured, measureChunks, treeSha256 } from "./tree-json.ts";
import { assertTreeShape } from "./tree-shape.ts";
import { tarEntries } from "./tree-tar.ts";

export interface ArchiveInputs {
  tree: Tree;
  blobs: Pick<BlobStore, "open" | "read">;
  /** One JSON text each, without the newline. */
  timeline: AsyncIterable<string> | Iterable<string>;
  notes: string;
  statement: ArchiveStatement;
  signingKey: SigningKey;
  /** File to write; only a whole, synced archive ever has this name. */
  out: string;
}

export interface WrittenArchive {
  sha256: string;
  bytes: number;
  seal: Seal;
  receipt: Receipt;
}

/**
 * Writes a submission: a tar compressed with zstd, and the seal after it. Equal inputs give equal files. Contents
 * are streamed; what is held in memory is the tree.
 * @throws BlobMissingError or BlobDamagedError when the store does not have what the tree says; no file is left
 */
export async function writeArchive(given: ArchiveInputs): Promise<WrittenArchive> {
  const inputs = { ...given, statement: ArchiveStatement.parse(given.statement) };
  assertTreeShape(inputs.tree);
  const temporary = `${inputs.out}.${randomUUID()}.part`;
  const spool = `${temporary}.timeline`;
  try {
    const timeline = await writeLines(spool, inputs.timeline);
    const head = await manifestHead(inputs, timeline);
    const manifest = await measureChunks(manifestJson(head, inputs.tree));
    const file = await open(temporary, "wx", 0o600);
    const written = await writeSealed(
      file,
      inputs,
      archiveTar(inputs, head, manifest, spool),
      manifest.sha256,
    );
    await rename(temporary, inputs.out);
    await syncDirectory(dirname(inputs.out));
    const { fileCount, totalBytes } = head;
    const receipt = signReceipt(
      {
        format: "worksample-receipt-1",
        ...inputs.statement,
        fileCount,
        totalBytes,
        omittedCount: inputs.tree.omitted.length,
        archiveSha256: written.sha256,
        archiveBytes: written.bytes,
      },
      inputs.signingKey,
    );
    return { ...written, receipt };
  } finally {
    await Promise.all([rm(temporary, { force: true }), rm(spool, { force: true })]);
  }
}

async function manifestHead(inputs: ArchiveInputs, timeline: Measured): Promise<ManifestHead> {
  return {
    format: "worksample-manifest-1",
    ...inputs.statement,
    treeSha256: await treeSha256(inputs.tree),
    ...countFiles(inputs.tree),
    timeline,
    notes: await measureChunks([Buffer.from(inputs.notes)]),
  };
}

/** Compresses the tar into the file, appends the seal, syncs and closes it. */
async function writeSealed(
  file: FileHandle,
  inputs: ArchiveInputs,
  tar: AsyncIterable<Buffer>,
  manifestSha256: string,
): Promise<Omit<WrittenArchive, "receipt">> {
  const digest = createHash("sha256");
  try {
    const compress = createZstdCompress({
      params: { [constants.ZSTD_c_compressionLevel]: 3, [constants.ZSTD_c_checksumFlag]: 1 },
    });
    await pipeline(
      Readable.from(gatherChunks(tar), { objectMode: false }),
      compress,
      digestTap(digest),
      fileSink(file),
    );
    const contentSha256 = digest.copy().digest("hex");
    const { submissionId, attemptId } = inputs.statement;
    const seal = signSeal({ submissionId, attemptId, contentSha256, manifestSha256 }, inputs.signingKey);
    const frame = sealFrame(seal);
    await file.writeFile(frame);
    await file.sync();
    const { size } = await file.stat();
    return { sha256: digest.update(frame).digest("hex"), bytes: size, seal };
  } finally {
    await file.close();
  }
}

async function* archiveTar(
  inputs: ArchiveInputs,
  head: ManifestHead,
  manifest: Measured,
  timelineFile: string,
): AsyncGenerator<Buffer> {
  const mtimeMs = Date.parse(head.frozenAt);
  yield archiveFileHeader(ARCHIVE_NAMES.manifest, manifest.bytes, mtimeMs);
  yield* manifestJson(head, inputs.tree);
  yield paddingOf(manifest.bytes);
  yield archiveFileHeader(ARCHIVE_NAMES.timeline, head.timeline.bytes, mtimeMs);
  yield* createReadStream(timelineFile) as AsyncIterable<Buffer>;
  yield paddingOf(head.timeline.bytes);
  yield archiveFileHeader(ARCHIVE_NAMES.notes, head.notes.bytes, mtimeMs);
  yield Buffer.from(inputs.notes);
  yield paddingOf(head.notes.bytes);
  yield workspaceHeader(mtimeMs);
  yield* tarEntries(inputs.tree, inputs.blobs, `${ARCHIVE_NAMES.workspace}/`);
  yield END_OF_TAR;
}

/** Header of one of the archive's own files. */
export function archiveFileHeader(name: string, size: number, mtimeMs: number): Buffer {
  return tarHeader({ type: "file", path: Buffer.from(name), mode: 0o644, mtimeMs, size, owner: SANDBOX_UID });
}

export function workspaceHeader(mtimeMs: number): Buffer {
  const path = Buffer.from(ARCHIVE_NAMES.workspace);
  return tarHeader({ type: "directory", path, mode: 0o755, mtimeMs, owner: SANDBOX_UID });
}

/** The manifest comes first and holds the timeline's digest, so the timeline is written down before. */
async function writeLines(path: string, lines: ArchiveInputs["timeline"]): Promise<Measured> {
  const digest = createHash("sha256");
  let bytes = 0;
  const file = await open(path, "wx", 0o600);
  try {
    for await (const line of lines) {
      if (line.includes("\n")) throw new TypeError("a timeline entry must be one line");
      const chunk = Buffer.from(`${line}\n`);
      digest.update(chunk);
      bytes += chunk.length;
      await file.writeFile(chunk);
    }
  } finally {
    await file.close();
  }
  return { bytes, sha256: digest.digest("hex") };
}

function digestTap(digest: Hash): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      digest.update(chunk);
      done(null, chunk);
    },
  });
}

/** Unlike createWriteStream it leaves the handle open. */
function fileSink(file: FileHandle): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      file.writeFile(chunk).then(() => done(), done);
    },
  });
}

async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
