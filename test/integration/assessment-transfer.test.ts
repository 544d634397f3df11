import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { END_OF_TAR, paddingOf, tarHeader } from "../../services/shared/archive/tar-format.ts";
import type { AssessmentDraft } from "../../services/shared/contracts/assessment-draft.ts";
import type { AssessmentImportView } from "../../services/shared/contracts/assessment-transfer.ts";
import type { AssessmentDetail } from "../../services/shared/contracts/composer.ts";
import type { DatasetManifest } from "../../services/shared/contracts/dataset.ts";
import { draftFindings } from "../../services/shared/domain/composer/draft-findings.ts";
import type { WorkerContext } from "../../services/worker/context.ts";
import { importAssessment } from "../../services/worker/jobs/import-assessment.ts";
import { completeDraft, pinsOfVersion } from "../support/assessment-fixture.ts";
import { writeTree } from "../support/fixtures.ts";
import { publishVersion } from "../support/platform-version.ts";
import { parquetOf } from "../support/studio-fixture.ts";
import { type Client, startTestApi, type TestApi } from "../support/test-api.ts";

const PATH = "/api/admin/assessments";
const NOWHERE = "00000000-0000-4000-8000-000000000000";

let here: TestApi;
let there: TestApi;
let admins: Map<TestApi, Client>;
let exported: Buffer;
let assessmentId: string;

beforeAll(async () => {
  [here, there] = await Promise.all([startTestApi(), startTestApi()]);
  admins = new Map([
    [here, await here.staff("admin")],
    [there, await there.staff("admin")],
  ]);
  const starter = await writeTree(here.blobs, { "src/a.py": "print('a')", "NOTES.md": "# Notes" });
  const trees = { starterTreeSha256: starter.sha256, practiceTreeSha256: starter.sha256 };
  const published = await publishVersion(here.db, here.blobs, trees);
  const created = await admins.get(here)!.call("POST", PATH, { title: "Route the tickets" });
  assessmentId = created.json().id;
  const content = completeDraft({
    ...(await pinsOfVersion(here.db, published)),
    starter: {
      source: { kind: "version", assessmentVersionId: published },
      files: [{ path: "b.md", text: "b" }],
    },
  });
  await admins.get(here)!.call("PUT", `${PATH}/${assessmentId}/draft`, { revision: 1, content });
  const response = await admins.get(here)!.call("GET", `${PATH}/${assessmentId}/export`);
  expect(response.statusCode).toBe(200);
  exported = response.rawPayload;
});
afterAll(async () => {
  await here?.close();
  await there?.close();
});

