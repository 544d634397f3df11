import { describe, expect, it } from "vitest";
import { addSample, bytesPerSecond, leftWords, secondsLeft, type TransferSample } from "./transfer-rate.ts";

const read = (...pairs: [atMs: number, bytes: number][]) =>
  pairs.reduce<TransferSample[]>((samples, [atMs, bytes]) => addSample(samples, { atMs, bytes }), []);

describe("how fast something arrives", () => {
  it("is unknown until there is enough to tell", () => {
    expect(bytesPerSecond(read([0, 0]))).toBeNull();
    expect(bytesPerSecond(read([0, 0], [200, 5_000_000]))).toBeNull();
  });

  it("follows the last seconds, not the average since the start", () => {
    const slowThenFast = read([0, 0], [10_000, 1_000], [12_000, 2_001_000], [14_000, 4_001_000]);
    expect(bytesPerSecond(slowThenFast)).toBe(1_000_000);
  });

  it("falls to nothing when the connection stands still", () => {
    expect(bytesPerSecond(read([0, 1_000], [20_000, 1_000], [26_000, 1_000]))).toBe(0);
    expect(secondsLeft(10_000, 1_000, 0)).toBeNull();
  });

  it("never goes below zero when a server has less than was sent", () => {
    expect(bytesPerSecond(read([0, 5_000], [1_000, 1_000]))).toBe(0);
  });

  it.each([
    [null, ""],
    [2, "a few seconds left"],
    [41, "about 45 seconds left"],
    [60, "about 1 minute left"],
    [125, "about 3 minutes left"],
    [3 * 3600, "about 3 hours left"],
  ])("says %s seconds as %s", (seconds, words) => {
    expect(leftWords(seconds)).toBe(words);
  });
});
