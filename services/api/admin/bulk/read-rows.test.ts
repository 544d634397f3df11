import iconv from "iconv-lite";
import { describe, expect, it, vi } from "vitest";
import { PlatformError } from "../../../shared/contracts/problem.ts";
import { readFactor, readInstant } from "./cell-values.ts";
import { decodeTable } from "./decode-table.ts";
import { readRows } from "./read-rows.ts";
import { readTable } from "./read-table.ts";

const NOW = new Date("2026-03-01T12:00:00Z");
const DEFAULTS = {
  now: NOW,
  validFrom: NOW,
  expiresAt: new Date("2026-03-15T12:00:00Z"),
  extraTimeFactor: 1,
  timeZone: "Europe/Berlin",
};
const read = (text: string) => {
  const table = readTable(text);
  return { ...table, ...readRows(table, DEFAULTS) };
};
const problemsOf = (text: string) =>
  read(text).rows.flatMap(({ line, problems }) =>
    problems.map(({ field, code }) => `${line} ${field} ${code}`),
  );
const failure = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof PlatformError) return `${error.code}: ${error.message}`;
    throw error;
  }
  throw new Error("it did not fail");
};

describe("a table of candidates", () => {
  it.each<[string, string]>([
    ["commas", "name,email\nMaya Lindqvist,maya@example.com"],
    ["semicolons and CRLF", "Name;E-Mail\r\nMaya Lindqvist;maya@example.com\r\n"],
    ["tabs", "E-mail address\tFull name\nmaya@example.com\tMaya Lindqvist"],
    ["bars and spaces", "Candidate | Mail \n Maya Lindqvist | maya@example.com "],
    ["first and last name", "Vorname;Nachname;E-Mail\nMaya;Lindqvist;maya@example.com"],
    ["other columns", "id,name,phone,email\n7,Maya Lindqvist,,maya@example.com"],
    ["no header", "Maya Lindqvist,maya@example.com"],
    ["no header, the address first", "maya@example.com,Maya Lindqvist"],
    ["a byte order mark", "\ufeffname,email\nMaya Lindqvist,maya@example.com"],
    ["empty lines", "\n\nname,email\n\n,\nMaya Lindqvist,maya@example.com\n\n"],
    ["accents in its header", "prénom,last name,É-mail\nMaya,Lindqvist,maya@example.com"],
  ])("with %s is read", (_name, text) => {
    expect(read(text).rows).toMatchObject([
      { name: "Maya Lindqvist", email: "maya@example.com", problems: [] },
    ]);
  });

  it("keeps separators and line breaks in quotes, and counts lines as an editor does", () => {
    const { rows } = read(
      'name,email\n"Lindqvist, Maya",a@example.com\n"Two\nlines",b@example.com\nC,c@example.com',
    );
    expect(rows.map(({ line, name }) => [line, name])).toEqual([
      [2, "Lindqvist, Maya"],
      [3, "Two\nlines"],
      [5, "C"],
    ]);
    expect(rows[1]!.problems).toMatchObject([{ field: "name", code: "invalid" }]);
  });

  it.each<[string, string, string[]]>([
    ["no name", "name,email\n,a@example.com", ["2 name missing"]],
    ["no address", "name,email\nA,", ["2 email missing"]],
    ["half an address", "name,email\nA,a@", ["2 email invalid"]],
    ["an address twice", "name,email\nA,a@example.com\nB,A@Example.com", ["3 email repeated_in_file"]],
    [
      "too many values",
      "name,email\nByron, Ada,ada@example.com",
      ["2 row too_many_values", "2 email invalid"],
    ],
    ["a day that does not exist", "name,email,until\nA,a@example.com,2026-02-30", ["2 expiresAt invalid"]],
    ["a day that could be two", "name,email,until\nA,a@example.com,03/04/2026", ["2 expiresAt invalid"]],
    [
      "an end in the past",
      "name,email,until\nA,a@example.com,2026-02-01",
      ["2 expiresAt invalid", "2 expiresAt invalid"],
    ],
    ["no time at all", "name,email,extra time\nA,a@example.com,0.5", ["2 extraTimeFactor invalid"]],
    ["a name of 300 letters", `name,email\n${"A".repeat(300)},a@example.com`, ["2 name too_long"]],
  ])("with %s says so", (_name, text, expected) => {
    expect(problemsOf(text)).toEqual(expected);
  });

  it("reads windows and extra time of single rows", () => {
    const { rows } = read(
      'name,email,from,until,extra time\nA,a@example.com,2026-03-02,2026-03-08,50%\nB,b@example.com,,31.03.2026 17:00,"1,25"',
    );
    expect(rows).toMatchObject([
      { validFrom: "2026-03-01T23:00:00.000Z", expiresAt: "2026-03-08T23:00:00.000Z", extraTimeFactor: 1.5 },
      { validFrom: NOW.toISOString(), expiresAt: "2026-03-31T15:00:00.000Z", extraTimeFactor: 1.25 },
    ]);
  });

  it.each<[string, string, RegExp]>([
    ["empty", " \n\n", /empty/],
    ["without addresses", "name,phone\nA,1", /No column is called “email”.*“name”, “phone”/],
    ["without names", "email,phone\na@example.com,1", /No column is called “name”/],
    ["with two address columns", "name,email,e-mail\nA,a@example.com,b@example.com", /stand for the same/],
    ["with a quote that never ends", 'name,email\n"A,a@example.com', /quote/i],
    ["too long", `name,email\n${"A,a@example.com\n".repeat(5001)}`, /5,002 rows; up to 5,000/],
    ["one huge row", `name,email\n"${"A".repeat(30_000)}",a@example.com`, /Max Record Size|max/i],
  ])("that is %s is refused, saying why", (_name, text, expected) => {
    expect(failure(() => read(text))).toMatch(expected);
  });
});

