import type { ImportFailureCode } from "../../../shared/contracts/dataset-studio.ts";

/** A title for each reason; what is wrong with this very file and what to do comes with the failure itself. */
export const FAILURE_TITLES: Record<ImportFailureCode, string> = {
  git_lfs_pointer: "This is a Git LFS pointer, not the data",
  spreadsheet: "This is a spreadsheet",
  web_page: "This is a web page",
  unknown_format: "This is none of the formats that can be read",
  empty_file: "The file is empty",
  no_table: "There is no table in it",
  too_many_tables: "There are too many tables",
  too_many_columns: "There are too many columns",
  malformed_json: "The JSON is malformed",
  parquet_encrypted: "The Parquet file is encrypted",
  parquet_corrupt: "The Parquet file is damaged",
  sqlite_encrypted: "The SQLite file is encrypted",
  sqlite_corrupt: "The SQLite file is damaged",
  archive_encrypted: "The archive is encrypted",
  archive_corrupt: "The archive is damaged",
  archive_kind: "This kind of archive cannot be read",
  archive_nested: "There are archives inside the archive",
  archive_escapes: "The archive wants to write outside of itself",
  archive_special_entry: "The archive holds more than files and folders",
  archive_too_many_files: "The archive holds too many files",
  archive_too_large: "The archive unpacks to too much",
  archive_ratio: "The archive unpacks to suspiciously much",
  too_many_broken_rows: "Too many rows are broken",
  too_large: "There is too much data",
  timed_out: "Reading took too long",
  too_much_memory: "Reading took too much memory",
  too_much_disk: "Reading took too much disk",
  nothing_left: "Nothing would be left",
  failed: "The import failed on our side",
};

/** Failures that another attempt at reading the same files may cure. */
export function mayReadAgain(code: ImportFailureCode): boolean {
  return ["failed", "timed_out", "too_much_memory", "too_much_disk", "too_many_broken_rows"].includes(code);
}
