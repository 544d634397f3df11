import { Readable } from "node:stream";
import { constants, createZstdDecompress } from "node:zlib";
import { type ReadTarEntry, readTar, TarFormatError } from "../../shared/archive/read-tar.ts";
import { assertTreeShape, TreeShapeError } from "../../shared/archive/tree-shape.ts";
import {
  blobEntryName,
  EXPORT_MANIFEST,
  MAX_EXPORT_MANIFEST_BYTES,
} from "../../shared/assessments/export-archive.ts";
import type { BlobBatch, BlobStore } from "../../shared/blobs/blob-store.ts";
import { ExportedAssessment } from "../../shared/contracts/assessment-transfer.ts";
import { DatasetManifest } from "../../shared/contracts/dataset.ts";
import { Tree } from "../../shared/contracts/tree.ts";
import { pathProblem } from "../../shared/domain/composer/inline-file-findings.ts";

/** The file is not an export, or is not whole. Each problem is a sentence for the person who uploaded it. */
export class ExportRefusedError extends Error {
  readonly problems: readonly string[];
  constructor(...problems: string[]) {
    super(problems[0] ?? "refused");
    this.name = "ExportRefusedError";
    this.problems = problems;
  }
}

export interface ReadExport {
  manifest: ExportedAssessment;
  /** By their id in the export. */
  datasetManifests: ReadonlyMap<string, DatasetManifest>;
}

const GIB = 1024 * 1024 * 1024;
const MAX_BYTES = 16 * GIB;
const MAX_BLOBS = 50_000;
const MAX_TREE_BYTES = 16 * 1024 * 1024;
/** More is never needed to read what we write, and a file that asks for more would make us hold it. */
const WINDOW_LOG = 24;

/**
 * Reads an export as a stream into a batch of blobs, which the caller commits. Nothing is believed: each entry must
 * be one that the manifest (or a tree that came before) asks for, of exactly that size, and hash to its name. No
 * path is ever written.
 * @param roomBytes what may be written at most
 * @throws ExportRefusedError
 */
export async function readExport(
  blobs: BlobStore,
  sha256: string,
  batch: BlobBatch,
  roomBytes: number,
): Promise<ReadExport> {
  const source = await blobs.open(sha256);
  const unpacked = createZstdDecompress({ params: { [constants.ZSTD_d_windowLogMax]: WINDOW_LOG } });
  source.once("error", (error) => unpacked.destroy(error));
  try {
    return await new ExportReader(batch, Math.min(roomBytes, MAX_BYTES)).read(readTar(source.pipe(unpacked)));
  } catch (error) {
    if (error instanceof TarFormatError)
      throw new ExportRefusedError(`The file cannot be read: ${error.message}.`);
    // The second is how Node calls a stream that ends too early.
    if (/^(ZSTD_|Z_BUF_ERROR)/.test((error as { code?: string }).code ?? ""))
      throw new ExportRefusedError("The file is not an export, or it is damaged.");
    throw error;
  } finally {
    source.destroy();
    unpacked.destroy();
  }
}

class ExportReader {
  readonly #batch: BlobBatch;
  readonly #mostBytes: number;
  /** Digest -> size; null where only the digest is known, as of trees. */
  readonly #expected = new Map<string, number | null>();
  readonly #found = new Set<string>();
  readonly #trees = new Set<string>();
  #bytes = 0;

  constructor(batch: BlobBatch, mostBytes: number) {
    this.#batch = batch;
    this.#mostBytes = mostBytes;
  }

  async read(entries: AsyncGenerator<ReadTarEntry>): Promise<ReadExport> {
    let manifest: ReadExport | undefined;
    for await (const entry of entries) {
      if (entry.type !== "file") throw new ExportRefusedError("The file holds something else than files.");
      if (manifest) await this.#readBlob(entry);
      else manifest = this.#expect(await readManifest(entry));
    }
    if (!manifest) throw new ExportRefusedError("The file is empty.");
    const missing = [...this.#expected.keys()].filter((digest) => !this.#found.has(digest)).length;
    if (missing > 0)
      throw new ExportRefusedError(`The file is not whole: ${missing} of its parts are missing.`);
    return manifest;
  }

  #expect(manifest: ExportedAssessment): ReadExport {
    const datasetManifests = new Map<string, DatasetManifest>();
    for (const digest of [manifest.starterTreeSha256, manifest.practiceTreeSha256])
      if (digest !== null) {
        this.#trees.add(digest);
        this.#need(digest, null);
      }
    for (const { id, title, manifest: json } of manifest.datasets) {
      const parsed = DatasetManifest.safeParse(json);
      if (!parsed.success)
        throw new ExportRefusedError(`The description of the dataset ${title} is damaged.`);
      requireManifestPaths(parsed.data);
      for (const file of parsed.data.files) this.#need(file.sha256, file.bytes);
      datasetManifests.set(id, parsed.data);
    }
    return { manifest, datasetManifests };
  }