describe("a table as long as may be", () => {
  it("makes one clock for its time zone, not one for each day in it", () => {
    const made = vi.spyOn(Intl, "DateTimeFormat");
    const days = Array.from(
      { length: 500 },
      (_, index) => `2026-03-${String((index % 28) + 1).padStart(2, "0")}`,
    );
    const read = days.map((day) => readInstant(day, "Asia/Kathmandu", "end")?.toISOString());
    expect(new Set(read).size).toBe(28);
    expect(made.mock.calls.length).toBeLessThanOrEqual(1);
    made.mockRestore();
  });
});

describe("the bytes of a file", () => {
  const text = "name,email\nZoë Müller,zoe@example.com\n";
  it.each<[string, Buffer, string]>([
    ["UTF-8", Buffer.from(text), "UTF-8"],
    ["UTF-8 with a mark", Buffer.from(`\ufeff${text}`), "UTF-8"],
    ["UTF-16", Buffer.from(`\ufeff${text}`, "utf16le"), "UTF-16LE"],
    ["UTF-16, big-endian", iconv.encode(text, "utf-16be", { addBOM: true }), "UTF-16BE"],
    ["what Excel writes", iconv.encode(text, "windows-1252"), "windows-1252"],
  ])("in %s are understood", (_name, bytes, encoding) => {
    const decoded = decodeTable(bytes);
    expect(decoded.encoding).toBe(encoding);
    expect(read(decoded.text).rows[0]).toMatchObject({ name: "Zoë Müller" });
  });

  it.each<[string, Buffer, RegExp]>([
    ["a workbook", Buffer.from("PK\x03\x04rest"), /Excel/],
    ["an old workbook", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1]), /old Excel/],
    ["anything else", Buffer.from("a\0b\0\0c"), /not a text file/],
  ])("that are %s are refused", (_name, bytes, expected) => {
    expect(failure(() => decodeTable(bytes))).toMatch(expected);
  });
});

it.each<[string, number | null]>([
  ["1.5", 1.5],
  ["1,25", 1.25],
  ["50%", 1.5],
  ["+33 %", 1.33],
  ["2", 2],
  ["+1.5", null],
  ["twice", null],
  ["1e3", null],
])("%s more time is %s", (value, factor) => {
  expect(readFactor(value)).toBe(factor);
});

it("knows where clocks are changed", () => {
  const berlin = (value: string) => readInstant(value, "Europe/Berlin", "start")?.toISOString();
  expect(berlin("2026-03-29 01:30")).toBe("2026-03-29T00:30:00.000Z");
  expect(berlin("2026-03-29 03:30")).toBe("2026-03-29T01:30:00.000Z");
  expect(berlin("2026-10-25")).toBe("2026-10-24T22:00:00.000Z");
  expect(readInstant("2026-03-29", "Europe/Berlin", "end")?.toISOString()).toBe("2026-03-29T22:00:00.000Z");
  expect(berlin("2026-03-29T12:00:00+05:30")).toBe("2026-03-29T06:30:00.000Z");
  expect(berlin("2026-13-01")).toBeUndefined();
});
