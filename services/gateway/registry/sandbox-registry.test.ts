import { randomUUID } from "node:crypto";
import { expect, test, vi } from "vitest";
import { EpochRefused, SandboxRegistry } from "./sandbox-registry.ts";

const attemptId = randomUUID();
const of = (epoch: number, sandboxId: string = randomUUID()) => ({
  sandboxId,
  attemptId,
  epoch,
  kind: "scored" as const,
});

test("the highest epoch of an attempt is the one that is found", () => {
  const registry = new SandboxRegistry();
  const older = registry.open(of(1)).entry;
  const { entry, replaced } = registry.open(of(2));
  expect(replaced).toBe(older);
  expect(registry.ofAttempt(attemptId)).toBe(entry);
  expect(registry.get(older.sandboxId)).toBeUndefined();
  expect(registry.size).toBe(1);
});

test("an older epoch, or another sandbox of the same epoch, is refused, even when nothing is open", () => {
  const registry = new SandboxRegistry();
  const { entry } = registry.open(of(2));
  registry.close(entry.sandboxId);
  expect(() => registry.open(of(1))).toThrow(EpochRefused);
  expect(() => registry.open(of(2))).toThrow(EpochRefused);
  expect(registry.open(of(2, entry.sandboxId)).isNew).toBe(true);
});

test("a sandbox never changes its attempt", () => {
  const registry = new SandboxRegistry();
  const { entry } = registry.open(of(1));
  expect(() => registry.open({ ...of(1, entry.sandboxId), attemptId: randomUUID() })).toThrow(EpochRefused);
});

test("opening again changes nothing", () => {
  const registry = new SandboxRegistry();
  const first = registry.open(of(1));
  const again = registry.open(of(1, first.entry.sandboxId));
  expect([again.entry, again.isNew]).toEqual([first.entry, false]);
});

test("closing ends every connection, once, though ending one removes another", () => {
  const registry = new SandboxRegistry();
  const { entry } = registry.open(of(1));
  const second = vi.fn();
  const first = vi.fn(() => entry.connections.delete(second));
  entry.connections.add(first).add(second);
  expect(registry.close(entry.sandboxId)).toBe(entry);
  expect(registry.close(entry.sandboxId)).toBeUndefined();
  expect(first).toHaveBeenCalledOnce();
  expect(second).toHaveBeenCalledOnce();
});

test("knows what was open from what never was", () => {
  const registry = new SandboxRegistry();
  const { entry } = registry.open(of(1));
  expect(registry.wasOpen(attemptId)).toBe(false);
  registry.close(entry.sandboxId);
  expect(registry.wasOpen(attemptId)).toBe(true);
  expect(registry.wasOpen(randomUUID())).toBe(false);
});
