/**
 * Finds which of many markers stand in a text that comes in pieces. The text is cut into runs of letters and digits,
 * and only where the longest run of a marker stands is the whole marker compared; so the number of markers hardly
 * matters.
 */
export class MarkerSearch {
  readonly #byAnchor = new Map<string, string[]>();
  readonly #found = new Set<string>();
  readonly #longest: number;
  /** The end of the text so far: a marker may stand across two pieces. */
  #rest = "";

  constructor(markers: Iterable<string>) {
    let longest = 0;
    for (const marker of markers) {
      const anchor = (marker.match(RUN) ?? [""]).reduce(
        (best, run) => (run.length > best.length ? run : best),
        "",
      );
      if (anchor === "") continue;
      this.#byAnchor.set(anchor, [...(this.#byAnchor.get(anchor) ?? []), marker]);
      longest = Math.max(longest, marker.length);
    }
    this.#longest = longest;
  }

  add(piece: string): void {
    const text = this.#rest + piece;
    for (const { 0: run, index } of text.matchAll(RUN)) this.#compare(text, run, index);
    // A run that the cut goes through is seen whole with the next piece.
    this.#rest = text.slice(-2 * this.#longest);
  }

  get found(): ReadonlySet<string> {
    return this.#found;
  }

  #compare(text: string, run: string, index: number): void {
    for (const marker of this.#byAnchor.get(run) ?? []) {
      const start = index - marker.indexOf(run);
      if (start >= 0 && text.startsWith(marker, start)) this.#found.add(marker);
    }
  }
}

const RUN = /[\p{L}\p{N}]+/gu;
