import type { BigIntStats } from "node:fs";
import type { OmissionReason } from "../../shared/contracts/tree.ts";

/**
 * A volume limits what a workspace takes up, not how large it looks: sparse files and hard links let a few blocks
 * look like terabytes, which would all have to be read, stored and unpacked. So what files have beyond the blocks
 * they use may, together, be as large as the volume and no larger.
 */
export class UnbackedBytes {
  readonly #volumeBytes: number;
  #total = 0;

  constructor(volumeBytes: number) {
    this.#volumeBytes = volumeBytes;
  }

  /** Why a file is not kept. @param isFurtherName whether it is kept under another name already */
  refusalOf(stats: BigIntStats, isFurtherName: boolean): OmissionReason | undefined {
    const size = Number(stats.size);
    if (size > this.#volumeBytes) return "larger_than_workspace";
    if (unbackedSize(stats, isFurtherName) + this.#total <= this.#volumeBytes) return undefined;
    return isFurtherName ? "hard_link_total_too_large" : "sparse_total_too_large";
  }

  add(stats: BigIntStats, isFurtherName: boolean): void {
    this.#total += unbackedSize(stats, isFurtherName);
  }
}

function unbackedSize(stats: BigIntStats, isFurtherName: boolean): number {
  const isSparse = stats.blocks * 512n < stats.size / 2n;
  return isSparse || isFurtherName ? Number(stats.size) : 0;
}
