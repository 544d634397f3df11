/** A stream of numbers that the seed decides: the same on every machine and at every time. Not for secrets. */
export class SeededRandom {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  constructor(seed: string) {
    // FNV-1a, four times over, fills the state; sfc32 goes on from there.
    [this.#a, this.#b, this.#c, this.#d] = [hash(seed, 1), hash(seed, 2), hash(seed, 3), hash(seed, 4)];
    for (let round = 0; round < 12; round++) this.next();
  }

  /** At least 0, less than 1. */
  next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  }

  /** A whole number, both ends included. */
  int(least: number, most: number): number {
    return least + Math.floor(this.next() * (Math.max(least, most) - least + 1));
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)]!;
  }
}

function hash(text: string, salt: number): number {
  let value = 2_166_136_261 ^ salt;
  for (let index = 0; index < text.length; index++)
    value = Math.imul(value ^ text.charCodeAt(index), 16_777_619);
  return value >>> 0;
}
