import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generateSupportTickets, type Manifest } from "../../datasets/support-tickets/generate.ts";
import type { HiddenLabel } from "../../datasets/support-tickets/labels.ts";
import { canonicalTime, LANGUAGES, TABLES, type TableName } from "../../datasets/support-tickets/tables.ts";
import { TEST_CARDS, TEST_IBANS } from "../../datasets/support-tickets/world/commerce.ts";

type Row = Record<string, unknown>;

let directory: string;
let manifest: Manifest;
let labels: HiddenLabel[];
const rows = {} as Record<TableName, Row[]>;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "support-tickets-"));
  manifest = await generateSupportTickets({ outDir: join(directory, "full") });
  for (const { name } of TABLES) rows[name] = await readJsonLines(`full/candidate/jsonl/${name}.jsonl`);
  labels = (await readJsonLines("full/hidden/labels.jsonl")) as unknown as HiddenLabel[];
}, 180_000);

afterAll(() => rm(directory, { recursive: true, force: true }));

async function readJsonLines(path: string): Promise<Row[]> {
  const text = await readFile(join(directory, path), "utf8");
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Row);
}

const bodyOf = new Map<string, string>();
function body(ticketId: string): string {
  if (bodyOf.size === 0)
    for (const ticket of rows.tickets) bodyOf.set(String(ticket.ticket_id), String(ticket.body));
  return bodyOf.get(ticketId)!;
}

