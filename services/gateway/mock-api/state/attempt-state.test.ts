import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { MockApiBindings } from "../../../shared/contracts/mock-api.ts";
import { planStorage } from "../../../shared/mock-api/storage-plan.ts";
import type { RecordChange } from "./attempt-database.ts";
import { AttemptState } from "./attempt-state.ts";
import { buildBase } from "./build-base.ts";
import { QuotaExceededError } from "./change-group.ts";
import type { StoredRecord } from "./column-value.ts";
import type { RecordStore } from "./record-store.ts";

const plan = planStorage(
  MockApiBindings.parse({
    formatVersion: 1,
    collections: {
      notes: {
        table: "notes",
        id: "id",
        search: ["text"],
        properties: { id: { type: "string" }, text: { type: "string" }, labels: { type: "strings" } },
      },
    },
    operations: {
      list: {
        kind: "list",
        collection: "notes",
        filters: { label: { property: "labels", comparison: "contains" } },
        sort: { properties: ["id"], default: "id" },
      },
    },
  }),
);

/** Saves when told to. */
class HeldStore implements RecordStore {
  readonly saves: { changes: RecordChange[]; end: (error?: Error) => void }[] = [];

  async load(): Promise<RecordChange[]> {
    return [];
  }

  save(changes: readonly RecordChange[]): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (error?: Error) => (error ? reject(error) : resolve());
      this.saves.push({ changes: [...changes], end });
    });
  }
}

let directory: string;
let store: HeldStore;
let state: AttemptState;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "state-"));
  const source = new DatabaseSync(join(directory, "source.sqlite"));
  source.exec("CREATE TABLE notes (id, text, labels)");
  source.exec(`INSERT INTO notes VALUES ('n1', 'first words', '["a","b"]'), ('n2', 'others', '[]')`);
  source.close();
  buildBase(join(directory, "source.sqlite"), join(directory, "base.sqlite"), plan);
  store = new HeldStore();
  state = await AttemptState.open(join(directory, "base.sqlite"), plan, store, { records: 3, bytes: 10_000 });
});
afterEach(() => {
  state.close();
  rmSync(directory, { recursive: true, force: true });
});

const textOf = (id: string) => state.database.find("notes", id)?.text;
const change = (id: string, part: Partial<StoredRecord>): RecordChange => {
  const record = state.database.find("notes", id) ?? { id, text: "", labels: [] };
  return { collection: "notes", id, record: { ...record, ...(part as StoredRecord) } };
};
/** Adds a letter, and says what the text is then. */
const append = (id: string, letter: string) =>
  state.write(() => {
    const text = `${textOf(id) ?? ""}${letter}`;
    return { changes: [change(id, { text })], result: text };
  });
const turn = () => new Promise((resolve) => setImmediate(resolve));

test("writes that come while one is saved are saved together, each upon those before it", async () => {
  const first = append("n2", "1");
  await turn();
  const others = [append("n2", "2"), append("n2", "3"), append("n1", "4")];
  store.saves[0]!.end();
  expect(await first).toBe("others1");
  await vi.waitFor(() => expect(store.saves).toHaveLength(2));
  expect(store.saves[1]!.changes.map(({ id, record }) => [id, record?.text])).toEqual([
    ["n2", "others123"],
    ["n1", "first words4"],
  ]);
  expect([textOf("n2"), textOf("n1")], "not shown before it is saved").toEqual(["others1", "first words"]);
  store.saves[1]!.end();
  expect(await Promise.all(others)).toEqual(["others12", "others123", "first words4"]);
  expect([textOf("n2"), textOf("n1")]).toEqual(["others123", "first words4"]);
});

