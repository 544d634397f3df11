import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { MockApiBindings } from "../../../shared/contracts/mock-api.ts";
import { planStorage } from "../../../shared/mock-api/storage-plan.ts";
import { AttemptDatabase } from "./attempt-database.ts";
import { buildBase } from "./build-base.ts";
import { ChangeGroup, written } from "./change-group.ts";
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
  directory = mkdtempSync(join(tmpdir(), "pending-"));
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

/** What several writes asked for, each upon those before. */
function pending(...records: StoredRecord[]): ChangeGroup {
  const group = new ChangeGroup();
  group.add(records.map((record) => written(put(record))));
  return group;
}
const without = (id: string): ChangeGroup => {
  const group = new ChangeGroup();
  group.add([written({ collection: "notes", id, record: null })]);
  return group;
};

test.each<[string, StoredRecord]>([
  ["as it is", BASE],
  ["without values", { ...BASE, text: null, points: null, share: null, extra: null }],
  ["with properties left out", { id: "n1", done: false, labels: [] }],
  ["with a number for a text", { ...BASE, text: 5 }],
  ["with a text for a number", { ...BASE, points: "7", share: "x" }],
  ["with a fraction for an integer", { ...BASE, points: 1.5 }],
  ["with a whole number for a fraction", { ...BASE, share: 2 }],
])("a record is planned with as it will be stored: %s", (_what, record) => {
  const planned = database.planWith([pending(record)], () => database.find("notes", "n1"));
  expect(database.find("notes", "n1")).toMatchObject({ text: "first" });
  database.apply([put(record)]);
  expect(planned).toEqual(database.find("notes", "n1"));
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
])("%s sees what is pending, whatever was asked before", (_what, ask, expected) => {
  const asked = database.planWith([pending({ ...BASE, id: "n8", text: "second" })], ask);
  expect(asked).toEqual(expected);
});

test("every question sees the latest of what is pending, before and after the tables hold it, and nothing stays", () => {
  const groups = [
    pending({ ...BASE, id: "n8", text: "first" }, { ...BASE, id: "n9", text: "second" }),
    pending({ ...BASE, id: "n8", text: "second" }),
    without("n2"),
  ];
  const ask = () => [database.find("notes", "n8")?.text, database.find("notes", "n2")];
  database.planWith(groups, () => {
    expect(ask()).toEqual(["second", null]);
    expect(found("second")).toEqual(["n8", "n9"]);
    expect(countOf("second")).toBe(2);
    expect(ask()).toEqual(["second", null]);
    expect(database.highestSequence("notes", "n")).toBe(9);
  });
  expect(found("second")).toEqual(["n2"]);
  expect([database.find("notes", "n8"), database.highestSequence("notes", "n")]).toEqual([null, 2]);
});

test("what a planner does to a record it was given changes nobody else's", () => {
  database.planWith([pending(BASE)], () => {
    (database.find("notes", "n1")!.labels as string[]).push("b");
    expect(database.find("notes", "n1")!.labels).toEqual(["a"]);
  });
});

test("a planner that fails leaves nothing behind", () => {
  const fail = () =>
    database.planWith([pending({ ...BASE, text: "gone" })], () => {
      found("gone");
      throw new Error("no");
    });
  expect(fail).toThrow("no");
  expect(database.find("notes", "n1")?.text).toBe("first");
  database.planWith([pending({ ...BASE, text: "again" })], () => expect(found("again")).toEqual(["n1"]));
  expect(found("again")).toEqual([]);
});

test.each([
  ["n17", 17],
  ["n017", 17],
  ["n12x", 2],
  ["n-5", 2],
  ["n", 2],
  ["m99", 2],
  ["n999999999999999", 999_999_999_999_999],
  ["n99999999999999999999", 2],
])("%s counts the same for the next number, saved or pending", (id, highest) => {
  const next = () => database.highestSequence("notes", "n");
  expect(database.planWith([pending({ ...BASE, id })], next)).toBe(highest);
  database.apply([put({ ...BASE, id })]);
  expect(next()).toBe(highest);
});
