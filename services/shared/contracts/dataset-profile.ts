import { z } from "zod";

/** What profiling found in uploaded files. Every cell is text, exactly as it will be given out; null where missing. */

export const ColumnType = z.enum([
  "text",
  /** Fits 64 bits. */
  "integer",
  "decimal",
  "number",
  "boolean",
  "date",
  "timestamp",
  "time",
  /** Objects and arrays, as JSON text. */
  "json",
  /** Bytes, as hexadecimal text. */
  "binary",
]);
export type ColumnType = z.infer<typeof ColumnType>;

export const SensitiveKind = z.enum([
  "email",
  "phone",
  "card",
  "iban",
  "us_ssn",
  "uk_nino",
  "de_tax_id",
  "fr_nir",
  "es_dni",
  "it_fiscal_code",
  "ip_address",
  "person_name",
  "postal_address",
  "birth_date",
  "secret",
]);
export type SensitiveKind = z.infer<typeof SensitiveKind>;

/** Something in a column that points at people or at secrets. */
export const SensitiveFinding = z.object({
  kind: SensitiveKind,
  /** `content`: the values say so; `name`: only the column's name does. */
  by: z.enum(["content", "name"]),
  /** `value`: the whole cell is one; `inside`: somewhere in a longer text. */
  where: z.enum(["value", "inside"]),
  /** Rows with at least one; check digits hold where the kind has any. */
  matches: z.int().min(0),
  /** Of the rows that are not null, 0 to 1. */
  share: z.number().min(0).max(1),
  confidence: z.enum(["high", "medium", "low"]),
  /** A few matches with most characters hidden, for example `j•••@e••••••.com`. */
  samples: z.array(z.string()).max(5),
});
export type SensitiveFinding = z.infer<typeof SensitiveFinding>;

/** `range`: equal steps of numbers or instants; `values`: the most frequent values; `length`: of texts. */
export const Histogram = z.object({
  kind: z.enum(["range", "values", "length"]),
  bins: z.array(
    z.object({
      /** Of `values` the value itself; else where the bin starts. */
      label: z.string(),
      /** Where the bin ends; null for `values`. */
      to: z.string().nullable(),
      count: z.int().min(0),
    }),
  ),
  /** Rows in no bin: further values. */
  other: z.int().min(0),
});
export type Histogram = z.infer<typeof Histogram>;

export const ColumnAction = z.enum(["keep", "drop", "mask", "pseudonymise"]);
export type ColumnAction = z.infer<typeof ColumnAction>;

export const ColumnProfile = z.object({
  /** Unique in its table. */
  name: z.string(),
  /** What the file calls it, when that could not stay. */
  originalName: z.string().nullable(),
  type: ColumnType,
  nulls: z.int().min(0),
  distinct: z.int().min(0),
  /** Whether `distinct` is an estimate (within a few percent). */
  distinctEstimated: z.boolean(),
  min: z.string().nullable(),
  max: z.string().nullable(),
  mean: z.number().nullable(),
  /** Characters of the longest text; null for other types. */
  longest: z.int().nullable(),
  samples: z.array(z.string()),
  histogram: Histogram.nullable(),
  findings: z.array(SensitiveFinding),
  /** What the findings suggest. */
  suggestion: ColumnAction,
});
export type ColumnProfile = z.infer<typeof ColumnProfile>;

/** A row that did not fit, and what was done about it. */
export const RowNote = z.object({
  /** Line of the file it starts on, from 1; null where the format has no lines. */
  line: z.int().nullable(),
  /** The beginning of the row as it stands in the file. */
  text: z.string(),
});

export const RowIssueKind = z.enum([
  "too_few_fields",
  "too_many_empty_fields",
  "too_many_fields",
  "unclosed_quote",
  "text_after_quote",
  "quote_inside_value",
  "row_too_long",
  "invalid_json",
  "not_an_object",
  "invalid_characters",
  "nul_characters",
  "before_header",
]);
export type RowIssueKind = z.infer<typeof RowIssueKind>;

export const RowIssue = z.object({
  kind: RowIssueKind,
  /** `repaired`: the row is there, changed as `kind` says; `skipped`: it is not. */
  outcome: z.enum(["repaired", "skipped"]),
  rows: z.int().min(1),
  /** The first ones. */
  examples: z.array(RowNote).max(20),
});
export type RowIssue = z.infer<typeof RowIssue>;

export const FileFormat = z.enum(["csv", "json", "jsonl", "parquet", "sqlite"]);
export type FileFormat = z.infer<typeof FileFormat>;

/** How a text file was read. */
export const TextReading = z.object({
  /** For example `utf-8`, `utf-16le`, `windows-1252`. */
  encoding: z.string(),
  byteOrderMark: z.boolean(),
  /** Of CSV; null for JSON. */
  delimiter: z.enum([",", ";", "\t", "|"]).nullable(),
  /** Whether the first row names the columns; null for JSON. */
  header: z.boolean().nullable(),
  lineEnd: z.enum(["lf", "crlf", "cr", "mixed"]),
});
export type TextReading = z.infer<typeof TextReading>;

export const TableProfile = z.object({
  /** Unique in the dataset: letters, digits and `_`. */
  name: z.string(),
  /** The file it came from: the uploaded one's name, or its path in the archive. */
  file: z.string(),
  format: FileFormat,
  reading: TextReading.nullable(),
  rows: z.int().min(0),
  columns: z.array(ColumnProfile),
  issues: z.array(RowIssue),
});
export type TableProfile = z.infer<typeof TableProfile>;

export const DatasetProfile = z.object({
  tables: z.array(TableProfile),
  /** Files of an archive that hold no table, and why. */
  leftOut: z.array(z.object({ file: z.string(), why: z.string() })),
});
export type DatasetProfile = z.infer<typeof DatasetProfile>;
