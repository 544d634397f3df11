import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DatasetDelivery } from "../../services/shared/contracts/assessment-draft.ts";
import type { DatasetManifest } from "../../services/shared/contracts/dataset.ts";
import type { WorkerContext } from "../../services/worker/context.ts";
import { ensureOwnDataset, type PinnedDataset } from "../../services/worker/datasets/deliver/own-dataset.ts";
import {
  insertAssessmentVersion,
  insertAttempt,
  insertInvitation,
  insertMountedDataset,
} from "../support/fixtures.ts";
import { insertRun, submitAttempt } from "../support/run-fixture.ts";
import { startTestApi, type TestApi } from "../support/test-api.ts";

const TICKETS = 500;

let api: TestApi;
let context: Pick<WorkerContext, "config" | "db" | "blobs">;
let manifest: DatasetManifest;
let versionId: string;
let assessmentVersionId: string;
let admin: Awaited<ReturnType<TestApi["staff"]>>;

beforeAll(async () => {
  api = await startTestApi();
  context = { config: api.config, db: api.db, blobs: api.blobs };
  const file = join(api.config.dataDir, "source.sqlite");
  makeTables(file);
  const bytes = await readFile(file);
  const readme = Buffer.from("# Read me\n");
  manifest = {
    name: "desk",
    title: "Desk",
    description: "",
    licence: "",
    card: "",
    files: [
      await stored("platform/tables.sqlite", bytes),
      await stored("candidate/README.md", readme),
      await stored("candidate/tickets.csv", Buffer.from("id\n")),
    ],
    tables: [],
  };
  ({ id: assessmentVersionId } = await insertAssessmentVersion(api.db));
  versionId = await insertMountedDataset(api.db, { assessmentVersionId, mountName: "desk", manifest });
  admin = await api.staff("admin");
});
afterAll(() => api.close());

