import type { Amounts, Balance, Reservation } from "./ledger.ts";

/** A reservation on its way. */
export interface Reserving {
  /** It will be made, as long as the attempt runs and the database answers. */
  isSure: boolean;
  reservation: Promise<Reservation>;
}

/**
 * What of a line's budget is free for sure, as this process knows from what its reservations came back with. Nobody else
 * reserves from the budget of an attempt, and settlements only add to what is free: a reservation that fits beside all
 * that are on their way will be made, so its call need not wait for it. One that does not surely fit is held back until
 * those that do have come back; it might take their room. Where a reviewer lowers the limit of a run meanwhile, the
 * reservation is refused all the same, and what was asked is broken off.
 */
export class SureBudget {
  /** Counts reservations, in the order in which the database made them. */
  #seen = -1;
  #free = NOTHING;
  /** Reservations that were asked for and have not come back. */
  readonly #asked: Amounts = { ...NOTHING };
  readonly #sure = new Set<Promise<unknown>>();

  /** @param make asks the database */
  reserve(amounts: Amounts, make: () => Promise<Reservation>): Reserving {
    if (!this.#fits(amounts)) return { isSure: false, reservation: this.#reserveAlone(amounts, make) };
    const reservation = this.#reserveNow(amounts, make);
    const ended = reservation.catch(() => {}).finally(() => this.#sure.delete(ended));
    this.#sure.add(ended);
    return { isSure: true, reservation };
  }

  #fits({ nanoUsd, tokens }: Amounts): boolean {
    return (
      this.#asked.nanoUsd + nanoUsd <= this.#free.nanoUsd && this.#asked.tokens + tokens <= this.#free.tokens
    );
  }

  async #reserveAlone(amounts: Amounts, make: () => Promise<Reservation>): Promise<Reservation> {
    while (this.#sure.size > 0) await Promise.all(this.#sure);
    return this.#reserveNow(amounts, make);
  }

  async #reserveNow(amounts: Amounts, make: () => Promise<Reservation>): Promise<Reservation> {
    this.#ask(amounts, 1);
    let balance: Balance | null = null;
    try {
      const reservation = await make();
      if (reservation.state === "reserved") balance = reservation.balance;
      return reservation;
    } finally {
      this.#ask(amounts, -1);
      this.#learn(balance);
    }
  }

  #ask({ nanoUsd, tokens }: Amounts, sign: 1 | -1): void {
    this.#asked.nanoUsd += sign * nanoUsd;
    this.#asked.tokens += sign * tokens;
  }

  /** @param balance as it was when a reservation was made; null when none was, and nothing is sure */
  #learn(balance: Balance | null): void {
    if (balance === null) this.#free = NOTHING;
    // Answers may come in another order than that in which they were made; the latest knows of all before it.
    if (balance === null || balance.requests < this.#seen) return;
    this.#seen = balance.requests;
    this.#free = freeOf(balance);
  }
}

const NOTHING: Amounts = { nanoUsd: 0, tokens: 0 };

function freeOf({ limit, spent, reserved }: Balance): Amounts {
  return {
    nanoUsd: limit.nanoUsd - spent.nanoUsd - reserved.nanoUsd,
    tokens: limit.tokens === null ? Number.POSITIVE_INFINITY : limit.tokens - spent.tokens - reserved.tokens,
  };
}
