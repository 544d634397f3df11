import type { Amounts, Balance } from "./ledger.ts";

const NOTHING: Amounts = { nanoUsd: 0, tokens: 0 };

/**
 * What of a line's budget is free for sure, as this process knows from what its reservations came back with. Nobody else
 * reserves from the budget of an attempt, and what others write (settlements, larger limits) only adds to what is free:
 * a reservation that fits in here will be made. So its call need not wait for it.
 */
export class SureBudget {
  /** Counts reservations, in the order in which the database made them. */
  #seen = -1;
  #free = NOTHING;
  /** Reservations that were asked for and have not come back. */
  readonly #asked: Amounts = { nanoUsd: 0, tokens: 0 };

  /** A reservation is asked for. @returns whether there is room for it whatever those before it come to */
  ask({ nanoUsd, tokens }: Amounts): boolean {
    this.#asked.nanoUsd += nanoUsd;
    this.#asked.tokens += tokens;
    return this.#asked.nanoUsd <= this.#free.nanoUsd && this.#asked.tokens <= this.#free.tokens;
  }

  /** It has come back. @param balance as it was then; null when nothing was reserved */
  answered({ nanoUsd, tokens }: Amounts, balance: Balance | null): void {
    this.#asked.nanoUsd -= nanoUsd;
    this.#asked.tokens -= tokens;
    if (balance === null) this.#free = NOTHING;
    // Answers may come in another order than that in which they were made; the latest knows of all before it.
    if (balance === null || balance.requests < this.#seen) return;
    this.#seen = balance.requests;
    this.#free = freeOf(balance);
  }
}

function freeOf({ limit, spent, reserved }: Balance): Amounts {
  return {
    nanoUsd: limit.nanoUsd - spent.nanoUsd - reserved.nanoUsd,
    tokens: limit.tokens === null ? Number.POSITIVE_INFINITY : limit.tokens - spent.tokens - reserved.tokens,
  };
}
