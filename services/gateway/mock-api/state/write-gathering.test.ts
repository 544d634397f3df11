import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { WriteGathering } from "./write-gathering.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Says whether the group was complete yet, whenever asked. */
function watch(gathering: WriteGathering, waiting: number): () => Promise<boolean> {
  let isComplete = false;
  void gathering.complete(waiting).then(() => {
    isComplete = true;
  });
  return async () => {
    await vi.advanceTimersByTimeAsync(0);
    return isComplete;
  };
}

test("a program that writes one record after the other is never waited for", async () => {
  const gathering = new WriteGathering(32);
  expect(await watch(gathering, 1)()).toBe(true);
  gathering.saved(1, 0, 10);
  expect(await watch(gathering, 1)()).toBe(true);
});

test("those who were just answered are waited for until all of them have come", async () => {
  const gathering = new WriteGathering(32);
  gathering.saved(3, 2, 8);
  const isComplete = watch(gathering, 2);
  for (const waiting of [3, 4]) {
    gathering.arrived(waiting);
    expect(await isComplete()).toBe(false);
  }
  gathering.arrived(5);
  expect(await isComplete()).toBe(true);
});

test.each([
  ["half as long as a save takes", 4, 2],
  ["and never longer than 5 ms", 3000, 5],
])("who does not come is waited for %s", async (_what, saveMs, patienceMs) => {
  const gathering = new WriteGathering(32);
  gathering.saved(2, 1, saveMs);
  const isComplete = watch(gathering, 1);
  await vi.advanceTimersByTimeAsync(patienceMs - 1);
  expect(await isComplete()).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(await isComplete()).toBe(true);
  expect(await watch(gathering, 1)(), "the time is over").toBe(true);
});

test("a group that can take no more waits for nobody", async () => {
  const gathering = new WriteGathering(4);
  gathering.saved(4, 3, 8);
  const isComplete = watch(gathering, 3);
  expect(await isComplete()).toBe(false);
  gathering.arrived(4);
  expect(await isComplete()).toBe(true);
});
