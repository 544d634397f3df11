import { setTimeout as sleep } from "node:timers/promises";
import { isRefusal } from "../../../shared/db/refusal.ts";
import type { Log } from "../../../shared/observability/log.ts";
import type { AttemptContext } from "../../egress/service.ts";
import type { Ledger } from "./ledger.ts";
import { type EndedCall, MAX_SETTLED_AT_ONCE } from "./settle-calls.ts";

/** How long a call that has ended waits for others, which are written down with it. */
const GATHER_MS = 25;
const RETRY_DELAYS_MS = [200, 1000, 5000];

export interface SettlementsParts {
  ledger: Pick<Ledger, "settle">;
  attempt: Pick<AttemptContext, "attemptId" | "epoch">;
  log: Log;
  /** Told of each call that is written down. */
  onSettled(callId: string): void;
}

/**
 * Writes down how calls of one attempt ended, several at once: nobody waits for it, and each time costs the calls under
 * way a little of theirs.
 */
export class Settlements {
  readonly #parts: SettlementsParts;
  #waiting: EndedCall[] = [];
  #timer: NodeJS.Timeout | undefined;
  readonly #writing = new Set<Promise<void>>();

  constructor(parts: SettlementsParts) {
    this.#parts = parts;
  }

  add(ended: EndedCall): void {
    this.#waiting.push(ended);
    if (this.#waiting.length >= MAX_SETTLED_AT_ONCE) this.#writeWaiting();
    else this.#timer ??= setTimeout(() => this.#writeWaiting(), GATHER_MS);
  }

  /** Whether anything that ended is not written down yet. */
  get pending(): boolean {
    return this.#waiting.length + this.#writing.size > 0;
  }

  /** Settles when all that ended so far is written down, or could not be. */
  async flush(): Promise<void> {
    this.#writeWaiting();
    await Promise.all(this.#writing);
  }

  #writeWaiting(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batch = this.#waiting;
    this.#waiting = [];
    if (batch.length === 0) return;
    const writing = this.#write(batch).finally(() => this.#writing.delete(writing));
    this.#writing.add(writing);
  }

  /** Never rejects. */
  async #write(batch: readonly EndedCall[]): Promise<void> {
    try {
      await this.#writeSurely(batch);
      for (const { call } of batch) this.#parts.onSettled(call.id);
    } catch (error) {
      // One that the database refuses must not keep the others from being settled.
      if (batch.length > 1) await Promise.all(batch.map((one) => this.#write([one])));
      else this.#parts.log.warn({ err: error }, "a call of a model could not be written down");
    }
  }

  async #writeSurely(batch: readonly EndedCall[]): Promise<void> {
    const { ledger, attempt } = this.#parts;
    for (const delayMs of [...RETRY_DELAYS_MS, null]) {
      try {
        return await ledger.settle(attempt, batch);
      } catch (error) {
        if (delayMs === null || isRefusal(error)) throw error;
        await sleep(delayMs, undefined, { ref: false });
      }
    }
  }
}
