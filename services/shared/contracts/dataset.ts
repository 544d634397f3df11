import { z } from "zod";
import { Sha256 } from "./common.ts";
import { ColumnAction } from "./dataset-profile.ts";

export const DatasetColumn = z.object({
  name: z.string(),
  /** A `ColumnType` in versions that the studio made. */
  type: z.string(),
  description: z.string(),
  /** Digits after the point, of a `decimal`. */
  scale: z.int().min(0).max(12).optional(),
});

/** A few rows for a preview; cells as text, null where missing. */
export const DatasetTable = z.object({
  name: z.string(),
  rows: z.int().min(0),
  columns: z.array(DatasetColumn),
  preview: z.array(z.array(z.string().nullable())).default([]),
});
export type DatasetTable = z.infer<typeof DatasetTable>;

export const DatasetFile = z.object({
  /** Relative to the root of the dataset version, for example `candidate/csv/tickets.csv`. */
  path: z.string(),
  bytes: z.int().min(0),
  sha256: Sha256,
});

/**
 * What a dataset version consists of. Only files under `candidate/` are ever given to candidates. Versions that the
 * studio made also have `platform/tables.sqlite`, all tables with typed cells, and `platform/<table>.parquet`, each
 * table as texts exactly as they were uploaded.
 */
export const DatasetManifest = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  licence: z.string(),
  /** The data card, Markdown. */
  card: z.string(),
  files: z.array(DatasetFile),
  tables: z.array(DatasetTable),
  /** Columns that are not as they were uploaded. */
  treated: z.array(z.object({ table: z.string(), column: z.string(), action: ColumnAction })).optional(),
});
export type DatasetManifest = z.infer<typeof DatasetManifest>;
