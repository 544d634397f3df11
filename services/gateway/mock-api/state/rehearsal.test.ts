import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { MockApiBindings } from "../../../shared/contracts/mock-api.ts";
import { planStorage } from "../../../shared/mock-api/storage-plan.ts";
import { AttemptDatabase } from "./attempt-database.ts";
import { buildBase } from "./build-base.ts";
import type { StoredRecord } from "./column-value.ts";

const plan = planStorage(
  MockApiBindings.parse({
    formatVersion: 1,
    collections: {
      notes: {
        table: "notes",
        id: "id",
        properties: {
          id: { type: "string" },
          text: { type: "string", nullable: true },
          points: { type: "integer", nullable: true },
          share: { type: "number", nullable: true },
          done: { type: "boolean" },
          labels: { type: "strings" },
          extra: { type: "json", nullable: true },
        },
      },
    },
    operations: {
      list: {
        kind: "list",
        collection: "notes",
        filters: { text: { property: "text", comparison: "eq" } },
        sort: { properties: ["id"], default: "id" },
      },
      create: {
        kind: "create",
        collection: "notes",
        accept: [],
        defaults: { id: { sequence: { prefix: "n", digits: 1 } } },
      },
    },
  }),
);

let directory: string;
let database: AttemptDatabase;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "rehearsal-"));
  const source = new DatabaseSync(join(directory, "source.sqlite"));
  source.exec("CREATE TABLE notes (id, text, points, share, done, labels, extra)");
  source.exec(
    "INSERT INTO notes VALUES ('n1', 'first', 1, 0.5, 1, '[]', '{}'), ('n2', 'second', 2, 1, 0, '[]', '{}')",
  );
  source.close();
  buildBase(join(directory, "source.sqlite"), join(directory, "base.sqlite"), plan);
  database = new AttemptDatabase(join(directory, "base.sqlite"), plan);
});
afterEach(() => {
  database.close();
  rmSync(directory, { recursive: true, force: true });
});

const BASE = { id: "n1", text: "x", points: 3, share: 0.25, done: true, labels: ["a"], extra: { a: [1] } };
const put = (record: StoredRecord) => ({ collection: "notes", id: String(record.id), record });
const found = (text: string) =>
  database
    .list({
      collection: "notes",
      filters: [{ property: "text", comparison: "eq", value: text }],
      search: null,
      sort: { property: "id", descending: false },
      after: null,
      skip: 0,
      limit: 10,
    })
    .records.map(({ id }) => id);

test.each<[string, StoredRecord]>([
  ["as it is", BASE],
  ["without values", { ...BASE, text: null, points: null, share: null, extra: null }],
  ["with properties left out", { id: "n1", done: false, labels: [] }],
  ["with a number for a text", { ...BASE, text: 5 }],
  ["with a text for a number", { ...BASE, points: "7", share: "x" }],
  ["with a fraction for an integer", { ...BASE, points: 1.5 }],
  ["with a whole number for a fraction", { ...BASE, share: 2 }],
])("a record is rehearsed as it will be stored: %s", (_what, record) => {
  let rehearsed: StoredRecord | null = null;
  database.rehearse((apply) => {
    apply([put(record)]);
    rehearsed = database.find("notes", "n1");
  });
  expect(database.find("notes", "n1")).toMatchObject({ text: "first" });
  database.apply([put(record)]);
  expect(rehearsed).toEqual(database.find("notes", "n1"));
});

const countOf = (text: string) =>
  database.count({
    collection: "notes",
    filters: [{ property: "text", comparison: "eq", value: text }],
    search: null,
  });

test.each<[string, () => unknown, unknown]>([
  ["a list", () => found("second"), ["n2", "n8"]],
  ["a count", () => countOf("second"), 2],
  ["a number for a new record", () => database.highestSequence("notes", "n"), 8],
])("%s sees what is rehearsed, whatever was asked before", (_what, ask, expected) => {
  database.rehearse((apply) => {
    apply([put({ ...BASE, id: "n8", text: "second" })]);
    expect(ask()).toEqual(expected);
  });
});

test("every question sees what is rehearsed, before and after it is laid down, and nothing of it stays", () => {
  database.rehearse((apply) => {
    apply([put({ ...BASE, id: "n8", text: "second" })]);
    expect(database.find("notes", "n8")?.text).toBe("second");
    expect(database.highestSequence("notes", "n")).toBe(8);
    apply([put({ ...BASE, id: "n9", text: "second" }), { collection: "notes", id: "n2", record: null }]);
    expect([database.find("notes", "n9")?.text, database.find("notes", "n2")]).toEqual(["second", null]);
    expect(found("second")).toEqual(["n8", "n9"]);
    expect(countOf("second")).toBe(2);
  });
  expect(found("second")).toEqual(["n2"]);
  expect([database.find("notes", "n8"), database.highestSequence("notes", "n")]).toEqual([null, 2]);
});

test("what a planner does to a record it was given changes nobody else's", () => {
  database.rehearse((apply) => {
    apply([put(BASE)]);
    (database.find("notes", "n1")!.labels as string[]).push("b");
    expect(database.find("notes", "n1")!.labels).toEqual(["a"]);
  });
});

test("a planner that fails leaves nothing behind", () => {
  const fail = () =>
    database.rehearse((apply) => {
      apply([put({ ...BASE, text: "gone" })]);
      found("gone");
      throw new Error("no");
    });
  expect(fail).toThrow("no");
  expect(database.find("notes", "n1")?.text).toBe("first");
  database.rehearse((apply) => apply([put({ ...BASE, text: "again" })]));
  expect(found("again")).toEqual([]);
});
