import type { ReadingWish } from "../../../shared/contracts/dataset-studio.ts";
import { readCsvFile } from "./read-csv-file.ts";
import { readJsonDocument, readJsonLines } from "./read-json-file.ts";
import { readParquetFile } from "./read-parquet-file.ts";
import { readSqliteFile } from "./read-sqlite-file.ts";
import type { Staging } from "./staged-table.ts";
import { detectEncoding } from "./text-encoding.ts";
import { kindOfText, readSample } from "./text-sample.ts";
import type { SourceFile, Unpacked } from "./unpack.ts";

/** Reads one file that is no archive into tables. @throws Refusal */
export async function readSource(
  file: SourceFile,
  wish: ReadingWish,
  staging: Staging,
  leftOut: Unpacked["leftOut"],
): Promise<void> {
  if (file.kind === "parquet") return readParquetFile(file, staging);
  if (file.kind === "sqlite") return readSqliteFile(file, staging, leftOut);
  const encoding = await detectEncoding(file.path, wish);
  const sample = await readSample(file.path, encoding);
  switch (kindOfText(sample)) {
    case "csv":
      return readCsvFile(file, encoding, sample, wish, staging);
    case "jsonl":
      return readJsonLines(file, encoding, staging);
    case "json":
      return readJsonDocument(file, encoding, staging);
  }
}
