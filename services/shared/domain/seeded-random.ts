import { createHash } from "node:crypto";

/**
 * Numbers that look random and follow from a seed alone: SHA-256 in counter mode. Nobody who does not know the seed
 * can tell the next one from those before.
 */
export class SeededRandom {
  readonly #seed: string;
  #counter = 0;
  #block = Buffer.alloc(0);
  #used = 0;

  constructor(seed: string) {
    this.#seed = seed;
  }

  /** A whole number from 0 to `limit` - 1, each equally likely. @param limit from 1 to 2 ** 48 */
  below(limit: number): number {
    // What is beyond the last whole multiple would make small numbers likelier.
    const end = 2 ** 48 - (2 ** 48 % limit);
    for (;;) {
      const drawn = this.#next6Bytes();
      if (drawn < end) return drawn % limit;
    }
  }

  /** One of the characters. */
  pick(characters: string): string {
    return characters[this.below(characters.length)]!;
  }

  #next6Bytes(): number {
    if (this.#used + 6 > this.#block.length) {
      this.#block = createHash("sha256")
        .update(`${this.#seed}:${this.#counter++}`)
        .digest();
      this.#used = 0;
    }
    const value = this.#block.readUIntBE(this.#used, 6);
    this.#used += 6;
    return value;
  }
}
