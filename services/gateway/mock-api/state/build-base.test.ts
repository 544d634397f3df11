import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { MockApiBindings } from "../../../shared/contracts/mock-api.ts";
import { planStorage } from "../../../shared/mock-api/storage-plan.ts";
import { AttemptDatabase } from "./attempt-database.ts";
import { buildBase } from "./build-base.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "base-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const plan = planStorage(
  MockApiBindings.parse({
    formatVersion: 1,
    timeZone: "Europe/Dublin",
    collections: {
      notes: {
        table: "My Notes",
        id: "note_id",
        search: ["text"],
        properties: {
          note_id: { type: "string", column: "Note ID" },
          at: { type: "time" },
          done_at: { type: "time", nullable: true },
          text: { type: "string" },
          labels: { type: "strings" },
          files: { type: "json", missing: [] },
          done: { type: "boolean" },
          points: { type: "integer", nullable: true },
          level: {
            type: "string",
            nullable: true,
            values: { allowed: ["low", "high"], aliases: { p1: "high" }, otherwise: null },
          },
        },
      },
    },
    operations: {
      list: {
        kind: "list",
        collection: "notes",
        filters: { label: { property: "labels", comparison: "contains" } },
        sort: { properties: ["at", "done_at"], default: "-at" },
      },
    },
  }),
);

function build(rows: unknown[][]): AttemptDatabase {
  const source = join(directory, "source.sqlite");
  const dataset = new DatabaseSync(source);
  dataset.exec('CREATE TABLE "My Notes" ("Note ID", at, done_at, text, labels, files, done, points, level)');
  const insert = dataset.prepare('INSERT INTO "My Notes" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  for (const row of rows) insert.run(...(row as string[]));
  dataset.close();
  buildBase(source, join(directory, "base.sqlite"), plan);
  return new AttemptDatabase(join(directory, "base.sqlite"), plan);
}

test("cells are typed and normalised, however the dataset writes them", () => {
  const database = build([
    ["n1", "01/07/2025 10:00", "", "Hello", '["a","b"]', '[{"x":1}]', "Yes", "7", " HIGH "],
    ["n2", "1751360400000", null, null, "a; c", null, 0, 2n ** 60n, "P1"],
    ["n3", "whenever", "2025-07-01", "x", "", "{broken", null, "many", "what"],
    ["n1", "2025-01-01", null, "a second n1", null, null, 1, 1, "low"],
    ["", "2025-01-01", null, "no id", null, null, 1, 1, "low"],
  ]);
  expect(database.find("notes", "n1")).toEqual({
    note_id: "n1",
    at: "2025-07-01T09:00:00.000Z",
    done_at: null,
    text: "Hello",
    labels: ["a", "b"],
    files: [{ x: 1 }],
    done: true,
    points: 7,
    level: "high",
  });
  expect(database.find("notes", "n2")).toMatchObject({
    at: "2025-07-01T09:00:00.000Z",
    text: "",
    labels: ["a", "c"],
    files: [],
    done: false,
    points: null,
    level: "high",
  });
  expect(database.find("notes", "n3")).toMatchObject({
    at: "1970-01-01T00:00:00.000Z",
    done_at: "2025-07-01T00:00:00.000Z",
    labels: [],
    files: [],
    points: null,
    level: null,
  });
  database.close();
});

test("base and overlay page as one list, also by values that may be missing", () => {
  const database = build(
    Array.from({ length: 40 }, (_, index) => [
      `n${index}`,
      `2025-01-${String((index % 7) + 1).padStart(2, "0")}`,
      index % 3 === 0 ? null : `2025-02-${String((index % 5) + 1).padStart(2, "0")}`,
      index % 2 === 0 ? "red card" : "blue card",
      index % 4 === 0 ? '["x"]' : "[]",
      null,
      0,
      index,
      null,
    ]),
  );
  const record = (id: string) => ({ ...database.find("notes", "n1")!, note_id: id });
  database.apply([
    { collection: "notes", id: "n8", record: null },
    { collection: "notes", id: "n4", record: { ...record("n4"), labels: ["x", "y"], text: "red" } },
    {
      collection: "notes",
      id: "new",
      record: { ...record("new"), labels: ["x"], done_at: null, text: "red card" },
    },
  ]);
  const walk = (
    query: { search?: string; label?: string; sort: string; descending: boolean },
    limit: number,
  ) => {
    const ids: string[] = [];
    let after: { key: string | number; id: string | number } | null = null;
    do {
      const page = database.list({
        collection: "notes",
        filters: query.label ? [{ property: "labels", comparison: "contains", value: [query.label] }] : [],
        search: query.search ?? null,
        sort: { property: query.sort, descending: query.descending },
        after,
        skip: 0,
        limit,
      });
      ids.push(...page.records.map((one) => String(one.note_id)));
      after = page.next;
    } while (after);
    return ids;
  };
  const leap = (query: { search?: string; label?: string; sort: string; descending: boolean }) => {
    const filters = query.label
      ? [{ property: "labels", comparison: "contains" as const, value: [query.label] }]
      : [];
    const common = { collection: "notes", filters, search: query.search ?? null };
    const sort = { property: query.sort, descending: query.descending };
    const ids: string[] = [];
    const total = database.count(common);
    for (let skip = 0; skip < total; skip += 7) {
      const page = database.list({ ...common, sort, after: null, skip, limit: 7 });
      expect(page.next !== null).toBe(skip + 7 < total);
      ids.push(...page.records.map((one) => String(one.note_id)));
    }
    return ids;
  };
  for (const sort of ["at", "done_at"])
    for (const descending of [true, false])
      for (const [filter, count] of [
        [{}, 40],
        [{ search: '"red"' }, 20],
        [{ label: "x" }, 10],
        [{ label: "x", search: '"card"' }, 9],
      ] as const) {
        const whole = walk({ ...filter, sort, descending }, 1000);
        const what = JSON.stringify({ ...filter, sort, descending });
        expect(whole, what).toHaveLength(count);
        expect(walk({ ...filter, sort, descending }, 3), what).toEqual(whole);
        expect(leap({ ...filter, sort, descending }), what).toEqual(whole);
        const keys = whole.map((id) => `${database.find("notes", id)![sort] ?? ""} ${id}`);
        expect(keys, what).toEqual(descending ? keys.toSorted().reverse() : keys.toSorted());
        expect(whole, what).not.toContain("n8");
      }
  database.close();
});

test("the base cannot be written through an attempt", () => {
  build([["n1", "2025-01-01", null, "x", null, null, 0, 1, null]]).close();
  const other = new DatabaseSync(":memory:");
  other.exec(`ATTACH 'file:${join(directory, "base.sqlite")}?immutable=1' AS base`);
  expect(() => other.exec("DELETE FROM base.notes")).toThrow(/readonly/);
  other.close();
});

test("a column that the dataset lacks is named", () => {
  const source = join(directory, "source.sqlite");
  const dataset = new DatabaseSync(source);
  dataset.exec('CREATE TABLE "My Notes" ("Note ID", at)');
  dataset.close();
  expect(() => buildBase(source, join(directory, "base.sqlite"), plan)).toThrow(
    /no column "done_at", "text"/,
  );
});
