import type { Readable } from "node:stream";

/** Content-addressed storage: a blob's key is the SHA-256 of its bytes. Writing the same bytes twice is free. */
export interface BlobStore {
  has(sha256: string): Promise<boolean>;
  /** @returns the digest and the size in bytes. The blob survives a power cut once this resolves. */
  write(source: Readable | Uint8Array): Promise<{ sha256: string; bytes: number }>;
  /** Many writes that become visible and durable together; far cheaper than one by one. */
  batch(): BlobBatch;
  /** @throws BlobMissingError */
  open(sha256: string): Promise<Readable>;
  /** The whole blob, for small ones. @throws BlobMissingError, or RangeError above `maxBytes`. */
  read(sha256: string, maxBytes?: number): Promise<Buffer>;
  /** The first `bytes` of it, or all when it is shorter. @throws BlobMissingError */
  readHead(sha256: string, bytes: number): Promise<Buffer>;
  size(sha256: string): Promise<number>;
  /** Removes what writers that died left behind, when older than `ageMs`. @returns how many. */
  removeAbandoned(ageMs: number): Promise<number>;
}

/** Blobs of a batch can be read only after `commit`. A batch ends with either `commit` or `discard`. */
export interface BlobBatch {
  write(source: Readable | Uint8Array): Promise<{ sha256: string; bytes: number }>;
  /** Once this resolves, every blob of the batch is in the store and survives a power cut. */
  commit(): Promise<void>;
  /** Forgets what is not committed; harmless after `commit`. */
  discard(): Promise<void>;
}

export class BlobMissingError extends Error {
  readonly sha256: string;
  constructor(sha256: string) {
    super(`blob ${sha256} is missing from the store`);
    this.name = "BlobMissingError";
    this.sha256 = sha256;
  }
}
