import { createHash } from "node:crypto";

/** Numbers of the vector that one word moves. */
const NUMBERS_OF_WORD = 8;

/**
 * A vector of length 1, the same for the same text: its words are hashed to places and signs (feature hashing), so that
 * texts with words in common are near to each other, which is all the meaning there is.
 */
export function embedText(text: string, dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions);
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [text];
  for (const word of words) {
    const hash = createHash("sha256").update(word).digest();
    for (let number = 0; number < NUMBERS_OF_WORD; number++) {
      const drawn = hash.readUInt32BE(number * 4);
      vector[(drawn >>> 1) % dimensions]! += drawn & 1 ? 1 : -1;
    }
  }
  const length = Math.hypot(...vector);
  // Words may cancel each other out where dimensions are few.
  if (length === 0) vector[0] = 1;
  return length === 0 ? vector : vector.map((number) => number / length);
}