async function importInto(api: TestApi, file: Buffer): Promise<AssessmentImportView> {
  const { sha256, bytes } = await api.blobs.write(file);
  const upload = await api.db
    .insertInto("upload")
    .values({
      purpose: "assessment",
      state: "stored",
      file_name: "a.tar.zst",
      bytes,
      received: bytes,
      sha256,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const admin = admins.get(api)!;
  const asked = await admin.call("POST", `${PATH}/import`, { uploadId: upload.id });
  expect(asked.statusCode).toBe(202);
  const context = { db: api.db, blobs: api.blobs, config: api.config } as unknown as WorkerContext;
  const run = { bailOut() {}, isLastTry: false } as never;
  await importAssessment(context, { importId: asked.json().id }, run);
  return (await admin.call("GET", `${PATH}/imports/${asked.json().id}`)).json();
}

interface Part {
  name: string;
  content: Buffer;
  type?: "file" | "symlink";
}

function partsOf(file: Buffer): Part[] {
  const tar = zstdDecompressSync(file);
  const parts: Part[] = [];
  for (let at = 0; tar[at] !== 0; ) {
    const name = tar.toString("latin1", at, at + 100).replace(/\0.*$/s, "");
    const size = Number.parseInt(tar.toString("latin1", at + 124, at + 135), 8);
    parts.push({ name, content: tar.subarray(at + 512, at + 512 + size) });
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return parts;
}

function fileOf(parts: Part[]): Buffer {
  const blocks = parts.flatMap(({ name, content, type = "file" }) => [
    tarHeader({
      type,
      path: Buffer.from(name),
      mode: 0o644,
      mtimeMs: 0,
      owner: 0,
      size: content.length,
      ...(type === "symlink" ? { target: Buffer.from("/etc/passwd") } : {}),
    }),
    content,
    paddingOf(content.length),
  ]);
  return zstdCompressSync(Buffer.concat([...blocks, END_OF_TAR]));
}

type Manifest = Record<string, never> & {
  datasets: { manifest: Pick<DatasetManifest, "files" | "tables"> }[];
};

/** The export with another manifest. */
function withManifest(change: (manifest: Manifest) => void, more: Part[] = []): Buffer {
  const [first, ...rest] = partsOf(exported);
  const manifest = JSON.parse(first!.content.toString());
  change(manifest);
  return fileOf([{ ...first!, content: Buffer.from(JSON.stringify(manifest)) }, ...rest, ...more]);
}

function blobPart(content: Buffer): Part & { sha256: string } {
  const sha256 = createHash("sha256").update(content).digest("hex");
  return { name: `blobs/${sha256}`, content, sha256 };
}

async function sqliteFile(sql: string): Promise<Buffer> {
  const directory = await mkdtemp(join(tmpdir(), "worksample-test-"));
  try {
    const database = new DatabaseSync(join(directory, "a.sqlite"));
    database.exec(sql);
    database.close();
    return await readFile(join(directory, "a.sqlite"));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function withDatabase(content: Buffer): Buffer {
  const part = blobPart(content);
  return withManifest(
    (manifest) => {
      const file = { path: "platform/tables.sqlite", sha256: part.sha256, bytes: content.length };
      manifest.datasets[0]!.manifest.files.push(file);
    },
    [part],
  );
}

/** With one table `t` of one row and one column, paged through in this file. */
function withParquet(content: Buffer): Buffer {
  const part = blobPart(content);
  return withManifest(
    (manifest) => {
      const { files, tables } = manifest.datasets[0]!.manifest;
      files.push({ path: "platform/t.parquet", sha256: part.sha256, bytes: content.length });
      tables.push({
        name: "t",
        rows: 1,
        columns: [{ name: "id", type: "text", description: "" }],
        preview: [],
      });
    },
    [part],
  );
}

describe("an export", () => {
  it("becomes the same draft on another instance, and nothing twice", async () => {
    const first = await importInto(there, exported);
    expect(first).toMatchObject({ state: "done", problems: [] });
    expect(first.parts.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual([
      "dataset created",
      "mock_api created",
      "starter created",
      "assessment created",
    ]);
    const read = async (api: TestApi, id: string): Promise<AssessmentDetail> =>
      (await admins.get(api)!.call("GET", `${PATH}/${id}`)).json();
    const original = (await read(here, assessmentId)).draft.content;
    const { draft } = await read(there, first.assessmentId!);
    expect({ ...draft.content, starter: 0, datasets: 0, mockApis: 0 }).toEqual({
      ...original,
      starter: 0,
      datasets: 0,
      mockApis: 0,
    });
    expect(draft.content.starter.files).toEqual(original.starter.files);
    expect(draft.starterImports).toMatchObject([{ state: "ready", files: 2 }]);
    expect(draft.pinnedDatasets).toHaveLength(1);
    expect(draft.pinnedMockApis).toHaveLength(1);

    const second = await importInto(there, exported);
    expect(second.assessmentId).toBe(first.assessmentId);
    expect(new Set(second.parts.map(({ outcome }) => outcome))).toEqual(new Set(["reused"]));
  });

  it("read where it was written finds that all is there", async () => {
    const again = await importInto(here, exported);
    expect(again.assessmentId).toBe(assessmentId);
    expect(again.parts.filter(({ outcome, kind }) => outcome === "created" && kind !== "starter")).toEqual(
      [],
    );
  });

  it("cannot pass other data off under the digest of what is here", async () => {
    const content = Buffer.from("poison");
    const part = blobPart(content);
    const forged = withManifest(
      (manifest) => {
        manifest.datasets[0]!.manifest.files.push({ path: "candidate/x", sha256: part.sha256, bytes: 6 });
      },
      [part],
    );
    const { parts } = await importInto(there, forged);
    expect(parts[0]).toMatchObject({ kind: "dataset", outcome: "created" });
    const rows = await there.db.selectFrom("dataset_version").select("sha256").execute();
    expect(new Set(rows.map(({ sha256 }) => sha256)).size).toBe(rows.length);
  });
});

describe("models of an export", () => {
  const models = (modelIds: string[]): AssessmentDraft["models"] => ({
    kind: "metered",
    models: [{ alias: "small", modelIds }],
    budget: { usd: 5, tokens: null },
    limits: { requestsPerMin: 60, parallel: 4, maxOutputTokens: 4096 },
    assistant: null,
  });
  const setUp = async (api: TestApi, name: string) => {
    const upstream = {
      name: "House",
      baseUrl: "http://models.house.example/v1",
      apiKey: "sk-0123456789abcdef",
    };
    const admin = admins.get(api)!;
    const made = await admin.call("POST", "/api/admin/model-upstreams", upstream);
    const { items } = (await admin.call("GET", "/api/admin/model-upstreams")).json();
    expect([201, 409]).toContain(made.statusCode);
    const { id } = items.find((item: { name: string }) => item.name === "House");
    const body = { name, kind: "chat", price: null };
    const added = await admin.call("POST", `/api/admin/model-upstreams/${id}/models`, body);
    return added.json().models.find((model: { name: string }) => model.name === name).id as string;
  };
  const exportWith = async (modelIds: string[]): Promise<Buffer> => {
    const admin = admins.get(here)!;
    const created = await admin.call("POST", PATH, { title: `With models ${modelIds.length}` });
    const { id } = created.json();
    const content = completeDraft({ title: `With models ${modelIds.length}`, models: models(modelIds) });
    await admin.call("PUT", `${PATH}/${id}/draft`, { revision: 1, content });
    return (await admin.call("GET", `${PATH}/${id}/export`)).rawPayload;
  };
  const draftOf = async (view: AssessmentImportView): Promise<AssessmentDetail["draft"]> =>
    (await admins.get(there)!.call("GET", `${PATH}/${view.assessmentId}`)).json().draft;

  it("are found again by the names of upstream and model, and named where they are not there", async () => {
    const [known, unknown] = [await setUp(here, "small"), await setUp(here, "huge")];
    const local = await setUp(there, "small");
    const file = await exportWith([known, unknown, NOWHERE]);
    const view = await importInto(there, file);
    expect(view.parts.filter(({ kind }) => kind === "model")).toEqual(
      expect.arrayContaining([
        { kind: "model", title: "small of House", outcome: "reused" },
        { kind: "model", title: "huge of House", outcome: "missing" },
      ]),
    );
    const { content, pinnedModels } = await draftOf(view);
    expect(content.models).toMatchObject({
      models: [{ alias: "small", modelIds: [local], missing: [{ upstream: "House", name: "huge" }] }],
    });
    expect(pinnedModels).toMatchObject([{ modelId: local, name: "small", upstreamName: "House" }]);
    const found = draftFindings(content, ["workbench"]).map(({ message }) => message);
    expect(found).toContain('The model "huge" of the upstream "House" is not on this instance.');
    expect((await importInto(there, file)).assessmentId).toBe(view.assessmentId);
  });

  it("take neither keys nor addresses along", async () => {
    const text = partsOf(await exportWith([await setUp(here, "medium")]))[0]!.content.toString();
    expect(text).toContain("medium");
    expect(text).not.toMatch(/house\.example|sk-0123|key_sealed|baseUrl/);
  });

  it("are refused when the draft names one that is not in the file", async () => {
    const [first, ...rest] = partsOf(await exportWith([await setUp(here, "tiny")]));
    const manifest = JSON.parse(first!.content.toString());
    manifest.models = [];
    const forged = fileOf([{ ...first!, content: Buffer.from(JSON.stringify(manifest)) }, ...rest]);
    expect(await importInto(there, forged)).toMatchObject({ state: "failed" });
  });

  it("need not be in a file that an earlier version wrote", async () => {
    const earlier = withManifest((manifest) => {
      delete (manifest as Record<string, unknown>).models;
    });
    expect(await importInto(there, earlier)).toMatchObject({ state: "done" });
  });
});

describe("a hostile export is refused, and makes nothing", () => {
  const symlink: Part = { name: `blobs/${"0".repeat(64)}`, content: Buffer.alloc(0), type: "symlink" };
  const cases: Record<string, () => Buffer | Promise<Buffer>> = {
    "no zstd": () => Buffer.from("PK\u0003\u0004 not an export"),
    "no tar": () => zstdCompressSync(Buffer.alloc(4096, 1)),
    "no manifest": () => fileOf(partsOf(exported).slice(1)),
    "cut off": () => exported.subarray(0, exported.length - 20),
    "a part is missing": () => fileOf(partsOf(exported).slice(0, -1)),
    "a part nobody asked for": () => fileOf([...partsOf(exported), blobPart(Buffer.from("more"))]),
    "a part twice": () => fileOf([...partsOf(exported), partsOf(exported).at(-1)!]),
    "a part with other content": () =>
      fileOf(
        partsOf(exported).map((part, index, { length }) =>
          index === length - 1 ? { ...part, content: Buffer.alloc(part.content.length, 7) } : part,
        ),
      ),
    "a link": () => fileOf([...partsOf(exported), symlink]),
    "a dataset path that leads out": () =>
      withManifest((manifest) => {
        manifest.datasets[0]!.manifest.files[0]!.path = "candidate/../../../etc/cron.d/x";
      }),
    "a size that is not true": () =>
      withManifest((manifest) => {
        manifest.datasets[0]!.manifest.files[0]!.bytes += 1;
      }),
    "more than a disk holds": () =>
      withManifest((manifest) => {
        manifest.datasets[0]!.manifest.files[0]!.bytes = 2 ** 50;
      }),
    "a pin of something else": () =>
      withManifest((manifest) => {
        (manifest as unknown as { mockApis: unknown[] }).mockApis = [];
      }),
    "an API that cannot be served": () =>
      withManifest((manifest) => {
        (manifest as unknown as { mockApis: { document: object }[] }).mockApis[0]!.document = {
          openapi: "2.0",
        };
      }),
    "a database with a trigger": async () =>
      withDatabase(
        await sqliteFile("create table a (b); create trigger c after insert on a begin select 1; end"),
      ),
    "a database with a virtual table": async () =>
      withDatabase(await sqliteFile("create virtual table a using fts5 (b)")),
    "a database that computes megabytes of every row that is read": async () =>
      withDatabase(
        await sqliteFile("create table a (b, c as (hex(zeroblob(4000000)))); insert into a values (1)"),
      ),
    "text that no database holds": () =>
      withManifest((manifest) => {
        (manifest as unknown as { title: string }).title = "NUL \0";
      }),
    "rows to page through that are no Parquet": () => withParquet(Buffer.from("PAR1 no PAR1")),
    "rows to page through that are no texts": async () => withParquet(await parquetOf("SELECT 1 AS id")),
    "rows to page through of other columns": async () => withParquet(await parquetOf("SELECT '1' AS other")),
    "rows to page through that are more": async () =>
      withParquet(await parquetOf("SELECT i::VARCHAR AS id FROM range(3) t(i)")),
    "a database that is damaged": async () => {
      const file = await sqliteFile("create table a (b); insert into a values (randomblob(20000))");
      return withDatabase(Buffer.concat([file.subarray(0, 4096), Buffer.alloc(file.length - 4096, 255)]));
    },
  };

  it.each(Object.keys(cases))("%s", async (name) => {
    const count = () =>
      there.db
        .selectFrom("assessment")
        .select((e) => [
          e.fn.countAll<number>().as("assessments"),
          e
            .selectFrom("dataset_version")
            .select((x) => x.fn.countAll<number>().as("n"))
            .as("datasets"),
        ])
        .executeTakeFirstOrThrow();
    const before = await count();
    const view = await importInto(there, await cases[name]!());
    expect(view.state).toBe("failed");
    expect(view.problems[0]).toMatch(/^[A-Z].*\.$/);
    expect(view.problems[0]).not.toContain("on our side");
    expect(await count()).toEqual(before);
  });

  it("while a plain database is taken", async () => {
    const view = await importInto(
      there,
      withDatabase(await sqliteFile("create table a (b); create index c on a (b)")),
    );
    expect(view).toMatchObject({ state: "done", problems: [] });
  });

  it("while rows of texts are taken, and paged through", async () => {
    const view = await importInto(there, withParquet(await parquetOf("SELECT '7' AS id")));
    expect(view).toMatchObject({ state: "done", problems: [] });
    const { id } = await there.db
      .selectFrom("dataset_version")
      .select("id")
      .orderBy("created_at", "desc")
      .limit(1)
      .executeTakeFirstOrThrow();
    const page = await admins.get(there)!.call("GET", `/api/admin/dataset-versions/${id}/tables/t/rows`);
    expect(page.json()).toMatchObject({ rows: [["7"]], total: 1 });
  });
});