async function stored(path: string, bytes: Buffer<ArrayBuffer>) {
  await api.blobs.write(Readable.from([bytes]));
  return { path, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
}

function makeTables(file: string): void {
  const database = new DatabaseSync(file);
  database.exec(`
    create table tickets (ticket_id text, customer_email text, amount integer, subject text);
    create table messages (message_id integer, ticket_id text, body text);
    create table plain (name text);
    insert into plain values ('a'), ('b');`);
  const ticket = database.prepare("insert into tickets values (?, ?, ?, ?)");
  const message = database.prepare("insert into messages values (?, ?, ?)");
  for (let index = 0; index < TICKETS; index += 1) {
    const id = `T-${100_000 + index}`;
    ticket.run(
      id,
      `person.${index}@example.com`,
      900_000_000_000_000_000n + BigInt(index),
      index % 7 ? `Order, "${index}"` : null,
    );
    for (const part of [0, 1]) message.run(index * 2 + part, id, `Message ${part}\nof ${id}`);
  }
  database.close();
}

async function deliver(delivery: DatasetDelivery, invitationId?: string) {
  const invitation =
    invitationId ??
    (await insertInvitation(api.db, { assessmentVersionId, candidateName: `Candidate ${randomUUID()}` })).id;
  const attemptId = await insertAttempt(api.db, { invitationId: invitation, state: "failed" });
  const dataset: PinnedDataset = {
    mountName: "desk",
    datasetVersionId: versionId,
    delivery,
    sha256: "",
    manifest,
  };
  const directory = await ensureOwnDataset(
    context,
    { id: attemptId, invitationId: invitation, kind: "scored" },
    dataset,
  );
  const database = new DatabaseSync(join(directory, "tables.sqlite"), { readOnly: true });
  const values = (sql: string) => {
    const statement = database.prepare(sql);
    statement.setReadBigInts(true);
    return statement.all().map((row) => Object.values(row)[0]);
  };
  return { attemptId, invitationId: invitation, directory, values, close: () => database.close() };
}

describe("a sample of one's own", () => {
  it("has as many rows as asked for, whole and in order, and what refers to them", async () => {
    const { values, directory } = await deliver({ sample: { table: "tickets", rows: 60 } });
    const ids = values("select ticket_id from tickets") as string[];
    expect(ids).toHaveLength(60);
    expect(ids).toEqual(ids.toSorted());
    expect(values("select distinct ticket_id from messages order by 1")).toEqual(ids);
    expect(values("select count(*) from messages")).toEqual([120n]);
    expect(values("select name from plain")).toEqual(["a", "b"]);
    const csv = await readFile(join(directory, "tickets.csv"), "utf8");
    expect(csv).toContain('"Order, ""');
    expect(csv).toMatch(/,9000000000000\d{5},/);
    expect(csv.trimEnd().split("\r\n")).toHaveLength(61);
  });

  it("is the same for one candidate each time, and another for another", async () => {
    const first = await deliver({ sample: { table: "tickets", rows: 60 } });
    const again = await deliver({ sample: { table: "tickets", rows: 60 } }, first.invitationId);
    const other = await deliver({ sample: { table: "tickets", rows: 60 } });
    const ids = (of: typeof first) => of.values("select ticket_id from tickets");
    expect(ids(again)).toEqual(ids(first));
    expect(ids(other)).not.toEqual(ids(first));
  });

  it("draws every row about equally often", async () => {
    const counts = new Map<unknown, number>();
    for (let candidate = 0; candidate < 6; candidate += 1) {
      const { values, close } = await deliver({ sample: { table: "tickets", rows: 250 } });
      for (const id of values("select ticket_id from tickets")) counts.set(id, (counts.get(id) ?? 0) + 1);
      close();
    }
    // Half of 500 rows, 6 times: a row is missed by all with a probability of 1 in 64, so about 8 are.
    expect(counts.size).toBeGreaterThan(TICKETS - 30);
  });

  it("is laid out read-only, beside the words of the dataset and nothing of the platform", async () => {
    const { directory } = await deliver({ sample: { table: "tickets", rows: 5 } });
    expect((await readdir(directory)).toSorted()).toEqual([
      "README.md",
      "messages.csv",
      "plain.csv",
      "tables.sqlite",
      "tickets.csv",
    ]);
    for (const name of await readdir(directory)) {
      const { mode, uid } = await stat(join(directory, name));
      expect([name, mode & 0o777, uid]).toEqual([name, 0o444, 0]);
    }
    expect((await readdir(join(directory, ".."))).toSorted()).toEqual(["desk"]);
  });
});

describe("canary rows", () => {
  const delivery: DatasetDelivery = { canary: { table: "tickets", column: "customer_email", rows: 3 } };

  it("look like the others, stand among them, and are in no other copy", async () => {
    const one = await deliver(delivery);
    const two = await deliver(delivery);
    const markersOf = (of: typeof one) =>
      (of.values("select customer_email from tickets") as string[]).filter(
        (mail) => !/^person\.\d+@/.test(mail),
      );
    const markers = markersOf(one);
    expect(markers).toHaveLength(3);
    for (const marker of markers) expect(marker).toMatch(/^[a-z]{6}\.\d+@example\.com$/);
    expect(markersOf(two).filter((marker) => markers.includes(marker))).toEqual([]);
    const rows = one.values("select customer_email from tickets order by rowid") as string[];
    expect(rows.slice(-3).some((mail) => !markers.includes(mail))).toBe(true);
    // Their other unique columns are new as well.
    expect(one.values("select count(distinct ticket_id) from tickets")).toEqual([BigInt(TICKETS + 3)]);
  });

  it("tell whose copy a file is that turned up, from a part of it in any format", async () => {
    const leaked = await deliver(delivery);
    await deliver(delivery);
    const csv = await readFile(join(leaked.directory, "tickets.csv"), "utf8");
    const lines = csv
      .split("\r\n")
      .slice(1)
      .filter(Boolean)
      .map((line) => JSON.stringify(line.split(",")));
    const answer = await admin.call("POST", "/api/admin/datasets/trace", { text: lines.join("\n") });
    expect(answer.json()).toMatchObject({
      matches: [
        {
          attemptId: leaked.attemptId,
          outOf: 3,
          markers: { length: 3 },
          table: "tickets",
          datasetTitle: "Desk",
        },
      ],
    });
  });

  it("say nothing about a file without them", async () => {
    const clean = (await deliver({ sample: { table: "tickets", rows: 100 } })).directory;
    const text = await readFile(join(clean, "tickets.csv"), "utf8");
    const answer = await admin.call("POST", "/api/admin/datasets/trace", { text });
    expect(answer.json()).toEqual({ searchedBytes: Buffer.byteLength(text), matches: [] });
  });

  it("are the same in a run of the submission, and still found as the candidate's alone", async () => {
    const first = await deliver({ ...delivery, sample: { table: "tickets", rows: 20 } });
    const before = await readFile(join(first.directory, "tickets.csv"), "utf8");
    const submissionId = await submitAttempt(api.db, api.blobs, first.attemptId);
    const runId = await insertRun(api.db, { submissionId, reviewerId: admin.id });
    const dataset = {
      ...{ mountName: "desk", datasetVersionId: versionId, sha256: "", manifest },
      delivery: { ...delivery, sample: { table: "tickets", rows: 20 } },
    };
    const directory = await ensureOwnDataset(
      context,
      { id: runId, invitationId: first.invitationId, kind: "run" },
      dataset,
    );
    expect(await readFile(join(directory, "tickets.csv"), "utf8")).toBe(before);
    const answer = await admin.call("POST", "/api/admin/datasets/trace", { text: before });
    expect(answer.json().matches.map((match: { attemptId: string }) => match.attemptId)).toEqual([
      first.attemptId,
    ]);
    for (const table of ["attempt_dataset", "dataset_canary"] as const) {
      const rows = await api.db
        .selectFrom(table)
        .select("mount_name")
        .where("attempt_id", "=", runId)
        .execute();
      expect(rows).toEqual([]);
    }
  });

  it("are made again just as they were", async () => {
    const first = await deliver({ ...delivery, sample: { table: "tickets", rows: 20 } });
    const before = await readFile(join(first.directory, "tickets.csv"), "utf8");
    await rm(first.directory, { recursive: true });
    const dataset = {
      mountName: "desk",
      datasetVersionId: versionId,
      sha256: "",
      manifest,
      delivery: { ...delivery, sample: { table: "tickets", rows: 20 } },
    };
    const directory = await ensureOwnDataset(
      context,
      { id: first.attemptId, invitationId: first.invitationId, kind: "scored" },
      dataset,
    );
    expect(await readFile(join(directory, "tickets.csv"), "utf8")).toBe(before);
  });
});
