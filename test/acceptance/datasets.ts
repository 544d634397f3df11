import { chmodSync, copyFileSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ConfinedError, ConfinedRefusal } from "../../services/worker/confined/confined-errors.ts";
import { runConfined } from "../../services/worker/confined/run-confined.ts";
import { DUCKDB_MEMORY_MIB, IMPORT_LIMITS } from "../../services/worker/datasets/confined-work.ts";
import type { ImportOutput } from "../../services/worker/datasets/import-entry.ts";
import type { PublishInput, PublishOutput } from "../../services/worker/datasets/publish-entry.ts";

/**
 * Takes every file of data below a directory from upload to published version in the confined children, as the worker
 * does, and says for each whether it is accepted, what was read and repaired, how long that took and how much memory.
 * Data that others gathered is not kept here; fetch some, then:
 * `node test/acceptance/datasets.ts <directory> [--failed] [--json]`
 *
 * With `--json`, sums of the numeric columns of the published tables are there to compare with another reader's.
 */

interface Outcome {
  file: string;
  bytes: number;
  outcome: "accepted" | "refused" | "failed";
  why: string;
  tables: { name: string; rows: number; columns: string[]; types: string[]; sums: Record<string, number> }[];
  repairs: string[];
  seconds: number;
  memoryMb: number;
}

const KINDS = /\.(csv|tsv|txt|jsonl?|ndjson|geojson|parquet|sqlite3?|db|zip|gz|tgz)$/i;
const [root, ...flags] = process.argv.slice(2);
if (root === undefined) {
  console.error("Which directory? node test/acceptance/datasets.ts <directory> [--failed] [--json]");
  process.exit(2);
}

async function take(path: string): Promise<Outcome> {
  const directory = mkdtempSync(join(tmpdir(), "worksample-acceptance-"));
  const started = performance.now();
  const found: Outcome = {
    file: relative(root!, path),
    bytes: statSync(path).size,
    outcome: "accepted",
    why: "",
    tables: [],
    repairs: [],
    seconds: 0,
    memoryMb: 0,
  };
  try {
    const published = await importAndPublish(path, directory, found);
    found.tables = published.tables.map(({ name, rows, columns }) => ({
      name,
      rows,
      columns: columns.map((column) => column.name),
      types: columns.map((column) => column.type),
      sums: flags.includes("--json") ? sumsOf(join(directory, published.sqlite), name, columns) : {},
    }));
  } catch (error) {
    const isRefusal = error instanceof ConfinedRefusal;
    found.outcome =
      isRefusal || (error instanceof ConfinedError && error.reason !== "crashed") ? "refused" : "failed";
    found.why =
      `${isRefusal ? error.code : ""} ${(error as Error).message} ${(error as ConfinedError).stderr ?? ""}`.trim();
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  found.seconds = Math.round((performance.now() - started) / 10) / 100;
  return found;
}

async function importAndPublish(path: string, directory: string, found: Outcome): Promise<PublishOutput> {
  const upload = join(directory, "upload-0");
  copyFileSync(path, upload);
  chmodSync(upload, 0o444);
  const run = (entry: string, input: unknown) =>
    runConfined({
      entry: new URL(`../../services/worker/datasets/${entry}`, import.meta.url).pathname,
      input,
      directory,
      limits: IMPORT_LIMITS,
      onUsage: ({ memory }) => {
        found.memoryMb = Math.max(found.memoryMb, Math.round(memory / 1024 / 1024));
      },
    });
  const files = [{ path: upload, name: basename(path), reading: {} }];
  const imported = (await run("import-entry.ts", { files, memoryMib: DUCKDB_MEMORY_MIB })) as ImportOutput;
  found.repairs = imported.tables.flatMap(({ name, issues }) =>
    issues.map(({ kind, outcome, rows }) => `${name}: ${rows} × ${kind} ${outcome}`),
  );
  const input: PublishInput = {
    tables: imported.tables.map(({ name, parquet, typed }) => ({
      name,
      parquet,
      columns: typed.map((column) => ({ ...column, action: "keep" as const, inside: [] })),
    })),
    keys: { inner: "00".repeat(32), outer: "11".repeat(32) },
    writeCandidateFiles: true,
    memoryMib: DUCKDB_MEMORY_MIB,
  };
  return (await run("publish-entry.ts", input)) as PublishOutput;
}

function sumsOf(path: string, table: string, columns: PublishOutput["tables"][number]["columns"]) {
  const database = new DatabaseSync(path, { readOnly: true });
  const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
  const sums: Record<string, number> = {};
  for (const { name, type } of columns)
    if (["integer", "number", "decimal", "bigint"].includes(type)) {
      const sql = `SELECT total(CAST(${quoted(name)} AS REAL)) AS sum FROM ${quoted(table)}`;
      sums[name] = Number(database.prepare(sql).get()?.sum);
    }
  database.close();
  return sums;
}

const outcomes: Outcome[] = [];
const paths = readdirSync(root, { recursive: true, encoding: "utf8" })
  .map((name) => join(root, name))
  .filter((path) => KINDS.test(path) && statSync(path).isFile())
  .toSorted();
for (const path of paths) {
  const outcome = await take(path);
  outcomes.push(outcome);
  if (flags.includes("--json")) console.log(JSON.stringify(outcome));
  else if (!flags.includes("--failed") || outcome.outcome !== "accepted") console.log(lineOf(outcome));
}

function lineOf({ outcome, why, tables, repairs, seconds, memoryMb, file }: Outcome): string {
  const shape = tables
    .map(({ rows, columns }) => `${rows} × ${columns.length}`)
    .slice(0, 5)
    .join(", ");
  return [outcome, file, why || shape, repairs.join("; "), `${seconds} s`, `${memoryMb} MB`].join("\t");
}

const count = (wanted: Outcome["outcome"]) => outcomes.filter(({ outcome }) => outcome === wanted).length;
const seconds = outcomes.map((outcome) => outcome.seconds).toSorted((left, right) => left - right);
console.error(
  `${count("accepted")} accepted, ${count("refused")} refused, ${count("failed")} failed; ` +
    `median ${seconds[Math.floor(seconds.length / 2)]} s, longest ${seconds.at(-1)} s, ` +
    `most memory ${Math.max(...outcomes.map(({ memoryMb }) => memoryMb))} MB`,
);