  #need(digest: string, size: number | null): void {
    const known = this.#expected.get(digest);
    if (typeof known === "number" && size !== null && known !== size)
      throw new ExportRefusedError("The file contradicts itself: one part has two sizes.");
    if (typeof known !== "number") this.#bytes += size ?? 0;
    this.#expected.set(digest, size ?? known ?? null);
    if (this.#expected.size > MAX_BLOBS)
      throw new ExportRefusedError(`The file has more than ${MAX_BLOBS} parts.`);
    if (this.#bytes > this.#mostBytes)
      throw new ExportRefusedError(
        `Unpacked, the file needs more than ${(this.#mostBytes / GIB).toFixed(1)} GiB.`,
      );
  }

  async #readBlob(entry: ReadTarEntry): Promise<void> {
    const digest = /^blobs\/([0-9a-f]{64})$/.exec(entry.name.toString("latin1"))?.[1];
    const size = digest === undefined ? undefined : this.#expected.get(digest);
    if (digest === undefined || size === undefined || this.#found.has(digest))
      throw new ExportRefusedError("The file holds something that it does not need.");
    const limit = size ?? MAX_TREE_BYTES;
    if ((size !== null && entry.size !== size) || entry.size > limit)
      throw new ExportRefusedError(`A part of the file is not what it should be (${blobEntryName(digest)}).`);
    const bytes = this.#trees.has(digest) ? await readAll(entry) : null;
    const content = bytes ?? Readable.from(entry.content, { objectMode: false });
    const stored = await this.#batch.write(content);
    if (stored.sha256 !== digest)
      throw new ExportRefusedError(`A part of the file is not what it should be (${blobEntryName(digest)}).`);
    this.#found.add(digest);
    if (bytes) this.#expectFilesOf(bytes);
  }

  #expectFilesOf(json: Buffer): void {
    const tree = parseTree(json);
    for (const entry of tree.entries) {
      const problem = entry.type === "symlink" ? "it is a link." : pathProblem(entry.path);
      if (problem || "pathBase64" in entry)
        throw new ExportRefusedError(
          `A file of the workspace cannot be taken: ${problem ?? "its name is not UTF-8."}`,
        );
      if (entry.type === "file") this.#need(entry.sha256, entry.size);
    }
  }
}

async function readManifest(entry: ReadTarEntry): Promise<ExportedAssessment> {
  if (entry.name.toString("latin1") !== EXPORT_MANIFEST || entry.size > MAX_EXPORT_MANIFEST_BYTES)
    throw new ExportRefusedError("The file is not an export of an assessment.");
  const parsed = ExportedAssessment.safeParse(parseJson(await readAll(entry)));
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new ExportRefusedError(
    `The file is not an export that this version reads: ${path.join(".")}: ${message}.`,
  );
}

function requireManifestPaths({ files }: DatasetManifest): void {
  const paths = new Set<string>();
  for (const { path } of files) {
    if (pathProblem(path) || !path.includes("/") || paths.has(path))
      throw new ExportRefusedError("A dataset names a file where none can be.");
    paths.add(path);
  }
}

function parseTree(json: Buffer): Tree {
  try {
    const tree = Tree.parse(parseJson(json));
    assertTreeShape(tree);
    return tree;
  } catch (error) {
    if (error instanceof TreeShapeError || (error as Error).name === "ZodError")
      throw new ExportRefusedError("A list of workspace files is damaged.");
    throw error;
  }
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"), (name, part: unknown) => {
      if (isStorable(name) && (typeof part !== "string" || isStorable(part))) return part;
      throw new SyntaxError("text that no database holds");
    });
  } catch {
    throw new ExportRefusedError("The file is not an export of an assessment.");
  }
}

/** NUL and half of a surrogate pair are JSON, but not text that Postgres can hold. */
function isStorable(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}

async function readAll(entry: ReadTarEntry): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of entry.content) chunks.push(chunk);
  return Buffer.concat(chunks);
}
