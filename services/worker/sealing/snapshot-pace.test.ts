import { expect, it } from "vitest";
import { SnapshotPace } from "./snapshot-pace.ts";

const MIB = 1024 * 1024;
const VOLUME = 2048 * MIB;

it("lets ordinary work be saved at every interval", () => {
  let now = 0;
  const pace = new SnapshotPace(() => now);
  pace.spend("a", 5 * MIB, VOLUME);
  now += 10_000;
  expect(pace.holds("a")).toBe(false);
});

it("saves a large file at once, and what comes after it", () => {
  const now = 0;
  const pace = new SnapshotPace(() => now);
  pace.spend("a", VOLUME, VOLUME);
  expect(pace.holds("a")).toBe(false);
  pace.spend("a", 0.5 * VOLUME, VOLUME);
  expect(pace.holds("a")).toBe(false);
});

it("stores at most one volume in half an hour of someone who rewrites everything all the time", () => {
  let now = 0;
  let stored = 0;
  const pace = new SnapshotPace(() => now);
  for (; now < 2 * 3600_000; now += 30_000) {
    if (pace.holds("a")) continue;
    stored += VOLUME;
    pace.spend("a", VOLUME, VOLUME);
  }
  // Four in two hours, and the few that are nobody's fault at the beginning.
  expect(stored / VOLUME).toBe(4 + 2);
});

it("holds nobody back for what somebody else wrote, and forgets who is gone", () => {
  const pace = new SnapshotPace(() => 0);
  pace.spend("a", 3 * VOLUME, VOLUME);
  expect(pace.holds("a")).toBe(true);
  expect(pace.holds("b")).toBe(false);
  pace.forget("a");
  expect(pace.holds("a")).toBe(false);
});
