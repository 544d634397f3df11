import type { BigIntStats } from "node:fs";
import type { Tree } from "../../shared/contracts/tree.ts";

interface KnownFile {
  ctimeNs: bigint;
  mtimeNs: bigint;
  size: bigint;
  sha256: string;
}

/** Changes younger than this may share their timestamp with one that is still to come. */
const SETTLED_NS = 2_000_000_000n;

/**
 * What one capture tells the next, so that files that did not change are not read again. A change shows in ctime,
 * which nothing inside a sandbox can set. The exception is a file written through a shared memory mapping: its
 * ctime may stay as it was for a while. So a snapshot may use a cache; what is sealed must be captured without.
 */
export class CaptureCache {
  readonly #files = new Map<bigint, KnownFile>();
  readonly #settledBefore: bigint;
  /** Set when the capture is done. */
  tree: Tree | undefined;

  constructor(now: number = Date.now()) {
    this.#settledBefore = BigInt(now) * 1_000_000n - SETTLED_NS;
  }

  /** Digest of the content that a file with these facts had. */
  digestOf(stats: BigIntStats): string | undefined {
    const known = this.#files.get(stats.ino);
    if (known?.ctimeNs !== stats.ctimeNs || known.mtimeNs !== stats.mtimeNs || known.size !== stats.size)
      return undefined;
    return known.sha256;
  }

  /** @param stats of before the file was read */
  remember(stats: BigIntStats, sha256: string): void {
    if (stats.ctimeNs >= this.#settledBefore) return;
    const { ino, ctimeNs, mtimeNs, size } = stats;
    this.#files.set(ino, { ctimeNs, mtimeNs, size, sha256 });
  }
}
