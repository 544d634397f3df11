import type { DatasetTable } from "../../contracts/dataset.ts";
import type { MockApiCollection, MockApiProperty } from "../../contracts/mock-api.ts";

const ZEROS: Record<MockApiProperty["type"], string> = {
  string: "an empty text",
  strings: "an empty list",
  integer: "0",
  number: "0",
  boolean: "false",
  time: "1970-01-01T00:00:00Z",
  date: "1970-01-01",
  json: "an empty value",
};

/**
 * Sentences about columns that lack values where the document requires one and takes no null: the zero of a type
 * stands there, which looks like data. Only the rows of the preview are looked at.
 */
export function missingValues({ properties }: MockApiCollection, table: DatasetTable): string[] {
  const rows = table.preview ?? [];
  if (rows.length === 0) return [];
  return Object.entries(properties).flatMap(([name, { column, type, nullable, optional, hidden }]) => {
    const index = table.columns.findIndex((one) => one.name === (column ?? name));
    if (nullable || optional || hidden || index < 0) return [];
    const missing = rows.filter(
      (row) => (row[index] ?? "") === "" && !(type === "string" && row[index] === ""),
    ).length;
    if (missing === 0) return [];
    const where = missing === rows.length ? "is empty" : "lacks values";
    return [
      `The column "${column ?? name}" ${where}, and the document requires a value and takes no null: ${ZEROS[type]} is answered instead. Let the document allow null, or the field be absent.`,
    ];
  });
}
