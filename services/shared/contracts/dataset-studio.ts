import { z } from "zod";
import { Id, Instant, Sha256, ShortText } from "./common.ts";
import { DatasetFile } from "./dataset.ts";
import { ColumnAction, ColumnType, DatasetProfile } from "./dataset-profile.ts";

const Description = z.string().trim().max(5000);

/** `POST /api/admin/datasets`. */
export const CreateDatasetRequest = z.object({ title: ShortText, description: Description.default("") });
/** `PATCH /api/admin/datasets/:datasetId`. */
export const UpdateDatasetRequest = z.object({
  title: ShortText.optional(),
  description: Description.optional(),
  archived: z.boolean().optional(),
});

export const ImportState = z.enum([
  "waiting",
  "profiling",
  "ready",
  "publishing",
  "published",
  "failed",
  "cancelled",
]);
export type ImportState = z.infer<typeof ImportState>;

export const DatasetVersionItem = z.object({
  id: Id,
  number: z.int().min(1),
  sha256: Sha256,
  createdAt: Instant,
  createdBy: z.string().nullable(),
  tables: z.int(),
  rows: z.int(),
  /** Of what candidates get. */
  bytes: z.int(),
  /** The version it was made from by treating columns. */
  parent: z.object({ id: Id, number: z.int() }).nullable(),
});
export type DatasetVersionItem = z.infer<typeof DatasetVersionItem>;

export const DatasetImportItem = z.object({
  id: Id,
  state: ImportState,
  /** Of the uploaded files; empty when a version is treated again. */
  fileNames: z.array(z.string()),
  parentVersionId: Id.nullable(),
  createdAt: Instant,
});
export type DatasetImportItem = z.infer<typeof DatasetImportItem>;

const dataset = {
  id: Id,
  slug: z.string(),
  title: z.string(),
  description: z.string(),
  createdAt: Instant,
  archivedAt: Instant.nullable(),
};

export const DatasetItem = z.object({
  ...dataset,
  versions: z.int(),
  latestVersion: DatasetVersionItem.nullable(),
  /** The newest import that is neither published, cancelled nor failed. */
  openImport: z.object({ id: Id, state: ImportState }).nullable(),
});
export type DatasetItem = z.infer<typeof DatasetItem>;

/** `GET /api/admin/datasets`, newest first. `?archived=true` lists those instead. */
export const DatasetList = z.object({ items: z.array(DatasetItem) });
export type DatasetList = z.infer<typeof DatasetList>;

/** `GET /api/admin/datasets/:datasetId`. Both lists newest first. */
export const DatasetDetail = z.object({
  ...dataset,
  versions: z.array(DatasetVersionItem),
  imports: z.array(DatasetImportItem),
});
export type DatasetDetail = z.infer<typeof DatasetDetail>;

/** What to assume about a text file instead of finding it out. */
export const ReadingWish = z.strictObject({
  encoding: z
    .enum(["utf-8", "utf-16le", "utf-16be", "windows-1252", "iso-8859-1", "iso-8859-15", "macintosh"])
    .optional(),
  delimiter: z.enum([",", ";", "\t", "|"]).optional(),
  header: z.boolean().optional(),
});
export type ReadingWish = z.infer<typeof ReadingWish>;

/** `POST /api/admin/datasets/:datasetId/imports`: stored uploads, or a version whose columns are to be treated anew. */
export const CreateImportRequest = z.union([
  z.strictObject({
    files: z
      .array(z.strictObject({ uploadId: Id, reading: ReadingWish.default({}) }))
      .min(1)
      .max(50),
  }),
  z.strictObject({ versionId: Id }),
]);
export type CreateImportRequest = z.infer<typeof CreateImportRequest>;

export const ImportProgress = z.object({
  phase: z.enum(["waiting", "copying", "reading", "profiling", "scanning", "writing", "storing", "done"]),
  /** What is being worked on: a file or a table. */
  subject: z.string().nullable(),
  /** Of everything, 0 to 1. Never goes back. */
  share: z.number().min(0).max(1),
  /** Read so far. */
  rows: z.int().min(0),
});
export type ImportProgress = z.infer<typeof ImportProgress>;

/** Why an import was refused or given up. */
export const ImportFailureCode = z.enum([
  "git_lfs_pointer",
  "spreadsheet",
  "web_page",
  "unknown_format",
  "empty_file",
  "no_table",
  "too_many_tables",
  "too_many_columns",
  "malformed_json",
  "parquet_encrypted",
  "parquet_corrupt",
  "sqlite_encrypted",
  "sqlite_corrupt",
  "archive_encrypted",
  "archive_corrupt",
  "archive_kind",
  "archive_nested",
  "archive_escapes",
  "archive_special_entry",
  "archive_too_many_files",
  "archive_too_large",
  "archive_ratio",
  "too_many_broken_rows",
  "too_large",
  "timed_out",
  "too_much_memory",
  "too_much_disk",
  "nothing_left",
  "failed",
]);
export type ImportFailureCode = z.infer<typeof ImportFailureCode>;

export const ImportFailure = z.object({
  code: ImportFailureCode,
  /** For people: what is wrong and what to do. */
  message: z.string(),
  /** The file at fault: the uploaded one's name or its path in the archive. */
  file: z.string().nullable(),
});
export type ImportFailure = z.infer<typeof ImportFailure>;

