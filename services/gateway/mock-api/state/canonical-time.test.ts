import fc from "fast-check";
import { expect, test } from "vitest";
import { TimeReader } from "./canonical-time.ts";

const dublin = new TimeReader("Europe/Dublin");

test.each([
  ["2026-01-31T09:00:00Z", "2026-01-31T09:00:00.000Z"],
  ["2026-01-31T09:00:00.123456+02:00", "2026-01-31T07:00:00.123Z"],
  ["2026-01-31 09:00:00 -0530", "2026-01-31T14:30:00.000Z"],
  ["2026-01-31", "2026-01-31T00:00:00.000Z"],
  ["2026-07-31 09:00", "2026-07-31T08:00:00.000Z"],
  ["31/07/2026 09:00", "2026-07-31T08:00:00.000Z"],
  ["31.1.2026", "2026-01-31T00:00:00.000Z"],
  ["1767225600", "2026-01-01T00:00:00.000Z"],
  ["1767225600000", "2026-01-01T00:00:00.000Z"],
  // Clocks go back at 01:00 UTC: 01:30 is there twice, and the earlier counts.
  ["2026-10-25 01:30", "2026-10-25T00:30:00.000Z"],
  // Clocks go forward at 01:00 UTC: 01:30 is never there.
  ["2026-03-29 01:30", "2026-03-29T01:30:00.000Z"],
])("%s is %s", (text, expected) => {
  expect(dublin.read(text)).toBe(expected);
});

test.each([
  "",
  "soon",
  "2026-02-30",
  "31/13/2026",
  "2026-01-01T24:00:00Z",
  "2026-01-01T00:00:60Z",
  "12",
  null,
])("%s is no time", (text) => {
  expect(dublin.read(text)).toBeNull();
});

test("month first reads the same text differently", () => {
  expect(new TimeReader("UTC", "month-first").read("02/01/2026")).toBe("2026-02-01T00:00:00.000Z");
  expect(new TimeReader("UTC").read("02/01/2026")).toBe("2026-01-02T00:00:00.000Z");
});

test("local times of any zone come back as the instant they were", () => {
  const zones = ["Europe/Dublin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"];
  const instants = fc.date({ min: new Date("1990-01-01"), max: new Date("2037-01-01"), noInvalidDate: true });
  fc.assert(
    fc.property(fc.constantFrom(...zones), instants, (zone, date) => {
      const wall = new Intl.DateTimeFormat("sv-SE", {
        timeZone: zone,
        dateStyle: "short",
        timeStyle: "medium",
      });
      const read = new Date(new TimeReader(zone).read(wall.format(date))!);
      expect(wall.format(read)).toBe(wall.format(date));
    }),
    { numRuns: 500 },
  );
});

test("an unknown zone is refused", () => {
  expect(() => new TimeReader("Mars/Olympus")).toThrow(RangeError);
});
