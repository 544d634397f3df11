/** Of the time a save takes, how much of it the next one may wait for company. */
const PATIENCE = 0.5;
const MAX_PATIENCE_MS = 5;

/**
 * When the next group of writes is complete. Programs that write several records at once go on as soon as they are
 * answered: waiting a moment for them saves all together, where they would otherwise come in two halves that wait for
 * each other. A program that writes one record after the other is never waited for.
 */
export class WriteGathering {
  readonly #most: number;
  #size = 0;
  #untilMs = 0;
  #complete = () => {};

  /** @param most writes of one group */
  constructor(most: number) {
    this.#most = most;
  }

  /** @param answered writes of the group that was just saved @param waiting writes that came meanwhile */
  saved(answered: number, waiting: number, saveMs: number): void {
    this.#size = Math.min(this.#most, answered + waiting);
    this.#untilMs = performance.now() + Math.min(MAX_PATIENCE_MS, saveMs * PATIENCE);
  }

  /** Another write has come. */
  arrived(waiting: number): void {
    if (waiting >= this.#size) this.#complete();
  }

  /** Settles when those who may write again have, or have had their time. */
  async complete(waiting: number): Promise<void> {
    const leftMs = this.#untilMs - performance.now();
    if (waiting >= this.#size || leftMs <= 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, leftMs);
      this.#complete = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
