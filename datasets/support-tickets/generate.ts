import { readFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { World } from "./casting.ts";
import { writeDataCard } from "./export/data-card.ts";
import { type Row, toCsv, toJsonLines } from "./export/encode.ts";
import { createManifest, describeFiles, type Manifest } from "./export/manifest.ts";
import { writeParquet } from "./export/parquet.ts";
import { writeSqlite } from "./export/sqlite.ts";
import { loadArticles } from "./knowledge-base.ts";
import type { HiddenLabel } from "./labels.ts";
import { importBatchOf, writeTime } from "./mess.ts";
import { createPeople } from "./people.ts";
import { Random } from "./random.ts";
import { createAgents, PRODUCTS } from "./staff.ts";
import { type Language, TABLES, type Table, type TableName } from "./tables.ts";
import { loadTextLibrary } from "./text-library.ts";
import { planTickets } from "./ticket-plan.ts";
import { TicketWriter, type WrittenTicket } from "./ticket-writer.ts";

export type { Manifest } from "./export/manifest.ts";

export interface GenerateOptions {
  /** Emptied of candidate/, hidden/ and manifest.json first. */
  readonly outDir: string;
  readonly seed?: string;
  readonly ticketCount?: number;
}

const DEFAULT_SEED = "harbourly-1";
const DEFAULT_TICKETS = 24_000;
const CUSTOMERS_PER_TICKET = 0.375;

/** Writes the data set under `outDir`. The same seed and count give the same bytes, on any machine. */
export async function generateSupportTickets(options: GenerateOptions): Promise<Manifest> {
  const { seed = DEFAULT_SEED, ticketCount = DEFAULT_TICKETS } = options;
  const outDir = resolve(options.outDir);
  const { rows, labels } = writeWorld(new Random(seed), ticketCount);
  const tables = TABLES.map((table) => [table, rows[table.name]] as const);
  const counts = tables.map(([table, of]) => [table, of.length] as const);

  for (const part of ["candidate", "hidden", "manifest.json"])
    await rm(join(outDir, part), { recursive: true, force: true });
  const candidate = join(outDir, "candidate");
  for (const folder of ["csv", "jsonl", "parquet"]) await mkdir(join(candidate, folder), { recursive: true });
  await mkdir(join(outDir, "hidden"), { recursive: true });

  await writeFile(join(candidate, "README.md"), writeDataCard(counts));
  for (const [table, of] of tables) {
    await writeFile(join(candidate, "csv", `${table.name}.csv`), toCsv(table, of));
    await writeFile(join(candidate, "jsonl", `${table.name}.jsonl`), toJsonLines(table, of));
  }
  await writeParquet(TABLES.map((table) => fileNames(candidate, table)));
  writeSqlite(join(candidate, "support-tickets.sqlite"), tables);
  await writeFile(
    join(outDir, "hidden", "labels.jsonl"),
    labels.map((label) => `${JSON.stringify(label)}\n`).join(""),
  );

  const manifest = createManifest(describeFiles(outDir), counts, seed);
  await writeFile(join(outDir, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

function fileNames(candidate: string, table: Table) {
  return {
    table,
    jsonLines: join(candidate, "jsonl", `${table.name}.jsonl`),
    parquet: join(candidate, "parquet", `${table.name}.parquet`),
  };
}

function writeWorld(
  random: Random,
  ticketCount: number,
): { rows: Record<TableName, Row[]>; labels: HiddenLabel[] } {
  const injections = readFileSync(join(import.meta.dirname, "text", "injections.txt"), "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => ({ language: line.slice(0, 2) as Language, text: line.slice(3).replaceAll("\\n", "\n") }));
  const world: World = {
    library: loadTextLibrary(),
    people: createPeople(Math.round(ticketCount * CUSTOMERS_PER_TICKET), random.fork("people")),
    agents: createAgents(random.fork("agents")),
    articles: loadArticles(),
    injections,
  };
  const plans = planTickets(ticketCount, injections.length, random.fork("plan"));
  const writer = new TicketWriter(world, random.fork("tickets"), plans);
  const written = plans.map((plan) => writer.write(plan));
  return {
    rows: {
      customers: world.people.map(({ customer }) => ({ ...customer })),
      products: PRODUCTS.map(({ product_id, name, category }) => ({ product_id, name, category })),
      agents: world.agents.map((agent) => ({ ...agent })),
      tickets: written.map(ticketRow),
      messages: messageRows(written),
      kb_articles: world.articles.map((article) => ({ ...article })),
    },
    labels: written.map(({ label }) => label),
  };
}

function ticketRow({ row }: WrittenTicket): Row {
  const batch = importBatchOf(row.channel, row.created_at);
  const write = (when: number | null) =>
    when === null ? null : writeTime(when, batch, row.channel, Number(row.ticket_id.slice(2)));
  return {
    ...row,
    created_at: write(row.created_at),
    updated_at: write(row.updated_at),
    first_response_at: write(row.first_response_at),
    solved_at: write(row.solved_at),
  };
}

function messageRows(written: readonly WrittenTicket[]): Row[] {
  let number = 0;
  return written.flatMap(({ row, messages }) => {
    const batch = importBatchOf(row.channel, row.created_at);
    return messages.map((message) => ({
      message_id: `m_${String(++number).padStart(7, "0")}`,
      ticket_id: row.ticket_id,
      author_type: message.author,
      author_id: message.authorId,
      created_at: writeTime(message.at, batch, row.channel, Number(row.ticket_id.slice(2))),
      body: message.body,
      visibility: message.visibility,
      attachments: message.attachments,
    }));
  });
}

if (import.meta.main) {
  const [outDir] = process.argv.slice(2);
  if (!outDir) {
    process.stderr.write("usage: node datasets/support-tickets/generate.ts OUTDIR\n");
    process.exit(2);
  }
  const manifest = await generateSupportTickets({ outDir });
  for (const table of manifest.tables) process.stdout.write(`${table.name}: ${table.rows}\n`);
  process.stdout.write(`sha256 ${manifest.sha256}\n`);
}
