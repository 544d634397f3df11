/** Steps for one made-up value, all tries together: about a tenth of a second. */
const STEPS = 400_000;

/**
 * How much work making up one value may still be. Documents come from outside, and one request must never hold up
 * everybody else's: an expression such as `(?:){1000000000}` repeats nothing for minutes. Counted, not timed, so that
 * the same question gets the same answer on every machine.
 */
export class GenerationBudget {
  #left = STEPS;

  get isSpent(): boolean {
    return this.#left <= 0;
  }

  spend(steps: number): void {
    this.#left -= steps;
  }
}
