import { setImmediate as nextTurn } from "node:timers/promises";

/** Lets everything else run after each `ms` of synchronous work. */
export class TimeSlice {
  readonly #ms: number;
  #end: number;

  constructor(ms = 8) {
    this.#ms = ms;
    this.#end = performance.now() + ms;
  }

  get isSpent(): boolean {
    return performance.now() >= this.#end;
  }

  async rest(): Promise<void> {
    await nextTurn();
    this.#end = performance.now() + this.#ms;
  }
}
