import { describe, expect, it } from "vitest";
import { canaryMarker } from "./canary-marker.ts";
import { SeededRandom } from "./seeded-random.ts";

describe("canaryMarker", () => {
  it.each([
    ["T-100001-ab", /^T?[A-Z]-[1-9]\d{5}-[a-z]{2}$/],
    ["amelie.brandt@example.com", /^[a-z]{6}\.[a-z]{6}@example\.com$/],
    ["7", /^[1-9]\d{7}$/],
    ["", /^[1-9]\d{7}$/],
    ["ü-ö", /^ü-ö\d{8}$/],
    ["@home", /^@[a-z]{4}\d{4}$/],
  ])("of %j keeps its shape", (like, shape) => {
    expect(canaryMarker(like, new SeededRandom("seed"))).toMatch(shape);
  });

  it("follows from the seed, and differs with it", () => {
    const of = (seed: string) => canaryMarker("T-100001", new SeededRandom(seed));
    expect(of("a")).toBe(of("a"));
    expect(new Set(Array.from({ length: 500 }, (_, index) => of(String(index)))).size).toBe(500);
  });
});

describe("SeededRandom", () => {
  it("draws every number below its limit about equally often", () => {
    const random = new SeededRandom("fair");
    const counts = [0, 0, 0, 0, 0, 0, 0];
    for (let draw = 0; draw < 14_000; draw += 1) counts[random.below(7)]! += 1;
    // 2000 expected; five standard deviations are about 207.
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(207);
  });
});
