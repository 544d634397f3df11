/** What a file dialog offers; what a file really is, is found out by reading it. */
export const DATASET_ENDINGS = [
  ".csv",
  ".tsv",
  ".txt",
  ".json",
  ".jsonl",
  ".ndjson",
  ".parquet",
  ".sqlite",
  ".sqlite3",
  ".db",
  ".zip",
  ".gz",
  ".tgz",
  ".tar",
];

/** What may be brought, and what becomes of it. */
export function WhatCanBeBrought() {
  return (
    <>
      <p>CSV, TSV, JSON, JSONL, Parquet or SQLite, or a zip or tar.gz of these; up to 2 GiB each.</p>
      <p>Encoding, separators and types are found out for you. Candidates get nothing until you publish.</p>
    </>
  );
}
