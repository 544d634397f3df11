import { Readable } from "node:stream";
import { nameLatin1 } from "../../shared/archive/byte-names.ts";
import { DATE_OF_ALL_MS } from "../../shared/archive/fixed-date.ts";
import { addParents, inByteOrder, TreeClashError } from "../../shared/assessments/assemble-tree.ts";
import type { BlobBatch } from "../../shared/blobs/blob-store.ts";
import type { Tree, TreeEntry } from "../../shared/contracts/tree.ts";
import { pathProblem } from "../../shared/domain/composer/inline-file-findings.ts";

export interface StarterLimits {
  entries: number;
  fileBytes: number;
  totalBytes: number;
}

export const STARTER_LIMITS: StarterLimits = {
  entries: 5000,
  fileBytes: 64 * 1024 * 1024,
  totalBytes: 256 * 1024 * 1024,
};
const MAX_PROBLEMS = 20;
const MIB = 1024 * 1024;

/** The archive cannot be the files of a workspace. Each problem is a sentence for the person who uploaded it. */
export class StarterRefusedError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems[0] ?? "refused");
    this.name = "StarterRefusedError";
    this.problems = problems;
  }
}

/** One entry as an archive names it. */
export interface FoundEntry {
  /** Bytes of the name; must be UTF-8. */
  name: Buffer;
  type: "file" | "directory" | "symlink" | "hardlink" | "device" | "fifo" | "unknown" | "encrypted";
  executable: boolean;
  /** As announced; what really comes counts. */
  size: number;
}

const REFUSED_TYPES: Partial<Record<FoundEntry["type"], string>> = {
  symlink: "is a symbolic link; put the file itself there.",
  hardlink: "is a hard link; put the file itself there.",
  device: "is a device.",
  fifo: "is a pipe.",
  unknown: "is of a kind that no workspace has.",
  encrypted: "is encrypted; make the archive without a password.",
};

/**
 * Turns entries of a hostile archive into a tree. Nothing is ever written by path: contents become blobs, and paths
 * only names in the tree. Modes are 755 or 644, dates are fixed, names are checked.
 */
export class StarterCollector {
  readonly #batch: BlobBatch;
  readonly #limits: StarterLimits;
  readonly #entries = new Map<string, TreeEntry>();
  readonly #problems: string[] = [];
  #count = 0;
  #bytes = 0;

  constructor(batch: BlobBatch, limits: StarterLimits = STARTER_LIMITS) {
    this.#batch = batch;
    this.#limits = limits;
  }

  /** @throws StarterRefusedError as soon as a limit is passed; other problems are collected. */
  async add(
    found: FoundEntry,
    content: () => AsyncIterable<Buffer> | Promise<AsyncIterable<Buffer>>,
  ): Promise<void> {
    if (++this.#count > this.#limits.entries)
      this.#refuse(`The archive has more than ${this.#limits.entries} entries.`);
    const path = this.#accept(found);
    if (path === null) return;
    try {
      addParents(this.#entries, path);
      const key = nameLatin1({ path });
      const there = this.#entries.get(key);
      if (found.type === "directory") {
        if (!there) this.#entries.set(key, { type: "directory", path, mode: 0o755, mtimeMs: DATE_OF_ALL_MS });
        else if (there.type !== "directory") this.#note(`${path} is a file and a folder.`);
      } else if (there) this.#note(`${path} is in the archive twice.`);
      else this.#entries.set(key, await this.#store(path, found, await content()));
    } catch (error) {
      if (!(error instanceof TreeClashError)) throw error;
      this.#note(`${path} lies below a file.`);
    }
  }

  /** @throws StarterRefusedError when anything was wrong */
  finish(): Tree {
    if (this.#problems.length === 0 && this.#entries.size === 0) this.#note("The archive is empty.");
    if (this.#problems.length > 0) throw new StarterRefusedError(this.#problems);
    return { format: "worksample-tree-1", entries: inByteOrder(this.#entries), omitted: [] };
  }

  /** The path of an entry that can be taken; null when it is left out or refused. */
  #accept(found: FoundEntry): string | null {
    const path = found.name
      .toString("utf8")
      .replace(/^(\.\/)+/, "")
      .replace(/\/+$/, "");
    if (found.type === "directory" && (path === "" || path === ".")) return null;
    // What macOS adds to each zip.
    if (path.startsWith("__MACOSX/") || path === "__MACOSX" || /(^|\/)\.DS_Store$/.test(path)) return null;
    const refused = REFUSED_TYPES[found.type];
    const problem = Buffer.from(path).equals(withoutSlashes(found.name))
      ? pathProblem(path)
      : "the name is not UTF-8.";
    if (problem) this.#note(`"${shown(path)}": ${problem}`);
    else if (refused) this.#note(`${shown(path)} ${refused}`);
    else if (found.size > this.#limits.fileBytes) this.#note(this.#tooLarge(path));
    else return path;
    return null;
  }

  async #store(path: string, { executable }: FoundEntry, content: AsyncIterable<Buffer>): Promise<TreeEntry> {
    const { sha256, bytes } = await this.#batch.write(
      Readable.from(this.#bounded(path, content), { objectMode: false }),
    );
    return {
      type: "file",
      path,
      mode: executable ? 0o755 : 0o644,
      mtimeMs: DATE_OF_ALL_MS,
      size: bytes,
      sha256,
    };
  }

  async *#bounded(path: string, content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let bytes = 0;
    for await (const chunk of content) {
      bytes += chunk.length;
      this.#bytes += chunk.length;
      if (bytes > this.#limits.fileBytes) this.#refuse(this.#tooLarge(path));
      if (this.#bytes > this.#limits.totalBytes)
        this.#refuse(`Unpacked, the archive has more than ${this.#limits.totalBytes / MIB} MiB.`);
      yield chunk;
    }
  }

  #tooLarge(path: string): string {
    return `${shown(path)} is larger than ${this.#limits.fileBytes / MIB} MiB.`;
  }

  #note(problem: string): void {
    if (this.#problems.length < MAX_PROBLEMS) this.#problems.push(problem);
  }

  #refuse(problem: string): never {
    throw new StarterRefusedError([...this.#problems, problem]);
  }
}

function withoutSlashes(name: Buffer): Buffer {
  return Buffer.from(
    name
      .toString("latin1")
      .replace(/^(\.\/)+/, "")
      .replace(/\/+$/, ""),
    "latin1",
  );
}

/** A path for people: no control characters, not endless. */
function shown(path: string): string {
  return path.replace(/\p{Cc}/gu, "\u{fffd}").slice(0, 200);
}
