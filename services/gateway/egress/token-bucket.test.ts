import { expect, test } from "vitest";
import { TokenBucket } from "./token-bucket.ts";

function takeMany(bucket: TokenBucket, count: number, nowMs: number): number {
  let taken = 0;
  for (let index = 0; index < count; index++) if (bucket.take(nowMs) === 0) taken++;
  return taken;
}

test("lets a burst through, then the steady rate", () => {
  const bucket = new TokenBucket(10, 5, 0);
  expect(takeMany(bucket, 20, 0)).toBe(5);
  expect(takeMany(bucket, 20, 1000)).toBe(5);
  expect(takeMany(bucket, 20, 1200)).toBe(2);
});

test("says how long to wait", () => {
  const bucket = new TokenBucket(10, 1, 0);
  expect(bucket.take(0)).toBe(0);
  expect(bucket.take(0)).toBe(100);
  expect(bucket.take(40)).toBe(60);
  expect(bucket.take(100)).toBe(0);
});

test("a clock that goes back gives nothing away", () => {
  const bucket = new TokenBucket(10, 1, 1000);
  expect(bucket.take(1000)).toBe(0);
  expect(bucket.take(0)).toBeGreaterThan(0);
  expect(bucket.take(1000)).toBeGreaterThan(0);
});
