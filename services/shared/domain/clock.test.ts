import { describe, expect, it } from "vitest";
import { allowedSec, deadlineOf, remainingMs, warningsFor } from "./clock.ts";

const startedAt = new Date("2026-03-01T09:00:00.000Z");

describe("deadlineOf", () => {
  it.each([
    { limitSec: 7200, extraTimeFactor: 1, creditsSec: [], deadline: "2026-03-01T11:00:00.000Z" },
    { limitSec: 7200, extraTimeFactor: 1.5, creditsSec: [], deadline: "2026-03-01T12:00:00.000Z" },
    { limitSec: 7200, extraTimeFactor: 1.25, creditsSec: [60, 30], deadline: "2026-03-01T11:31:30.000Z" },
    { limitSec: 180, extraTimeFactor: 1, creditsSec: [7], deadline: "2026-03-01T09:03:07.000Z" },
  ])("is start + limit × accommodation + credits: $deadline", ({ deadline, ...inputs }) => {
    expect(deadlineOf({ startedAt, ...inputs }).toISOString()).toBe(deadline);
  });

  it("never loses a second to rounding an accommodation", () => {
    expect(allowedSec(100, 1.33)).toBe(133);
    expect(allowedSec(101, 1.1)).toBe(112);
    expect(allowedSec(7200, 1.1)).toBe(7920);
  });
});

describe("remainingMs", () => {
  it("counts down to zero and stays there", () => {
    expect(remainingMs(startedAt, new Date(startedAt.getTime() - 1500))).toBe(1500);
    expect(remainingMs(startedAt, new Date(startedAt.getTime() + 1500))).toBe(0);
  });
});

describe("warningsFor", () => {
  it("warns at 30, 10 and 2 minutes of a long attempt, and only late in a short one", () => {
    expect(warningsFor(7200)).toEqual([1800, 600, 120]);
    expect(warningsFor(1500)).toEqual([600, 120]);
    expect(warningsFor(180)).toEqual([]);
  });
});
