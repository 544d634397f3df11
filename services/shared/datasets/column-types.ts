import type { ColumnType } from "../contracts/dataset-profile.ts";
import { identifier } from "./sql-names.ts";

/** How the texts of a column are understood. `scale`: digits after the point, of decimals. */
export interface TypedColumn {
  name: string;
  type: ColumnType;
  scale?: number;
}

const TIMESTAMP =
  "^\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}(:\\d{2}([.]\\d{1,9})?)?(Z| ?[+-]\\d{2}(:?\\d{2})?)?$";

/** Conditions under which a text is of a type, exactly: writing the value gives the same text, or the same instant. */
export const TYPE_TESTS: [type: ColumnType, test: (text: string) => string][] = [
  ["boolean", (text) => `lower(${text}) IN ('true', 'false')`],
  ["integer", (text) => `CAST(TRY_CAST(${text} AS BIGINT) AS VARCHAR) = ${text}`],
  [
    "decimal",
    (text) => `regexp_full_match(${text}, '-?(0|[1-9][0-9]*)([.][0-9]{1,12})?') AND length(${text}) <= 30`,
  ],
  [
    "number",
    (text) =>
      `regexp_full_match(${text}, '-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]{1,3})?') AND isfinite(TRY_CAST(${text} AS DOUBLE))`,
  ],
  [
    "date",
    (text) => `regexp_full_match(${text}, '\\d{4}-\\d{2}-\\d{2}') AND TRY_CAST(${text} AS DATE) IS NOT NULL`,
  ],
  [
    "timestamp",
    (text) => `regexp_matches(${text}, '${TIMESTAMP}') AND TRY_CAST(${text} AS TIMESTAMPTZ) IS NOT NULL`,
  ],
  [
    "time",
    (text) =>
      `regexp_full_match(${text}, '\\d{2}:\\d{2}(:\\d{2})?') AND TRY_CAST(${text} AS TIME) IS NOT NULL`,
  ],
  ["json", (text) => `regexp_matches(${text}, '^\\s*[\\[{]') AND json_valid(${text})`],
];

/** The typed value of a column whose texts passed the test of its type; others become NULL. */
export function typedExpression({ name, type, scale }: TypedColumn, column = identifier(name)): string {
  switch (type) {
    case "integer":
      return `TRY_CAST(${column} AS BIGINT)`;
    case "decimal":
      return `TRY_CAST(${column} AS DECIMAL(38, ${Math.min(scale ?? 12, 12)}))`;
    case "number":
      return `TRY_CAST(${column} AS DOUBLE)`;
    case "boolean":
      return `TRY_CAST(${column} AS BOOLEAN)`;
    case "date":
      return `TRY_CAST(${column} AS DATE)`;
    case "timestamp":
      return `TRY_CAST(${column} AS TIMESTAMPTZ)`;
    case "time":
      return `TRY_CAST(${column} AS TIME)`;
    default:
      return column;
  }
}

export function isNumeric(type: ColumnType): boolean {
  return type === "integer" || type === "decimal" || type === "number";
}
