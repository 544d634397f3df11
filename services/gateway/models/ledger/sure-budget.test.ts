import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Balance, Reservation } from "./ledger.ts";
import { SureBudget } from "./sure-budget.ts";

/** A budget as the database keeps it: reservations are made in any order, and come back in any order. */
class FakeBudget {
  readonly limit: number;
  reserved = 0;
  requests = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  make(amount: number): Reservation {
    const fits = this.reserved + amount <= this.limit;
    if (fits) {
      this.reserved += amount;
      this.requests += 1;
    }
    const balance: Balance = {
      limit: { nanoUsd: this.limit, tokens: null },
      spent: { nanoUsd: 0, tokens: 0 },
      reserved: { nanoUsd: this.reserved, tokens: 0 },
      requests: this.requests,
    };
    return { state: fits ? "reserved" : "exceeded", balance };
  }

  /** What a call did not cost. */
  giveBack(amount: number): void {
    this.reserved -= amount;
  }
}

const nano = (nanoUsd: number) => ({ nanoUsd, tokens: 1 });

describe("what is free for sure", () => {
  test("is nothing until a reservation has come back, and less by each that is on its way", async () => {
    const [budget, sure] = [new FakeBudget(100), new SureBudget()];
    const first = sure.reserve(nano(10), async () => budget.make(10));
    expect(first.isSure).toBe(false);
    await first.reservation;
    const held = Promise.withResolvers<void>();
    const reserve = (amount: number) =>
      sure.reserve(nano(amount), () => held.promise.then(() => budget.make(amount)));
    const [second, third, fourth] = [reserve(60), reserve(30), reserve(1)];
    expect([second.isSure, third.isSure, fourth.isSure]).toEqual([true, true, false]);
    held.resolve();
    expect(await Promise.all([second.reservation, third.reservation, fourth.reservation])).toMatchObject([
      { state: "reserved" },
      { state: "reserved" },
      { state: "exceeded" },
    ]);
  });

  test("is kept free of those that may not fit until the others are back", async () => {
    const [budget, sure] = [new FakeBudget(100), new SureBudget()];
    await sure.reserve(nano(10), async () => budget.make(10)).reservation;
    const held = Promise.withResolvers<void>();
    const slow = sure.reserve(nano(60), () => held.promise.then(() => budget.make(60)));
    const large = sure.reserve(nano(50), async () => budget.make(50));
    await new Promise((resolve) => setImmediate(resolve));
    expect(budget.reserved, "the large one would have taken the room").toBe(10);
    held.resolve();
    expect((await slow.reservation).state).toBe("reserved");
    expect((await large.reservation).state).toBe("exceeded");
  });

  test("is nothing after one that was not made, or nobody knows of", async () => {
    for (const fail of [
      async () => ({ state: "closed" }) as const,
      () => Promise.reject(new Error("away")),
    ]) {
      const [budget, sure] = [new FakeBudget(100), new SureBudget()];
      await sure.reserve(nano(10), async () => budget.make(10)).reservation;
      const failing = sure.reserve(nano(10), fail);
      expect(failing.isSure).toBe(true);
      await failing.reservation.catch(() => {});
      expect(sure.reserve(nano(10), async () => budget.make(10)).isSure).toBe(false);
    }
  });

  test("holds in whatever order reservations are made, come back, and are given back", async () => {
    let sureOnes = 0;
    const amounts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 5, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), amounts, async (scheduler, wanted) => {
        const [budget, sure] = [new FakeBudget(200), new SureBudget()];
        const calls = wanted.map((amount, number) =>
          scheduler.schedule(Promise.resolve(), `call ${number}`).then(async () => {
            const { isSure, reservation } = sure.reserve(nano(amount), async () => {
              await scheduler.schedule(Promise.resolve(), `make ${number}`);
              const made = budget.make(amount);
              await scheduler.schedule(Promise.resolve(), `return ${number}`);
              return made;
            });
            const { state } = await reservation;
            if (isSure) sureOnes += 1;
            if (isSure) expect(state).toBe("reserved");
            await scheduler.schedule(Promise.resolve(), `end ${number}`);
            if (state === "reserved") budget.giveBack(Math.floor(amount / 2));
          }),
        );
        await scheduler.waitFor(Promise.all(calls));
      }),
    );
    expect(sureOnes).toBeGreaterThan(100);
  });
});
