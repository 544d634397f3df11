import { createHash } from "node:crypto";
import { constants as fileConstants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { pipeline, type Readable } from "node:stream";
import { constants, createZstdDecompress } from "node:zlib";
import { Receipt } from "../contracts/receipt.ts";
import { type ArchiveLimits, ArchiveRejectedError, DEFAULT_LIMITS } from "./archive-rejection.ts";
import { ByteReader, UnexpectedLengthError } from "./byte-reader.ts";
import type { Manifest } from "./manifest.ts";
import { isSignedReceipt } from "./receipt.ts";
import { isSignedSeal, parseSealFrame, SEAL_FRAME_BYTES, type Seal } from "./seal.ts";
import type { PublicKey } from "./signing-key.ts";
import { verifyContents } from "./verify-contents.ts";
import { zstdFrameEnd } from "./zstd-frame.ts";

export interface VerifiedArchive {
  seal: Seal;
  manifest: Manifest;
  archiveSha256: string;
  archiveBytes: number;
  /** False: the archive is consistent in itself, and signed by the key that it carries, whoever's that is. */
  keyIsTrusted: boolean;
  receiptMatches: boolean | "not given";
}

export interface VerifyOptions {
  /** The platform's key. Without it nobody knows who signed. */
  publicKey?: PublicKey;
  receipt?: unknown;
  limits?: Partial<ArchiveLimits>;
}

/**
 * Checks an archive without unpacking it and without any network. The file is taken as hostile: it is streamed,
 * bounded, and nothing of it is interpreted before the signature over all of its bytes holds.
 * @throws ArchiveRejectedError naming the check that failed, or the error of open(2)
 */
export async function verifyArchive(path: string, options: VerifyOptions = {}): Promise<VerifiedArchive> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const file = await open(path, fileConstants.O_RDONLY | fileConstants.O_NONBLOCK);
  try {
    const contentBytes = await contentLength(file, limits);
    const { seal, frame } = await readSeal(file, contentBytes, options.publicKey);
    const digests = await digestFile(file, contentBytes, frame);
    if (digests.content !== seal.contentSha256)
      throw new ArchiveRejectedError("content", "the bytes of the archive are not the ones that were sealed");
    if ((await zstdFrameEnd(file, contentBytes)) !== contentBytes)
      throw new ArchiveRejectedError(
        "compression",
        "there is something besides one compressed tar and the seal",
      );
    const manifest = await verifyCompressed(file, contentBytes, seal, limits);
    const result = {
      seal,
      manifest,
      archiveSha256: digests.archive,
      archiveBytes: contentBytes + frame.length,
    };
    if (options.receipt !== undefined) verifyReceipt(options.receipt, result);
    return {
      ...result,
      keyIsTrusted: options.publicKey !== undefined,
      receiptMatches: options.receipt === undefined ? "not given" : true,
    };
  } finally {
    await file.close();
  }
}

async function contentLength(file: FileHandle, limits: ArchiveLimits): Promise<number> {
  const stats = await file.stat();
  if (!stats.isFile()) throw new ArchiveRejectedError("size", "not a regular file");
  if (stats.size <= SEAL_FRAME_BYTES) throw new ArchiveRejectedError("size", "too short to be an archive");
  if (stats.size > limits.maxArchiveBytes)
    throw new ArchiveRejectedError("size", "too long to be an archive");
  return stats.size - SEAL_FRAME_BYTES;
}

async function readSeal(file: FileHandle, offset: number, trusted: PublicKey | undefined) {
  const frame = Buffer.alloc(SEAL_FRAME_BYTES);
  await file.read(frame, 0, SEAL_FRAME_BYTES, offset);
  const seal = parseSealFrame(frame);
  if (!seal) throw new ArchiveRejectedError("seal", "the file does not end in a seal");
  if (trusted && trusted.publicKey !== seal.publicKey)
    throw new ArchiveRejectedError("key", `sealed with key ${seal.keyId}, expected ${trusted.keyId}`);
  if (!isSignedSeal(seal, trusted))
    throw new ArchiveRejectedError("signature", "the seal's signature is not valid");
  return { seal, frame };
}

async function digestFile(file: FileHandle, contentBytes: number, frame: Buffer) {
  const digest = createHash("sha256");
  for await (const chunk of contentStream(file, contentBytes)) digest.update(chunk);
  const content = digest.copy().digest("hex");
  return { content, archive: digest.update(frame).digest("hex") };
}

function contentStream(file: FileHandle, contentBytes: number): Readable {
  return file.createReadStream({
    start: 0,
    end: contentBytes - 1,
    autoClose: false,
    highWaterMark: 256 * 1024,
  });
}

async function verifyCompressed(file: FileHandle, contentBytes: number, seal: Seal, limits: ArchiveLimits) {
  // 8 MiB of window at most, whatever the frame asks for.
  const decompress = createZstdDecompress({ params: { [constants.ZSTD_d_windowLogMax]: 23 } });
  // An error ends the tar stream below, where it is reported.
  pipeline(contentStream(file, contentBytes), decompress, () => {});
  try {
    return await verifyContents(new ByteReader(decompress), seal, limits);
  } catch (error) {
    if (error instanceof UnexpectedLengthError) throw new ArchiveRejectedError("layout", error.message);
    if ((error as NodeJS.ErrnoException).code?.startsWith("ZSTD_"))
      throw new ArchiveRejectedError("compression", "the compressed data is damaged");
    throw error;
  } finally {
    decompress.destroy();
  }
}

function verifyReceipt(
  given: unknown,
  archive: { seal: Seal; manifest: Manifest; archiveSha256: string; archiveBytes: number },
): void {
  const { seal, manifest } = archive;
  const parsed = Receipt.safeParse(given);
  if (!parsed.success) throw new ArchiveRejectedError("receipt", "this is not a receipt");
  if (!isSignedReceipt(parsed.data, seal))
    throw new ArchiveRejectedError("receipt", "the receipt is not signed with the key of the archive");
  const expected = {
    format: "worksample-receipt-1",
    submissionId: manifest.submissionId,
    attemptId: manifest.attemptId,
    assessment: manifest.assessment,
    startedAt: manifest.startedAt,
    frozenAt: manifest.frozenAt,
    sealedAt: manifest.sealedAt,
    reason: manifest.reason,
    fileCount: manifest.fileCount,
    totalBytes: manifest.totalBytes,
    omittedCount: manifest.omitted.length,
    archiveSha256: archive.archiveSha256,
    archiveBytes: archive.archiveBytes,
  };
  if (JSON.stringify(parsed.data.statement) !== JSON.stringify(expected))
    throw new ArchiveRejectedError("receipt", "the receipt is for another archive");
}
