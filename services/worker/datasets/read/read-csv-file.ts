import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadingWish } from "../../../shared/contracts/dataset-studio.ts";
import { detectDialect } from "./csv-dialect.ts";
import { CsvNormaliser } from "./csv-normaliser.ts";
import { refuse } from "./detect-format.ts";
import { IMPORT_LIMITS } from "./import-limits.ts";
import { RowIssues } from "./row-issues.ts";
import type { Staging } from "./staged-table.ts";
import { nameColumns } from "./table-names.ts";
import { readAsUtf8, type TextEncoding } from "./text-encoding.ts";
import type { TextSample } from "./text-sample.ts";
import type { SourceFile } from "./unpack.ts";

/** Reads CSV or TSV, in whatever dialect, into one table. */
export async function readCsvFile(
  file: SourceFile,
  encoding: TextEncoding,
  sample: TextSample,
  wish: ReadingWish,
  staging: Staging,
): Promise<void> {
  const dialect = detectDialect(sample.text, sample.whole, wish);
  if (dialect.columns > IMPORT_LIMITS.columns)
    refuse(
      "too_many_columns",
      `${file.name} has ${dialect.columns} columns; at most ${IMPORT_LIMITS.columns} are possible.`,
    );
  const issues = new RowIssues();
  const normaliser = new CsvNormaliser(dialect, issues, encoding.lossy);
  const normal = staging.scratch("normal.csv");
  const write = new Transform({
    writableHighWaterMark: 4 * 1024 * 1024,
    transform(chunk: Buffer, _, done) {
      try {
        for (const piece of normaliser.push(chunk)) this.push(piece);
        staging.onRows(normaliser.rows, file.name);
        done();
      } catch (error) {
        done(error as Error);
      }
    },
    flush(done) {
      try {
        for (const piece of normaliser.end()) this.push(piece);
        done();
      } catch (error) {
        done(error as Error);
      }
    },
  });
  await pipeline(readAsUtf8(file.path, encoding), write, createWriteStream(normal, { flags: "wx" }));
  const names = dialect.names ?? [];
  const columns = nameColumns(
    Array.from({ length: dialect.columns }, (_, index) => names[index] ?? null),
  ).map((column) => ({ ...column, type: null }));
  await staging.add(
    file.name,
    {
      file: file.name,
      format: "csv",
      reading: {
        encoding: encoding.encoding,
        byteOrderMark: encoding.byteOrderMark,
        delimiter: dialect.delimiter,
        header: dialect.header,
        lineEnd: dialect.lineEnd,
      },
      issues: issues.list(),
      columns,
    },
    staging.readCsv(normal, columns, {
      delimiter: dialect.delimiter,
      lineEnd: dialect.lineEnd === "crlf" ? "\\r\\n" : "\\n",
    }),
  );
  await rm(normal);
}
