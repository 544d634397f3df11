/** Checking one value took more work than any honest value of the schema needs. */
export class WorkExhaustedError extends Error {}

/**
 * How much work one check may still do, in visited keywords. A document can make validators that visit the same
 * small value exponentially often, so what is compiled from documents counts what it does.
 */
export class WorkBudget {
  #left = 0;

  refill(amount: number): void {
    this.#left = amount;
  }

  /** @throws WorkExhaustedError */
  spend(amount: number): void {
    this.#left -= amount;
    if (this.#left < 0) throw new WorkExhaustedError("the value takes too much work to check");
  }
}
