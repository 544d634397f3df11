import { describe, expect, it } from "vitest";
import { agoWords, durationWords, formatRemaining, spokenRemaining } from "../ui/time-words.ts";
import { betterOffset, currentWarning } from "./server-clock.ts";

describe("the offset to the server's clock", () => {
  it("keeps the sample that travelled fastest", () => {
    expect(betterOffset(null, -400)).toBe(-400);
    expect(betterOffset(-400, -150)).toBe(-150);
    expect(betterOffset(-150, -900)).toBe(-150);
  });

  it("starts over when this machine's clock was set", () => {
    expect(betterOffset(-150, -3_600_000)).toBe(-3_600_000);
    expect(betterOffset(-3_600_000, 20)).toBe(20);
  });
});

describe("warnings", () => {
  it.each([
    [7200, 1_800_001, null],
    [7200, 1_800_000, 1800],
    [7200, 600_000, 600],
    [7200, 119_000, 120],
    [7200, 0, null],
    [1800, 1_700_000, null],
    [180, 100_000, null],
  ])("of %i s with %i ms left: %s", (allowed, left, warning) => {
    expect(currentWarning(allowed, left)).toBe(warning);
  });
});

describe("time in words", () => {
  it.each([
    [7_200_000, "2:00:00", "2 hours left"],
    [3_909_001, "1:05:10", "1 hour 5 minutes left"],
    [60_000, "1:00", "1 minute left"],
    [900, "0:01", "1 second left"],
    [-5, "0:00", "No time left"],
  ])("%i ms reads %s", (ms, shown, spoken) => {
    expect(formatRemaining(ms)).toBe(shown);
    expect(spokenRemaining(ms)).toBe(spoken);
  });

  it("names durations and ages", () => {
    expect(durationWords(7200)).toBe("2 hours");
    expect(durationWords(10_800 + 60)).toBe("3 hours 1 minute");
    expect(durationWords(180)).toBe("3 minutes");
    expect(agoWords(12_000)).toBe("12 s ago");
    expect(agoWords(-500)).toBe("just now");
    expect(agoWords(150_000)).toBe("3 min ago");
  });
});
