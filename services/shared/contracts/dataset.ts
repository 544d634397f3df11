import { z } from "zod";
import { Sha256 } from "./common.ts";

export const DatasetColumn = z.object({ name: z.string(), type: z.string(), description: z.string() });

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

/** What a dataset version consists of. Only files under `candidate/` are ever given to candidates. */
export const DatasetManifest = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  licence: z.string(),
  /** The data card, Markdown. */
  card: z.string(),
  files: z.array(DatasetFile),
  tables: z.array(DatasetTable),
});
export type DatasetManifest = z.infer<typeof DatasetManifest>;
