import { z } from "zod";
import { ShortText } from "../../../shared/contracts/common.ts";
import type { BulkField, BulkRow } from "../../../shared/contracts/invitation-studio.ts";
import { type InvitationWindow, windowFaults } from "../invitation-window.ts";
import { readFactor, readInstant } from "./cell-values.ts";
import { type Columns, columnsOf } from "./columns.ts";
import type { ReadTable, TableLine } from "./read-table.ts";

/** What holds for rows that do not say otherwise. */
export interface RowDefaults extends InvitationWindow {
  extraTimeFactor: number;
  timeZone: string;
  now: Date;
}

type Problem = BulkRow["problems"][number];
const Address = z.email().max(254);

/** What each row says, and what is wrong with it by itself and beside the others. @throws PlatformError bulk_unreadable */
export function readRows({ lines }: ReadTable, defaults: RowDefaults): Columns & { rows: BulkRow[] } {
  const columns = columnsOf(lines[0]!);
  const data = columns.hasHeader ? lines.slice(1) : lines;
  const rows = data.map((line) => readRow(line, columns, defaults));
  const firstLineOf = new Map<string, number>();
  for (const row of rows) {
    const address = row.email.toLowerCase();
    const earlier = firstLineOf.get(address);
    if (earlier === undefined) firstLineOf.set(address, row.line);
    else if (address !== "")
      row.problems.push({
        field: "email",
        code: "repeated_in_file",
        message: `is in line ${earlier} already`,
      });
  }
  return { ...columns, rows };
}

function readRow({ line, values }: TableLine, { columns }: Columns, defaults: RowDefaults): BulkRow {
  const problems: Problem[] = [];
  const cell = (field: BulkField) =>
    values[columns.findIndex((column) => column.field === field)]?.slice(0, 500) ?? "";
  if (values.slice(columns.length).some((value) => value !== ""))
    problems.push({
      field: "row",
      code: "too_many_values",
      message: `has ${values.length} values, and the table ${columns.length} columns; quote values that hold a separator`,
    });
  const name = [cell("name"), cell("first_name"), cell("last_name")].filter(Boolean).join(" ");
  const email = cell("email");
  problems.push(...nameProblems(name), ...emailProblems(email));
  const timing = readTiming(cell, defaults, problems);
  return { line, name, email, ...timing, problems };
}

function nameProblems(name: string): Problem[] {
  if (name === "") return [{ field: "name", code: "missing", message: "is missing" }];
  if (ShortText.safeParse(name).success) return [];
  if (name.length > 200)
    return [{ field: "name", code: "too_long", message: "is longer than 200 characters" }];
  return [{ field: "name", code: "invalid", message: "holds a line break or another control character" }];
}

function emailProblems(email: string): Problem[] {
  if (email === "") return [{ field: "email", code: "missing", message: "is missing" }];
  if (Address.safeParse(email).success) return [];
  return [{ field: "email", code: "invalid", message: "is not of the form name@example.com" }];
}

const DATE_WORDS = "is not a date such as 2026-03-31, 2026-03-31 17:00 or 31.03.2026";

function readTiming(cell: (field: BulkField) => string, defaults: RowDefaults, problems: Problem[]) {
  const instant = (field: "validFrom" | "expiresAt", edge: "start" | "end") => {
    if (cell(field) === "") return defaults[field];
    const read = readInstant(cell(field), defaults.timeZone, edge);
    if (!read) problems.push({ field, code: "invalid", message: DATE_WORDS });
    return read;
  };
  const validFrom = instant("validFrom", "start");
  const expiresAt = instant("expiresAt", "end");
  if (validFrom && expiresAt)
    for (const { path, message } of windowFaults({ validFrom, expiresAt }, defaults.now))
      problems.push({ field: path, code: "invalid", message });
  const written = cell("extraTimeFactor");
  const factor = written === "" ? defaults.extraTimeFactor : readFactor(written);
  const isFactor = factor !== null && factor >= 1 && factor <= 5;
  if (!isFactor)
    problems.push({
      field: "extraTimeFactor",
      code: "invalid",
      message: "is not between 1 and 5, such as 1.5 or 50%",
    });
  return {
    validFrom: validFrom?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
    extraTimeFactor: isFactor ? factor : null,
  };
}
