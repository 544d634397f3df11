import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MockApiBindings } from "../../../shared/contracts/mock-api.ts";
import { planStorage } from "../../../shared/mock-api/storage-plan.ts";
import { AttemptDatabase } from "./attempt-database.ts";
import { buildBase } from "./build-base.ts";
import type { StoredRecord } from "./column-value.ts";
import { type ListQuery, selectPage } from "./select-page.ts";

const STATES = ["new", "open", "done"];
const LEVELS = ["low", "high", null];
const closed = (allowed: (string | null)[]) => ({
  allowed: allowed.filter((one) => one !== null),
  aliases: {},
  otherwise: null,
});
const plan = planStorage(
  MockApiBindings.parse({
    formatVersion: 1,
    collections: {
      notes: {
        table: "notes",
        id: "id",
        properties: {
          id: { type: "integer" },
          at: { type: "time" },
          text: { type: "string" },
          state: { type: "string", values: { ...closed(STATES), otherwise: "new" } },
          level: { type: "string", nullable: true, values: closed(LEVELS) },
          urgent: { type: "boolean" },
          owner: { type: "string", nullable: true },
          points: { type: "integer", nullable: true },
        },
      },
    },
    operations: {
      list: {
        kind: "list",
        collection: "notes",
        filters: {
          state: { property: "state", comparison: "in" },
          level: { property: "level", comparison: "in" },
          urgent: { property: "urgent", comparison: "eq" },
          owner: { property: "owner", comparison: "eq" },
          points: { property: "points", comparison: "gte" },
        },
        sort: { properties: ["at", "points"], default: "-at" },
      },
    },
  }),
);
const COUNT = 2000;

let directory: string;
let path: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "filtered-"));
  path = join(directory, "base.sqlite");
  const source = new DatabaseSync(join(directory, "source.sqlite"));
  source.exec("CREATE TABLE notes (id, at, text, state, level, urgent, owner, points)");
  const insert = source.prepare("INSERT INTO notes VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  source.exec("BEGIN");
  for (let id = 0; id < COUNT; id++)
    insert.run(
      id,
      new Date(Date.UTC(2025, 0, 1 + (id % 300))).toISOString(),
      "words ".repeat(200),
      STATES[id % 3]!,
      LEVELS[id % 4] ?? null,
      id % 5 === 0 ? 1 : 0,
      id % 7 === 0 ? null : `owner${id % 100}`,
      id % 11 === 0 ? null : id % 50,
    );
  source.exec("COMMIT");
  source.close();
  buildBase(join(directory, "source.sqlite"), path, plan);
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const among = (property: string, ...value: (string | number)[]) =>
  ({ property, comparison: "in", value }) as const;
const equal = (property: string, value: string | number) => ({ property, comparison: "eq", value }) as const;
const list = (filters: ListQuery["filters"], property = "at", descending = true): ListQuery => ({
  collection: "notes",
  filters,
  search: null,
  sort: { property, descending },
  after: null,
  skip: 0,
  limit: 10,
});

/** How SQLite goes about the base's part of a page. */
function pathTo(query: ListQuery): string {
  const base = new DatabaseSync(":memory:");
  base.exec(`ATTACH 'file:${path}?immutable=1' AS base`);
  const { sql, values } = selectPage(plan.collections[0]!, query, false);
  const steps = base.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(values);
  base.close();
  return steps.map(({ detail }) => detail).join("; ");
}

describe("one index finds a filtered page", () => {
  const filters = [among("state", "new", "open"), among("level", "high"), equal("urgent", 1)];
  test.each<[string, ListQuery, RegExp]>([
    ["by a value that may be missing", list([among("level", "high")]), /^SEARCH .*COVERING INDEX.*level=/],
    ["by many values", list([among("state", "new", "open")]), /^SCAN .*COVERING INDEX/],
    ["by several filters", list(filters), /COVERING INDEX/],
    ["in another order", list(filters, "points"), /^SCAN .*COVERING INDEX/],
    ["of few records", list([...filters, equal("owner", "owner8")]), /^SEARCH .*owner=/],
  ])("%s, without sorting", (_what, query, expected) => {
    expect(pathTo(query)).toMatch(expected);
    expect(pathTo(query)).not.toContain("TEMP B-TREE");
  });
});

describe("filters choose the same records whichever way they are found", () => {
  const filtersOf: ListQuery["filters"][] = [
    [],
    [among("state", "open")],
    [among("state", "new", "done"), among("level", "high", "low")],
    [equal("urgent", 1), among("level", "low")],
    [equal("urgent", 0), equal("owner", "owner8")],
    [{ property: "points", comparison: "gte", value: 40 }, among("state", "done")],
    [among("level", "none of them")],
  ];
  const orders = [
    ["at", true],
    ["at", false],
    ["points", true],
    ["points", false],
  ] as const;
  test.each([false, true])("with changes of the attempt's own: %s", (withChanges) => {
    const database = new AttemptDatabase(path, plan);
    const records = new Map<number, StoredRecord>();
    for (let id = 0; id < COUNT; id++) records.set(id, database.find("notes", String(id))!);
    if (withChanges)
      for (let id = 0; id < COUNT; id += 13) {
        const record = id % 2 ? null : { ...records.get(id)!, state: "done", level: "low", urgent: true };
        database.apply([{ collection: "notes", id: String(id), record }]);
        if (record) records.set(id, record);
        else records.delete(id);
      }
    for (const filters of filtersOf)
      for (const [property, descending] of orders) {
        const { records: found } = database.list({ ...list(filters, property, descending), limit: COUNT });
        const expected = inOrder([...records.values()].filter(matches(filters)), property, descending);
        const what = JSON.stringify([filters, property, descending]);
        expect(
          found.map(({ id }) => id),
          what,
        ).toEqual(expected.map(({ id }) => id));
        expect(database.count({ collection: "notes", filters, search: null }), what).toBe(expected.length);
      }
    database.close();
  });
});

const matches = (filters: ListQuery["filters"]) => (record: StoredRecord) =>
  filters.every(({ property, comparison, value }) => {
    const own = typeof record[property] === "boolean" ? Number(record[property]) : record[property];
    if (comparison === "gte") return own !== null && (own as number) >= (value as number);
    return [value].flat().includes(own as string);
  });

function inOrder(records: StoredRecord[], property: string, descending: boolean): StoredRecord[] {
  const key = (record: StoredRecord) => (record[property] ?? -9e18) as string | number;
  const compare = (left: StoredRecord, right: StoredRecord) =>
    key(left) < key(right) ? -1 : key(left) > key(right) ? 1 : Number(left.id) - Number(right.id);
  return records.toSorted((left, right) => (descending ? compare(right, left) : compare(left, right)));
}