test("one that is refused takes nobody along, and hears it when the others are saved", async () => {
  const settled: string[] = [];
  const refused = state.write(() => {
    throw new Error("no such record");
  });
  refused.catch(() => settled.push("refused"));
  const writes = [append("n1", "1"), append("n3", "2"), append("n4", "3")];
  const tooMany = append("n5", "4");
  tooMany.catch(() => {});
  await turn();
  expect(settled).toEqual([]);
  store.saves[0]!.end();
  await Promise.all(writes);
  await expect(refused).rejects.toThrow("no such record");
  await expect(tooMany).rejects.toThrow(QuotaExceededError);
  expect(store.saves[0]!.changes.map(({ id }) => id)).toEqual(["n1", "n3", "n4"]);
});

test("when saving fails nobody's write shows, and the state is done with", async () => {
  const writes = [append("n1", "1"), append("n2", "2")];
  await turn();
  store.saves[0]!.end(new Error("the database is away"));
  for (const one of await Promise.allSettled(writes)) expect(one.status).toBe("rejected");
  expect([textOf("n1"), textOf("n2"), state.stale]).toEqual(["first words", "others", true]);
});

test("what is planned upon writes that fail fails with them, and is never saved", async () => {
  const first = append("n1", "1");
  await turn();
  const upon = append("n1", "2");
  store.saves[0]!.end(new Error("the database is away"));
  for (const one of await Promise.allSettled([first, upon]))
    expect(one).toMatchObject({ status: "rejected", reason: { message: "the database is away" } });
  await expect(append("n2", "3"), "nor is what comes later").rejects.toThrow("the database is away");
  expect(store.saves).toHaveLength(1);
  expect([textOf("n1"), state.stale]).toEqual(["first words", true]);
});

test("the next writes are on their way to the store before the last are answered", async () => {
  const waiting: number[] = [];
  const first = append("n1", "1").then(() => waiting.push(store.saves.length));
  await turn();
  const second = append("n1", "2");
  store.saves[0]!.end();
  await first;
  expect(waiting).toEqual([2]);
  store.saves[1]!.end();
  expect(await second).toBe("first words12");
});

test("a program that writes one after the other is saved one after the other", async () => {
  for (const letter of ["1", "2", "3"]) {
    const write = append("n1", letter);
    await turn();
    store.saves.at(-1)!.end();
    await write;
  }
  expect(store.saves.map(({ changes }) => changes[0]?.record?.text)).toEqual([
    "first words1",
    "first words12",
    "first words123",
  ]);
});

test("no more than 32 writes go together", async () => {
  const writes = Array.from({ length: 40 }, () => append("n1", "."));
  await turn();
  store.saves[0]!.end();
  await vi.waitFor(() => expect(store.saves).toHaveLength(2));
  store.saves[1]!.end();
  expect((await Promise.all(writes)).at(-1)).toBe(`first words${".".repeat(40)}`);
  expect(store.saves.map(({ changes }) => String(changes[0]!.record!.text).length)).toEqual([
    11 + 32,
    11 + 40,
  ]);
});

test("a change reaches the indexes of words and of elements, whichever columns it touches", async () => {
  const found = (filter: { label?: string; search?: string }) =>
    state.database
      .list({
        collection: "notes",
        filters: filter.label ? [{ property: "labels", comparison: "contains", value: [filter.label] }] : [],
        search: filter.search ?? null,
        sort: { property: "id", descending: false },
        after: null,
        skip: 0,
        limit: 10,
      })
      .records.map(({ id }) => id);
  const put = async (part: Partial<StoredRecord>) => {
    const write = state.write(() => ({ changes: [change("n1", part)], result: null }));
    await turn();
    store.saves.at(-1)!.end();
    await write;
  };
  await put({ labels: ["b", "c"] });
  await put({ labels: ["c", "d"] });
  expect(["a", "b", "c", "d"].map((label) => found({ label }).length)).toEqual([0, 0, 1, 1]);
  expect(found({ search: "words" })).toEqual(["n1"]);
  await put({ text: "second", labels: ["e"] });
  expect(["d", "e"].map((label) => found({ label }).length)).toEqual([0, 1]);
  expect([found({ search: "words" }), found({ search: "second" })]).toEqual([[], ["n1"]]);
});