/** What becomes of each column. Columns that are not named are kept. */
export const ImportChoices = z.strictObject({
  /** Table -> column -> what to do. Table and column names of the profile. */
  columns: z.record(z.string(), z.record(z.string(), ColumnAction)).default({}),
  /** Tables to leave out. */
  leftOut: z.array(z.string()).default([]),
  /**
   * What candidates get: the files as they were uploaded, or CSV and Parquet written anew. `original` is possible
   * only while every column is kept and no table left out; anything else is written anew.
   */
  candidateFiles: z.enum(["original", "written"]).default("original"),
});
export type ImportChoices = z.infer<typeof ImportChoices>;

/** `PUT /api/admin/dataset-imports/:importId/choices`: 409 `dataset_import_conflict` when the revision is stale. */
export const SaveChoicesRequest = z.object({ revision: z.int().min(1), choices: ImportChoices });

/** `GET /api/admin/dataset-imports/:importId`, and each event `import` of `…/events`. */
export const DatasetImportView = z.object({
  now: Instant,
  id: Id,
  dataset: z.object({ id: Id, title: z.string() }),
  state: ImportState,
  /** Of the choices. */
  revision: z.int(),
  progress: ImportProgress,
  failure: ImportFailure.nullable(),
  files: z.array(z.object({ uploadId: Id, fileName: z.string(), bytes: z.int(), reading: ReadingWish })),
  /** The version whose columns are treated anew. */
  parent: z.object({ id: Id, number: z.int() }).nullable(),
  /** From `ready` on. */
  profile: DatasetProfile.nullable(),
  /** What was chosen; to begin with, what the findings suggest. */
  choices: ImportChoices,
  /** Once published. */
  version: z.object({ id: Id, number: z.int() }).nullable(),
  createdAt: Instant,
});
export type DatasetImportView = z.infer<typeof DatasetImportView>;

/** `POST /api/admin/dataset-imports/:importId/publish`. */
export const PublishImportRequest = z.object({ revision: z.int().min(1) });

/** `GET /api/admin/dataset-versions/:versionId`. */
export const DatasetVersionView = z.object({
  ...DatasetVersionItem.shape,
  dataset: z.object({ id: Id, title: z.string() }),
  description: z.string(),
  licence: z.string(),
  /** Markdown; may be empty. */
  card: z.string(),
  /** Those below `candidate/` reach candidates. */
  files: z.array(DatasetFile),
  tableList: z.array(
    z.object({
      name: z.string(),
      rows: z.int(),
      columns: z.array(z.object({ name: z.string(), type: z.string(), description: z.string() })),
      /** Whether its rows can be paged through; versions made before there were Parquet files have a preview only. */
      pageable: z.boolean(),
      /** The first rows, cells as text in the order of `columns`. */
      preview: z.array(z.array(z.string().nullable())),
    }),
  ),
  /** Null for versions made before there was profiling. */
  profile: DatasetProfile.nullable(),
  /** Columns that are not as they were uploaded. */
  treated: z.array(z.object({ table: z.string(), column: z.string(), action: ColumnAction })),
  /** Published assessment versions that give it out. */
  usedBy: z.array(z.object({ assessmentTitle: z.string(), number: z.int() })),
});
export type DatasetVersionView = z.infer<typeof DatasetVersionView>;

export const RowFilter = z.strictObject({
  column: z.string().min(1).max(200),
  /** `contains` compares texts without regard to case; the comparisons follow the column's type. */
  comparison: z.enum([
    "equals",
    "not_equals",
    "contains",
    "less",
    "at_most",
    "more",
    "at_least",
    "is_null",
    "is_not_null",
  ]),
  value: z.string().max(1000).default(""),
});
export type RowFilter = z.infer<typeof RowFilter>;

/**
 * Query of `GET /api/admin/dataset-versions/:versionId/tables/:table/rows` and of
 * `GET /api/admin/dataset-imports/:importId/tables/:table/rows`.
 */
export const RowQuery = z.object({
  /** From 1. */
  page: z.coerce.number().int().min(1).max(10_000_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(50),
  /** A column, with `-` in front for descending; rows stay in the file's order without it. */
  sort: z.string().min(1).max(201).optional(),
  /** JSON of at most 10 `RowFilter`, all of which must hold. */
  filter: z.string().max(20_000).optional(),
});
export type RowQuery = z.infer<typeof RowQuery>;
export const RowFilters = z.array(RowFilter).max(10);

/** The longest cell sent, in characters; longer ones are cut and named in `cut`. */
export const LONGEST_CELL = 2000;

export const RowPage = z.object({
  columns: z.array(z.object({ name: z.string(), type: ColumnType })),
  rows: z.array(z.array(z.string().nullable())),
  /** `[row, column]` of cells that were cut. */
  cut: z.array(z.tuple([z.int(), z.int()])),
  page: z.int(),
  pageSize: z.int(),
  /** Rows that pass the filters. */
  matching: z.int(),
  /** Rows of the table. */
  total: z.int(),
});
export type RowPage = z.infer<typeof RowPage>;
