import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type {
  DatasetImportView,
  DatasetVersionView,
  ImportChoices,
  RowPage,
} from "../../services/shared/contracts/dataset-studio.ts";
import { UPLOADS_PATH } from "../../services/shared/contracts/upload.ts";
import { createLog } from "../../services/shared/observability/log.ts";
import type { WorkerContext } from "../../services/worker/context.ts";
import { importDataset } from "../../services/worker/jobs/import-dataset.ts";
import type { JobRun } from "../../services/worker/jobs/job-run.ts";
import { publishDataset } from "../../services/worker/jobs/publish-dataset.ts";
import { type Client, startTestApi, type TestApi } from "../support/test-api.ts";

let api: TestApi;
let admin: Client;
let worker: WorkerContext;
beforeAll(async () => {
  api = await startTestApi();
  admin = await api.token("admin:write", "admin:read");
  const { config, db, blobs } = api;
  worker = { config, db, blobs, log: createLog("worker", "silent") } as unknown as WorkerContext;
});
afterAll(() => api?.close());

const bailed: string[] = [];
const run: JobRun = {
  bailOut: (why) => void bailed.push(why),
  waitForRoom: () => Promise.reject(new Error("no room")),
  postpone: () => Promise.reject(new Error("postponed")),
  isLastTry: true,
};

async function upload(name: string, content: string | Buffer): Promise<string> {
  const bytes = Buffer.from(content);
  const encoded = (text: string) => Buffer.from(text).toString("base64");
  const response = await api.app.inject({
    method: "POST",
    url: UPLOADS_PATH,
    headers: {
      ...admin.headers,
      "content-type": "application/offset+octet-stream",
      "upload-length": String(bytes.length),
      "upload-metadata": `filename ${encoded(name)},purpose ${encoded("dataset")}`,
    },
    payload: bytes,
  });
  expect(response.statusCode).toBe(201);
  return response.json().id;
}

async function newDataset(title: string): Promise<string> {
  return (await admin.call("POST", "/api/admin/datasets", { title })).json().id;
}

async function start(datasetId: string, body: object): Promise<string> {
  const response = await admin.call("POST", `/api/admin/datasets/${datasetId}/imports`, body);
  expect([response.statusCode, response.json().state]).toEqual([201, "waiting"]);
  return response.json().id;
}

const look = async (id: string): Promise<DatasetImportView> =>
  (await admin.call("GET", `/api/admin/dataset-imports/${id}`)).json();

async function importFiles(datasetId: string, files: Record<string, string | Buffer>): Promise<string> {
  const uploads: { uploadId: string }[] = [];
  for (const [name, content] of Object.entries(files))
    uploads.push({ uploadId: await upload(name, content) });
  const id = await start(datasetId, { files: uploads });
  await importDataset(worker, { importId: id }, run);
  return id;
}

async function publish(importId: string, choices?: ImportChoices): Promise<DatasetVersionView> {
  let { revision } = await look(importId);
  const address = `/api/admin/dataset-imports/${importId}`;
  if (choices) {
    const saved = await admin.call("PUT", `${address}/choices`, { revision, choices });
    expect(saved.statusCode).toBe(200);
    revision = saved.json().revision;
  }
  expect((await admin.call("POST", `${address}/publish`, { revision })).json().state).toBe("publishing");
  await publishDataset(worker, { importId }, run);
  const { state, version } = await look(importId);
  expect(state).toBe("published");
  return (await admin.call("GET", `/api/admin/dataset-versions/${version!.id}`)).json();
}

const rowsOf = async (address: string, query: Record<string, string> = {}): Promise<RowPage> =>
  (await admin.call("GET", `${address}/rows?${new URLSearchParams(query)}`)).json();

async function sqliteOf(version: DatasetVersionView): Promise<DatabaseSync> {
  const file = version.files.find(({ path }) => path === "platform/tables.sqlite")!;
  const path = join(api.config.dataDir, `${file.sha256}.sqlite`);
  await writeFile(path, await api.blobs.read(file.sha256));
  return new DatabaseSync(path, { readOnly: true });
}

const USERS =
  "user_id,full_name,email\n900719925474099301,Ann Lee,ann@acme.io\n900719925474099303,Bo Ray,bo@acme.io\n";
const TICKETS = [
  "id,requester_email,priority,amount,opened_at,body",
  '1,ann@acme.io,high,10.50,2025-01-02T03:04:05Z,"call me at +49 30 1234567, or ann@acme.io"',
  "2,bo@acme.io,low,2.05,2025-01-03T03:04:05Z,it is broken",
  "3,ann@acme.io,low,300.00,2025-02-03T03:04:05Z,",
  "",
].join("\n");
const KEEP: ImportChoices = { columns: {}, leftOut: [], candidateFiles: "original" };

