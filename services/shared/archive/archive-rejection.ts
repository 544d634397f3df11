/** What an archive can fail. */
export type ArchiveCheck =
  | "size"
  | "seal"
  | "key"
  | "signature"
  | "content"
  | "compression"
  | "layout"
  | "manifest"
  | "timeline"
  | "notes"
  | "file"
  | "receipt";

export class ArchiveRejectedError extends Error {
  readonly check: ArchiveCheck;
  constructor(check: ArchiveCheck, message: string) {
    super(message);
    this.name = "ArchiveRejectedError";
    this.check = check;
  }
}

export interface ArchiveLimits {
  maxArchiveBytes: number;
  maxManifestBytes: number;
  /** Of everything after decompression. */
  maxContentBytes: number;
  maxEntries: number;
}

const GIB = 1024 ** 3;

/**
 * Well above what the platform makes. There is no limit on the ratio: a sparse file legitimately compresses as well
 * as zstd can (1:32,768), and nothing is read past the sizes that the manifest announces and these limits allow.
 */
export const DEFAULT_LIMITS: ArchiveLimits = {
  maxArchiveBytes: 64 * GIB,
  maxManifestBytes: GIB / 4,
  maxContentBytes: 64 * GIB,
  maxEntries: 1_000_000,
};
