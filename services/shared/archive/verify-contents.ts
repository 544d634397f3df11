import { createHash } from "node:crypto";
import type { Tree, TreeEntry } from "../contracts/tree.ts";
import { type ArchiveCheck, type ArchiveLimits, ArchiveRejectedError } from "./archive-rejection.ts";
import type { ByteReader } from "./byte-reader.ts";
import { ARCHIVE_NAMES, countFiles, Manifest, manifestJson } from "./manifest.ts";
import type { Seal } from "./seal.ts";
import { BLOCK, END_OF_TAR, paddingOf } from "./tar-format.ts";
import { measureChunks, treeSha256 } from "./tree-json.ts";
import { assertTreeShape } from "./tree-shape.ts";
import { entryHeader } from "./tree-tar.ts";
import { archiveFileHeader, workspaceHeader } from "./write-archive.ts";

/**
 * Checks the tar of an archive against its manifest. The tar is not parsed: the manifest says which bytes each
 * header must have, they are made again and compared. So every path, size, mode, date and symlink target is what
 * the manifest says, nothing is missing, nothing is extra, and there are no spare bytes to hide anything in.
 * @throws ArchiveRejectedError, or UnexpectedLengthError of the reader
 */
export async function verifyContents(tar: ByteReader, seal: Seal, limits: ArchiveLimits): Promise<Manifest> {
  const manifest = await readManifest(tar, seal, limits);
  const mtimeMs = Date.parse(manifest.frozenAt);
  for (const name of ["timeline", "notes"] as const) {
    const attachment = manifest[name];
    await expectBytes(
      tar,
      archiveFileHeader(ARCHIVE_NAMES[name], attachment.bytes, mtimeMs),
      ARCHIVE_NAMES[name],
    );
    await expectContent(tar, attachment, name, ARCHIVE_NAMES[name]);
  }
  await expectBytes(tar, workspaceHeader(mtimeMs), ARCHIVE_NAMES.workspace);
  for (const entry of manifest.entries) await expectEntry(tar, entry);
  await expectBytes(tar, END_OF_TAR, "the end");
  await tar.end();
  return manifest;
}

async function readManifest(tar: ByteReader, seal: Seal, limits: ArchiveLimits): Promise<Manifest> {
  const header = await tar.read(BLOCK);
  const size = Number.parseInt(header.toString("latin1", 124, 135), 8);
  if (!(size <= limits.maxManifestBytes)) throw new ArchiveRejectedError("manifest", "it has no usable size");
  const bytes = await tar.read(size);
  if (createHash("sha256").update(bytes).digest("hex") !== seal.manifestSha256)
    throw new ArchiveRejectedError("manifest", "the manifest is not the one that was sealed");
  const manifest = await parseManifest(bytes, limits);
  if (manifest.submissionId !== seal.submissionId || manifest.attemptId !== seal.attemptId)
    throw new ArchiveRejectedError("manifest", "manifest and seal name different submissions");
  const mtimeMs = Date.parse(manifest.frozenAt);
  if (!header.equals(archiveFileHeader(ARCHIVE_NAMES.manifest, size, mtimeMs)))
    throw new ArchiveRejectedError("layout", "the manifest's tar header is not as it must be");
  await expectBytes(tar, paddingOf(size), ARCHIVE_NAMES.manifest);
  return manifest;
}

async function parseManifest(bytes: Buffer, limits: ArchiveLimits): Promise<Manifest> {
  const manifest = orReject("it cannot be read", () => Manifest.parse(JSON.parse(bytes.toString("utf8"))));
  const { entries, omitted, ...head } = manifest;
  const tree: Tree = { format: "worksample-tree-1", entries, omitted };
  if (entries.length + omitted.length > limits.maxEntries)
    throw new ArchiveRejectedError("manifest", "it has too many entries");
  orReject("it lists an impossible workspace", () => assertTreeShape(tree));
  const { fileCount, totalBytes } = countFiles(tree);
  if (totalBytes + head.timeline.bytes + head.notes.bytes > limits.maxContentBytes)
    throw new ArchiveRejectedError("manifest", "it announces more than is read");
  const again = await measureChunks(manifestJson(head, tree));
  if (again.sha256 !== createHash("sha256").update(bytes).digest("hex"))
    throw new ArchiveRejectedError("manifest", "it is not in its canonical form");
  if (
    fileCount !== head.fileCount ||
    totalBytes !== head.totalBytes ||
    (await treeSha256(tree)) !== head.treeSha256
  )
    throw new ArchiveRejectedError("manifest", "its totals are not those of its entries");
  return manifest;
}

async function expectEntry(tar: ByteReader, entry: TreeEntry): Promise<void> {
  const path = `${ARCHIVE_NAMES.workspace}/${entry.path}`;
  await expectBytes(tar, entryHeader(entry, `${ARCHIVE_NAMES.workspace}/`), path);
  if (entry.type === "file")
    await expectContent(tar, { bytes: entry.size, sha256: entry.sha256 }, "file", path);
}

async function expectContent(
  tar: ByteReader,
  expected: { bytes: number; sha256: string },
  check: ArchiveCheck,
  path: string,
): Promise<void> {
  const digest = createHash("sha256");
  for await (const chunk of tar.chunks(expected.bytes)) digest.update(chunk);
  if (digest.digest("hex") !== expected.sha256)
    throw new ArchiveRejectedError(check, `${path} is not what the manifest says`);
  await expectBytes(tar, paddingOf(expected.bytes), path);
}

async function expectBytes(tar: ByteReader, expected: Buffer, path: string): Promise<void> {
  if (!(await tar.read(expected.length)).equals(expected))
    throw new ArchiveRejectedError(
      "layout",
      `at ${path} the archive holds something else than its manifest says`,
    );
}

function orReject<Result>(message: string, action: () => Result): Result {
  try {
    return action();
  } catch {
    throw new ArchiveRejectedError("manifest", message);
  }
}