describe.skipIf(process.getuid?.() !== 0)("a dataset (needs root)", () => {
  it("becomes a version whose files are what was uploaded, the same bytes each time", async () => {
    const datasetId = await newDataset("Untouched");
    const importId = await importFiles(datasetId, { "users.csv": USERS });
    const view = await look(importId);
    expect(view).toMatchObject({ state: "ready", progress: { phase: "done", share: 1, rows: 2 } });
    expect(view.choices.columns).toEqual({ users: { full_name: "pseudonymise", email: "pseudonymise" } });
    const version = await publish(importId, KEEP);
    expect(version).toMatchObject({ number: 1, treated: [], parent: null, rows: 2, bytes: USERS.length });
    const given = version.files.filter(({ path }) => path.startsWith("candidate/"));
    const sha256 = createHash("sha256").update(USERS).digest("hex");
    expect(given).toEqual([{ path: "candidate/users.csv", sha256, bytes: USERS.length }]);
    const database = await sqliteOf(version);
    const statement = database.prepare("SELECT * FROM users");
    statement.setReadBigInts(true);
    expect(statement.all()[0]).toEqual({
      user_id: 900719925474099301n,
      full_name: "Ann Lee",
      email: "ann@acme.io",
    });
    database.close();
    // The same files in another dataset, read and written anew.
    const other = await publish(
      await importFiles(await newDataset("Untouched"), { "users.csv": USERS }),
      KEEP,
    );
    expect(other.sha256).toBe(version.sha256);
    // In the same dataset they are the version that is there.
    const again = await publish(await importFiles(datasetId, { "users.csv": USERS }), KEEP);
    expect(again.id).toBe(version.id);
  });

  it("has its columns treated so that joins hold and nothing personal is left", async () => {
    const datasetId = await newDataset("Treated");
    const importId = await importFiles(datasetId, { "users.csv": USERS, "tickets.csv": TICKETS });
    const { profile } = await look(importId);
    const body = profile!.tables[1]!.columns.find(({ name }) => name === "body")!;
    expect(body.findings.map(({ kind, where, matches }) => [kind, where, matches])).toEqual(
      expect.arrayContaining([["email", "inside", 1]]),
    );
    const version = await publish(importId, {
      columns: {
        users: { user_id: "pseudonymise", full_name: "mask", email: "pseudonymise" },
        tickets: { requester_email: "pseudonymise", body: "mask", priority: "drop" },
      },
      leftOut: [],
      candidateFiles: "original",
    });
    const database = await sqliteOf(version);
    const joined = database.prepare(
      "SELECT count(*) AS n, count(DISTINCT email) AS people FROM tickets JOIN users ON email = requester_email",
    );
    expect(joined.get()).toEqual({ n: 3, people: 2 });
    expect(database.prepare("SELECT typeof(user_id) AS type, full_name FROM users").get()).toEqual({
      type: "integer",
      full_name: "xxx xxx",
    });
    const columns = database.prepare("SELECT name FROM pragma_table_info('tickets')").all();
    expect(columns.map(({ name }) => name)).not.toContain("priority");
    database.close();
    // Nothing of it is left in any file, nor in the profile that the version keeps.
    for (const { sha256, path } of version.files) {
      const bytes = (await api.blobs.read(sha256)).toString("latin1");
      for (const secret of ["ann@acme", "bo@acme", "Ann Lee", "30 1234567"])
        expect([path, secret, bytes.includes(secret)]).toEqual([path, secret, false]);
    }
    expect(JSON.stringify(version)).not.toMatch(/ann@acme|Ann Lee|1234567/);
    expect(version.files.map(({ path }) => path)).toContain("candidate/csv/tickets.csv");

    // A version can be treated again; what it came from is remembered.
    const second = await start(datasetId, { versionId: version.id });
    await importDataset(worker, { importId: second }, run);
    expect((await look(second)).state).toBe("ready");
    const child = await publish(second, {
      columns: { users: { full_name: "drop" } },
      leftOut: ["tickets"],
      candidateFiles: "written",
    });
    expect(child).toMatchObject({ number: 2, parent: { id: version.id, number: 1 }, tables: 1 });
  });

  it("is paged through in the file's order, whatever its columns are called", async () => {
    const importId = await importFiles(await newDataset("Numbered"), {
      "t.csv": "id,File_Row_Number\n1,a\n2,b\n3,b\n",
    });
    const address = `/api/admin/dataset-imports/${importId}/tables/t`;
    expect((await rowsOf(address)).rows).toEqual([
      ["1", "a"],
      ["2", "b"],
      ["3", "b"],
    ]);
    const sorted = await rowsOf(address, { sort: "-File_Row_Number", pageSize: "2" });
    expect(sorted.rows.map(([id]) => id)).toEqual(["2", "3"]);
  });

  it("is paged through with filters and in any order, by the columns' types", async () => {
    const rows = Array.from(
      { length: 120 },
      (_, n) => `${n + 1},${n % 3 ? "low" : "high"},${(n * 7.5).toFixed(2)},"O'Hara ${n}"`,
    );
    const importId = await importFiles(await newDataset("Paged"), {
      "t.csv": `id,priority,amount,name\n${rows.join("\n")}\n`,
    });
    const version = await publish(importId, KEEP);
    for (const address of [
      `/api/admin/dataset-imports/${importId}/tables/t`,
      `/api/admin/dataset-versions/${version.id}/tables/t`,
    ]) {
      const first = await rowsOf(address, { pageSize: "2" });
      expect(first).toMatchObject({
        matching: 120,
        total: 120,
        rows: [
          ["1", "high", "0.00", "O'Hara 0"],
          ["2", "low", "7.50", "O'Hara 1"],
        ],
      });
      const filter = JSON.stringify([
        { column: "priority", comparison: "equals", value: "high" },
        { column: "amount", comparison: "more", value: "90.5" },
      ]);
      const found = await rowsOf(address, { filter, sort: "-id", pageSize: "3", page: "2" });
      expect([found.matching, found.rows.map(([id]) => id)]).toEqual([35, ["109", "106", "103"]]);
      const injected = JSON.stringify([{ column: "name", comparison: "contains", value: "o'hara 11" }]);
      expect((await rowsOf(address, { filter: injected })).matching).toBe(11);
    }
    const refused = `/api/admin/dataset-imports/${importId}/tables`;
    const codeOf = async (query: Record<string, string>, table = "t") =>
      ((await rowsOf(`${refused}/${table}`, query)) as unknown as { code: string }).code;
    expect(await codeOf({ sort: 'id" FROM t; --' })).toBe("dataset_rows_invalid");
    expect(await codeOf({ filter: '[{"column":"amount","comparison":"less","value":"x"}]' })).toBe(
      "dataset_rows_invalid",
    );
    expect(await codeOf({ filter: "[" })).toBe("dataset_rows_invalid");
    expect(await codeOf({}, "users")).toBe("dataset_table_not_found");
  });

  it("is refused with a code, and jobs that come twice find nothing to do", async () => {
    const lfs = `version https://git-lfs.github.com/spec/v1\noid sha256:${"0".repeat(64)}\nsize 5\n`;
    const id = await importFiles(await newDataset("Refused"), { "t.csv": lfs });
    expect(await look(id)).toMatchObject({
      state: "failed",
      failure: { code: "git_lfs_pointer", file: "t.csv" },
      profile: null,
    });
    await importDataset(worker, { importId: id }, run);
    expect(bailed).toContain("the import is failed");
    expect((await admin.call("POST", `/api/admin/dataset-imports/${id}/cancel`)).json().code).toBe(
      "dataset_import_over",
    );
  });

  it("can be cancelled while it is read", async () => {
    const rows = Array.from({ length: 400_000 }, (_, n) => `${n},text ${n},user${n}@acme.io`).join("\n");
    const uploadId = await upload("big.csv", `id,text,email\n${rows}\n`);
    const id = await start(await newDataset("Cancelled"), { files: [{ uploadId }] });
    const working = importDataset(worker, { importId: id }, run);
    await expect.poll(async () => (await look(id)).progress.phase, { timeout: 20_000 }).toBe("reading");
    expect((await admin.call("POST", `/api/admin/dataset-imports/${id}/cancel`)).json().state).toBe(
      "cancelled",
    );
    await working;
    expect(await look(id)).toMatchObject({ state: "cancelled", profile: null });
  });

  it("takes no choices that do not fit, nor stale ones", async () => {
    const id = await importFiles(await newDataset("Choices"), { "users.csv": USERS });
    const save = async (revision: number, choices: object) =>
      (await admin.call("PUT", `/api/admin/dataset-imports/${id}/choices`, { revision, choices })).json()
        .code;
    const all = { user_id: "drop", full_name: "drop", email: "drop" };
    expect(await save(1, { columns: { users: { nope: "drop" } } })).toBe("dataset_choices_invalid");
    expect(await save(1, { columns: { users: all } })).toBe("dataset_choices_invalid");
    expect(await save(1, { leftOut: ["users"] })).toBe("dataset_choices_invalid");
    expect(await save(1, { columns: { users: { email: "mask" } } })).toBeUndefined();
    expect(await save(1, {})).toBe("dataset_import_conflict");
    const actions = await api.db
      .selectFrom("audit_event")
      .select("action")
      .orderBy("id", "desc")
      .limit(1)
      .execute();
    expect(actions).toEqual([{ action: "dataset.choose_columns" }]);
  });
});
