import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import type { SecretBox } from "../domain/secret-box.ts";

const PURPOSE = "model-call";
/** More than any body that is kept: what opens to more was not sealed here. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

/**
 * One body of a model call as the database keeps it: zstd, then sealed to its call. Whoever reads the database alone
 * reads no prompt.
 */
export function sealBody(box: SecretBox, callId: string, text: string): Buffer {
  return box.seal(PURPOSE, callId, zstdCompressSync(text));
}

/** The body as it was sealed; null when it is another call's, was changed, or the secret is another one. */
export function openBody(box: SecretBox, callId: string, sealed: Uint8Array): string | null {
  const compressed = box.open(PURPOSE, callId, sealed);
  if (compressed === null) return null;
  return zstdDecompressSync(compressed, { maxOutputLength: MAX_BODY_BYTES }).toString();
}
