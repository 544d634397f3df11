import type { ColumnType } from "../../../shared/contracts/dataset-profile.ts";
import type { RowFilter } from "../../../shared/contracts/dataset-studio.ts";

export type Comparison = RowFilter["comparison"];

export const COMPARISON_WORDS: Record<Comparison, string> = {
  equals: "is",
  not_equals: "is not",
  contains: "contains",
  less: "is less than",
  at_most: "is at most",
  more: "is more than",
  at_least: "is at least",
  is_null: "is empty",
  is_not_null: "is not empty",
};

const ORDERED: readonly ColumnType[] = ["integer", "decimal", "number", "date", "timestamp", "time"];

/** What a column of a type can be compared by, the likeliest first. */
export function comparisonsFor(type: ColumnType): Comparison[] {
  if (ORDERED.includes(type))
    return ["equals", "not_equals", "at_least", "at_most", "more", "less", "is_null", "is_not_null"];
  if (type === "boolean") return ["equals", "not_equals", "is_null", "is_not_null"];
  return ["contains", "equals", "not_equals", "is_null", "is_not_null"];
}

export const needsValue = (comparison: Comparison) =>
  comparison !== "is_null" && comparison !== "is_not_null";

/** `priority is high`. */
export function filterWords({ column, comparison, value }: RowFilter): string {
  return `${column} ${COMPARISON_WORDS[comparison]}${needsValue(comparison) ? ` ${value === "" ? "“”" : value}` : ""}`;
}
