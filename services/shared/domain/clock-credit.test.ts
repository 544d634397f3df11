import { expect, it } from "vitest";
import { nominalSec, secondsOf, uncoveredMs } from "./clock.ts";

const at = (second: number) => new Date(Date.UTC(2026, 2, 1) + second * 1000);
const span = (from: number, until: number) => ({ from: at(from), until: at(until) });

it.each<[string, [number, number], [number, number][], number]>([
  ["nothing was given yet", [10, 40], [], 30],
  ["all of it was given", [10, 40], [[10, 40]], 0],
  ["more than all of it was given", [10, 40], [[0, 100]], 0],
  ["its beginning was given", [10, 40], [[0, 25]], 15],
  ["its end was given", [10, 40], [[30, 50]], 20],
  ["a part in the middle was given", [10, 40], [[20, 25]], 25],
  [
    "parts that overlap each other were given",
    [10, 40],
    [
      [12, 20],
      [15, 30],
    ],
    12,
  ],
  [
    "parts in no order, one inside another",
    [10, 40],
    [
      [35, 36],
      [11, 39],
      [20, 21],
    ],
    2,
  ],
  ["something before was given", [10, 40], [[0, 10]], 30],
  ["something after was given", [10, 40], [[40, 90]], 30],
  ["it is empty", [10, 10], [], 0],
])("of a time the platform took, when %s, gives the rest", (_name, [from, until], covered, seconds) => {
  expect(
    uncoveredMs(
      span(from, until),
      covered.map(([a, b]) => span(a, b)),
    ),
  ).toBe(seconds * 1000);
});

it("rounds up, so that nobody loses a part of a second", () => {
  expect([0, 1, 999, 1000, 1001].map(secondsOf)).toEqual([0, 1, 1, 1, 2]);
});

it.each<[string, number, number, number]>([
  ["without extra time it is the time that passed", 3600, 7200, 3600],
  ["with half as much again it is brought back", 5400, 10_800, 3600],
  ["at the deadline it is the limit", 10_800, 10_800, 7200],
  ["before the start it is nothing", -5, 7200, 0],
  ["without any time it is nothing", 5, 0, 0],
])("on everybody's clock, %s", (_name, after, own, expected) => {
  const clock = { startedAt: at(0), deadlineAt: at(own), limitSec: 7200 };
  expect(nominalSec(at(after), clock)).toBeCloseTo(expected);
});