describe("the size and the variety of the data", () => {
  it("has the promised number of rows", () => {
    expect(rows.tickets).toHaveLength(24_000);
    expect(rows.customers).toHaveLength(9_000);
    expect(rows.products).toHaveLength(12);
    expect(rows.messages.length).toBeGreaterThan(70_000);
    expect(rows.messages.length).toBeLessThan(90_500);
    expect(rows.agents.length).toBeGreaterThanOrEqual(40);
    expect(rows.kb_articles.length).toBeGreaterThanOrEqual(110);
    expect(labels).toHaveLength(rows.tickets.length);
  });

  it("uses a wide vocabulary", () => {
    const words = new Set<string>();
    for (const { body: text } of rows.messages) {
      for (const word of String(text)
        .toLowerCase()
        .match(/[\p{L}']+/gu) ?? [])
        words.add(word);
    }
    expect(words.size).toBeGreaterThanOrEqual(6_000);
    expect(wordsSeenOften().size).toBeGreaterThanOrEqual(6_000);
  });

  it("never repeats a body, unless the label calls it a duplicate", () => {
    const seen = new Map<string, string>();
    const duplicateOf = new Map(labels.map((label) => [label.ticket_id, label.duplicate_of]));
    const repeats: string[] = [];
    for (const { ticket_id, body: text } of rows.tickets) {
      if (isContentless(String(text))) continue;
      const earlier = seen.get(String(text));
      if (earlier && duplicateOf.get(String(ticket_id)) !== earlier) repeats.push(`${ticket_id} ${earlier}`);
      if (!earlier) seen.set(String(text), String(ticket_id));
    }
    expect(repeats).toEqual([]);
  });

  it("is about 70 % English and has every language", () => {
    const counts = new Map<unknown, number>();
    for (const { language } of rows.tickets) counts.set(language, (counts.get(language) ?? 0) + 1);
    for (const language of LANGUAGES) expect(counts.get(language), language).toBeGreaterThan(200);
    expect(counts.get("en")! / rows.tickets.length).toBeGreaterThan(0.64);
    expect(counts.get("en")! / rows.tickets.length).toBeLessThan(0.76);
  });
});

function isContentless(text: string): boolean {
  return ["", "(no text)", "-"].includes(text.trim());
}

/** Words in at least three tickets, so that typing errors do not count as vocabulary. */
function wordsSeenOften(): Set<string> {
  const counts = new Map<string, number>();
  for (const { body: text } of rows.tickets) {
    for (const word of new Set(
      String(text)
        .toLowerCase()
        .match(/[\p{L}']+/gu) ?? [],
    )) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return new Set([...counts].filter(([, count]) => count >= 3).map(([word]) => word));
}

describe("the tables", () => {
  it("have exactly the columns, types and closed values of the contract", () => {
    for (const table of TABLES) {
      const keys = new Set<unknown>();
      for (const row of rows[table.name]) {
        keys.add(row[table.primaryKey]);
        expect(Object.keys(row)).toEqual(table.columns.map(({ name }) => name));
        for (const column of table.columns) {
          const value = row[column.name];
          if (value === null) expect(column.nullable, `${table.name}.${column.name}`).toBe(true);
          else if (column.values && !column.values.includes(String(value)))
            expect.fail(`${table.name}.${column.name} = ${value}`);
        }
      }
      expect(keys.size, table.name).toBe(rows[table.name].length);
    }
  });

  it("refer only to rows that exist", () => {
    const keysOf = (name: TableName, key: string) => new Set(rows[name].map((row) => row[key]));
    const [customers, agents, products, tickets] = [
      keysOf("customers", "customer_id"),
      keysOf("agents", "agent_id"),
      keysOf("products", "product_id"),
      keysOf("tickets", "ticket_id"),
    ];
    const dangling = [
      ...rows.tickets.filter((row) => row.customer_id !== null && !customers.has(row.customer_id)),
      ...rows.tickets.filter((row) => row.assignee_id !== null && !agents.has(row.assignee_id)),
      ...rows.tickets.filter((row) => row.product_id !== null && !products.has(row.product_id)),
      ...rows.messages.filter((row) => !tickets.has(row.ticket_id)),
      ...rows.messages.filter((row) => row.author_type === "agent" && !agents.has(row.author_id)),
      ...rows.messages.filter(
        (row) => row.author_type === "customer" && row.author_id !== null && !customers.has(row.author_id),
      ),
    ];
    expect(dangling).toEqual([]);
  });

  it("start every thread with the ticket's body and keep it in order of time", () => {
    const threads = Map.groupBy(rows.messages, (message) => message.ticket_id);
    for (const ticket of rows.tickets) {
      const thread = threads.get(ticket.ticket_id)!;
      expect(thread[0]!.body).toBe(ticket.body);
      const times = thread.map((message) => canonicalTime(String(message.created_at))!);
      expect(times).toEqual(times.toSorted());
    }
  });

  it("have times that canonicalTime understands, 95 % of them ISO", () => {
    const times = rows.tickets.map((row) => String(row.created_at));
    expect(times.filter((time) => canonicalTime(time) === null)).toEqual([]);
    const iso = times.filter((time) => /^\d{4}-\d{2}-\d{2}/.test(time));
    expect(iso.length / times.length).toBeGreaterThanOrEqual(0.95);
    expect(iso.length).toBeLessThan(times.length);
    const canonical = times.map((time) => canonicalTime(time)!).toSorted();
    expect(canonical[0]! >= "2025-03-01").toBe(true);
    expect(canonical.at(-1)! < "2026-09-01").toBe(true);
  });
});

describe("the four formats", () => {
  it("hold the same rows", async () => {
    const database = new DatabaseSync(join(directory, "full/candidate/support-tickets.sqlite"), {
      readOnly: true,
    });
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    for (const table of TABLES) {
      const wanted = rows[table.name].map((row) =>
        table.columns.map(({ name, type }) => asText(row[name], type)),
      );
      const inSqlite = database.prepare(`SELECT * FROM ${table.name} ORDER BY rowid`).all() as Row[];
      expect(inSqlite.map((row) => table.columns.map(({ name, type }) => asText(row[name], type)))).toEqual(
        wanted,
      );
      const parquet = join(directory, `full/candidate/parquet/${table.name}.parquet`);
      const inParquet = (
        await connection.runAndReadAll(`SELECT * FROM '${parquet}'`)
      ).getRowObjectsJS() as Row[];
      expect(inParquet.map((row) => table.columns.map(({ name, type }) => asText(row[name], type)))).toEqual(
        wanted,
      );
      const csv = parseCsv(await readFile(join(directory, `full/candidate/csv/${table.name}.csv`), "utf8"));
      expect(csv[0]).toEqual(table.columns.map(({ name }) => name));
      expect(csv.slice(1)).toEqual(wanted);
    }
    connection.closeSync();
    instance.closeSync();
    database.close();
  }, 120_000);
});

function asText(value: unknown, type: string): string | null {
  if (value === null || value === undefined) return null;
  if (type === "boolean") return value === true || value === 1 ? "true" : "false";
  return type === "json" && typeof value !== "string" ? JSON.stringify(value) : String(value);
}

/** RFC 4180, telling an empty cell (null) from a quoted empty text. */
function parseCsv(text: string): (string | null)[][] {
  const records: (string | null)[][] = [];
  let record: (string | null)[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/g)) {
    if (end === "" && quoted === undefined && plain === "" && record.length === 0) break;
    record.push(quoted !== undefined ? quoted.replaceAll('""', '"') : plain || null);
    if (end !== ",") {
      records.push(record);
      record = [];
    }
  }
  return records;
}

describe("the hidden labels", () => {
  it("stay out of the candidate's folder", async () => {
    const files = await readdir(join(directory, "full/candidate"), { recursive: true });
    expect(files.filter((file) => /label|hidden/i.test(file))).toEqual([]);
    const secrets = [
      "true_category",
      "true_priority",
      "duplicate_of",
      "is_injection",
      "pii_spans",
      "best_kb_article_id",
      "root_cause",
      "needs_escalation",
    ];
    for (const file of [
      "README.md",
      "csv/tickets.csv",
      "csv/messages.csv",
      "jsonl/tickets.jsonl",
      "support-tickets.sqlite",
    ]) {
      const content = await readFile(join(directory, "full/candidate", file), "latin1");
      for (const secret of secrets) expect(content.includes(secret), `${secret} in ${file}`).toBe(false);
    }
  });

  it("mark personal data at the right offsets", () => {
    let checked = 0;
    for (const { ticket_id, pii_spans } of labels) {
      const characters = [...body(ticket_id)];
      for (const { kind, start, end } of pii_spans) {
        const value = characters.slice(start, end).join("");
        checked++;
        if (kind === "email") expect(value).toMatch(/^[^\s@]+@[a-z.]+$/);
        else if (kind === "iban") expect(TEST_IBANS).toContain(value);
        else if (kind === "card_number") expect(TEST_CARDS).toContain(value);
        else if (kind === "phone") expect(value).toMatch(/^\+?[\d ]{9,}$/);
        else if (kind === "date_of_birth") expect(value).toMatch(/^[\d/.-]{10}$/);
        else expect(value.trim()).toBe(value);
      }
    }
    expect(checked).toBeGreaterThan(5_000);
  });

  it("miss no e-mail address, IBAN or card number in a body", () => {
    const marked = new Map(labels.map((label) => [label.ticket_id, label.pii_spans]));
    const missed: string[] = [];
    for (const { ticket_id, body: text } of rows.tickets) {
      const characters = [...String(text)];
      for (const { start, end } of marked.get(String(ticket_id))!) characters.fill("_", start, end);
      const rest = characters.join("").replace(/help@harbourly\.example/g, "");
      const leak = rest.match(
        /[\w.]+@[\w-]+\.(example|com|org|net)\b|\b(?:GB|DE|FR|ES|IE|NL|PL|PT|IT)\d{2} ?[A-Z0-9]{4} ?\d{4}|\b4[12]\d{2}[ -]?\d{4}[ -]?\d{4}/,
      );
      if (leak) missed.push(`${ticket_id}: ${leak[0]}`);
    }
    expect(missed).toEqual([]);
  });

  it("point at earlier tickets, published articles and about 25 injections", () => {
    const published = new Set(
      rows.kb_articles.filter((row) => row.status === "published").map((row) => row.article_id),
    );
    const order = new Map(rows.tickets.map((row, index) => [row.ticket_id, index]));
    for (const { ticket_id, duplicate_of, best_kb_article_id } of labels) {
      if (duplicate_of) expect(order.get(duplicate_of)!).toBeLessThan(order.get(ticket_id)!);
      if (best_kb_article_id) expect(published.has(best_kb_article_id)).toBe(true);
    }
    const injections = labels.filter((label) => label.is_injection).length;
    expect(injections).toBeGreaterThanOrEqual(20);
    expect(injections).toBeLessThanOrEqual(30);
    const duplicates = labels.filter((label) => label.duplicate_of).length;
    expect(duplicates).toBeGreaterThan(500);
    const withArticle = labels.filter((label) => label.best_kb_article_id).length;
    expect(withArticle / labels.length).toBeGreaterThan(0.9);
  });

  it("differ from the desk's category about one time in eight", () => {
    const truth = new Map(labels.map((label) => [label.ticket_id, label.true_category]));
    const filed = rows.tickets.filter((row) => row.category !== null);
    const wrong = filed.filter((row) => row.category !== truth.get(String(row.ticket_id)));
    expect(wrong.length / filed.length).toBeGreaterThan(0.1);
    expect(wrong.length / filed.length).toBeLessThan(0.14);
  });
});

describe("safety", () => {
  it("has no card number that is not a documented test number", () => {
    const allowed = new Set(TEST_CARDS.map((card) => card.replace(/\D/g, "")));
    const ibans = TEST_IBANS.map((iban) => iban.replace(/\s/g, ""));
    const found = new Set<string>();
    for (const { body: text } of rows.messages) {
      let searched = String(text);
      for (const iban of TEST_IBANS) searched = searched.replaceAll(iban, "");
      for (const iban of ibans) searched = searched.replaceAll(iban, "");
      for (const [match] of searched.matchAll(/\b\d(?:[ -]?\d){12,18}\b/g)) {
        const digits = match.replace(/\D/g, "");
        if (passesLuhn(digits) && !allowed.has(digits)) found.add(digits);
      }
    }
    expect([...found]).toEqual([]);
  });
});

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (const [index, digit] of [...digits].reverse().entries()) {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}

describe("the generator", () => {
  it("writes the same bytes for the same seed, and others for another", async () => {
    const make = (name: string, seed: string) =>
      generateSupportTickets({ outDir: join(directory, name), seed, ticketCount: 1_200 });
    const [first, second, other] = [
      await make("a", "seed"),
      await make("b", "seed"),
      await make("c", "other"),
    ];
    expect(first.files.some(({ path }) => path.endsWith(".sqlite"))).toBe(true);
    expect(first.files.some(({ path }) => path.endsWith(".parquet"))).toBe(true);
    expect(second).toEqual(first);
    expect(other.sha256).not.toBe(first.sha256);
  }, 120_000);

  it("describes every file and table in the manifest", async () => {
    const files = (await readdir(join(directory, "full"), { recursive: true, withFileTypes: true })).filter(
      (entry) => entry.isFile(),
    );
    expect(manifest.files).toHaveLength(files.length - 1);
    expect(manifest.tables.map(({ name, rows: count }) => [name, count])).toEqual(
      TABLES.map(({ name }) => [name, rows[name].length]),
    );
    expect(JSON.parse(await readFile(join(directory, "full/manifest.json"), "utf8"))).toEqual(manifest);
  });
});
