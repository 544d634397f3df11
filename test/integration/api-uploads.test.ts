import { createHash, randomBytes } from "node:crypto";
import { readdir, stat, writeFile } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { execa } from "execa";
import * as tus from "tus-js-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { registerRequestTimeout } from "../../services/api/plugins/request-timeout.ts";
import { MAX_UPLOAD_BYTES, UPLOADS_PATH } from "../../services/shared/contracts/upload.ts";
import { removeExpired } from "../../services/worker/datasets/expire-uploads.ts";
import { type Client, startTestApi, type TestApi } from "../support/test-api.ts";

const BYTES = { "content-type": "application/offset+octet-stream" };
const metadata = (filename: string) =>
  `filename ${Buffer.from(filename).toString("base64")},purpose ${Buffer.from("dataset").toString("base64")}`;
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

let api: TestApi;
let admin: Client;
let address: string;
beforeAll(async () => {
  api = await startTestApi();
  admin = await api.token("admin:write", "admin:read");
  await api.app.listen({ host: "127.0.0.1", port: 0 });
  address = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`;
});
afterAll(() => api?.close());

function call(
  method: "POST" | "PATCH" | "HEAD" | "DELETE" | "GET",
  url: string,
  headers = {},
  body?: Buffer,
) {
  return api.app.inject({
    method,
    url,
    headers: { ...admin.headers, "tus-resumable": "1.0.0", ...headers },
    ...(body ? { payload: body } : {}),
  });
}

async function create(bytes: number, name = "tickets.csv"): Promise<string> {
  const headers = { "upload-length": String(bytes), "upload-metadata": metadata(name) };
  const created = await call("POST", UPLOADS_PATH, headers);
  expect(created.statusCode).toBe(201);
  return created.headers.location as string;
}

const rowOf = (location: string) =>
  api.db
    .selectFrom("upload")
    .selectAll()
    .where("id", "=", location.split("/").at(-1)!)
    .executeTakeFirstOrThrow();
const staged = () => readdir(join(api.config.dataDir, "uploads"));

describe("an upload that several are at", () => {
  const content = randomBytes(300_000);
  const other = randomBytes(300_000);
  const bytesFrom = (offset: number) => ({ ...BYTES, "upload-offset": String(offset) });

  it.each([
    ["looked at while its last bytes come", ["PATCH", "HEAD", "HEAD", "GET", "HEAD"]],
    ["sent twice at once", ["PATCH", "PATCH", "HEAD", "PATCH"]],
    ["cancelled meanwhile", ["PATCH", "DELETE", "HEAD", "PATCH"]],
  ] as const)("fails nobody on our side: %s", async (_name, methods) => {
    for (let round = 0; round < 8; round++) {
      const location = await create(content.length);
      const answers = await Promise.allSettled(
        methods.map((method, index) =>
          method === "PATCH"
            ? call(method, location, bytesFrom(0), index === 0 ? content : other)
            : call(method, location),
        ),
      );
      for (const answer of answers)
        if (answer.status === "fulfilled")
          expect(answer.value.statusCode, answer.value.body).toBeLessThan(500);
        // Whoever is taken over from may be hung up on.
        else expect(answer.reason.name).toBe("AbortError");
      const { state, sha256: digest } = await rowOf(location);
      // Of one sender or of the other, never of both.
      if (state === "stored") expect([sha256(content), sha256(other)]).toContain(digest);
      else expect(state).not.toBe("failed");
      const events = await api.db
        .selectFrom("audit_event")
        .select("action")
        .where("subject_id", "=", location.split("/").at(-1)!)
        .where("action", "=", "upload.complete")
        .execute();
      expect(events).toHaveLength(state === "stored" ? 1 : 0);
      // One that was interrupted half-way waits to be gone on with.
      if (state === "receiving") await call("DELETE", location);
    }
  });
});

describe("an upload", () => {
  it("is one request of curl, and becomes the blob of its digest", async () => {
    const bytes = randomBytes(3_000_000);
    const file = join(api.config.dataDir, "tickets.csv");
    await writeFile(file, bytes);
    const { stdout } = await execa("curl", [
      ...["-sS", "-X", "POST", "-H", `Authorization: ${admin.headers.authorization}`],
      ...[
        "-H",
        `Upload-Length: ${bytes.length}`,
        "-H",
        `Upload-Metadata: ${metadata("../..\\été\u0000.csv")}`,
      ],
      ...["-H", "Content-Type: application/offset+octet-stream", "--data-binary", `@${file}`],
      `${address}${UPLOADS_PATH}`,
    ]);
    const view = JSON.parse(stdout);
    expect(view).toMatchObject({ state: "stored", received: bytes.length, fileName: "été.csv" });
    expect((await rowOf(view.id)).sha256).toBe(sha256(bytes));
    expect(sha256(await api.blobs.read(sha256(bytes)))).toBe(sha256(bytes));
    expect(await staged()).toEqual([]);
    const actions = await api.db
      .selectFrom("audit_event")
      .select("action")
      .where("subject_id", "=", view.id)
      .orderBy("id")
      .execute();
    expect(actions.map(({ action }) => action)).toEqual(["upload.create", "upload.complete"]);
  });

  it("goes with the tus project's own client, in pieces", async () => {
    const bytes = randomBytes(1_200_000);
    const url = await new Promise<string>((resolve, reject) => {
      const upload = new tus.Upload(bytes, {
        endpoint: `${address}${UPLOADS_PATH}`,
        chunkSize: 500_000,
        metadata: { filename: "a.jsonl", purpose: "dataset" },
        headers: { Authorization: admin.headers.authorization! },
        onError: reject,
        onSuccess: () => resolve(upload.url!),
      });
      upload.start();
    });
    expect((await rowOf(url)).sha256).toBe(sha256(bytes));
  });

  it("goes on from where a broken connection left it, also in a restarted api", async () => {
    const bytes = randomBytes(400_000);
    const location = await create(bytes.length);
    await new Promise<void>((resolve) => {
      const request = httpRequest(`${address}${location}`, {
        method: "PATCH",
        headers: { ...admin.headers, ...BYTES, "upload-offset": "0", "content-length": bytes.length },
      });
      request.on("error", () => resolve());
      request.write(bytes.subarray(0, 150_000), () => setTimeout(() => request.destroy(), 100));
    });
    let offset = 0;
    await expect
      .poll(async () => {
        offset = Number((await call("HEAD", location)).headers["upload-offset"]);
        return offset;
      })
      .toBeGreaterThan(0);
    expect(offset).toBeLessThanOrEqual(150_000);
    // Nothing but the row and the staged file says so: another process would answer the same.
    expect((await stat(join(api.config.dataDir, "uploads", location.split("/").at(-1)!))).size).toBe(offset);
    const wrong = await call("PATCH", location, { ...BYTES, "upload-offset": "1" }, bytes.subarray(1));
    expect([wrong.statusCode, wrong.json().code]).toEqual([409, "upload_offset"]);
    const rest = { ...BYTES, "upload-offset": String(offset) };
    expect((await call("PATCH", location, rest, bytes.subarray(offset))).statusCode).toBe(204);
    expect((await rowOf(location)).sha256).toBe(sha256(bytes));
  });

  it("is stored at the next look when the api died between its last byte and storing it", async () => {
    const bytes = randomBytes(5000);
    const location = await create(bytes.length);
    const path = join(api.config.dataDir, "uploads", location.split("/").at(-1)!);
    await writeFile(path, bytes);
    expect((await call("HEAD", location)).headers["upload-offset"]).toBe("5000");
    expect((await rowOf(location)).sha256).toBe(sha256(bytes));
  });

  it("lets a newcomer take over from a request that hangs", async () => {
    const bytes = randomBytes(2000);
    const location = await create(bytes.length);
    const headers = { ...admin.headers, ...BYTES, "upload-offset": "0", "content-length": "2000" };
    const hanging = httpRequest(`${address}${location}`, { method: "PATCH", headers });
    const ended = new Promise((resolve) => hanging.on("error", resolve).on("response", resolve));
    await new Promise<void>((resolve) => void hanging.write(bytes.subarray(0, 700), () => resolve()));
    await expect.poll(async () => (await call("HEAD", location)).headers["upload-offset"]).toBe("700");
    const answer = await call("PATCH", location, { ...BYTES, "upload-offset": "700" }, bytes.subarray(700));
    expect(answer.statusCode).toBe(204);
    await ended;
    hanging.destroy();
    expect((await rowOf(location)).sha256).toBe(sha256(bytes));
  });

  it("is cancelled with everything it left", async () => {
    const location = await create(1000);
    await call("PATCH", location, { ...BYTES, "upload-offset": "0" }, Buffer.alloc(10));
    expect((await call("DELETE", location)).statusCode).toBe(204);
    expect(await staged()).toEqual([]);
    const gone = await call("PATCH", location, { ...BYTES, "upload-offset": "10" }, Buffer.alloc(10));
    expect([gone.statusCode, gone.json().code]).toEqual([410, "upload_expired"]);
  });

  it("expires when nothing is added to it", async () => {
    const [old, young] = [await create(10), await create(10)];
    const long = new Date(Date.now() - 3600_000);
    await api.db
      .updateTable("upload")
      .set({ updated_at: long })
      .where("id", "=", (await rowOf(old)).id)
      .execute();
    for (const location of [old, young])
      await execa("touch", [
        "-d",
        "2 hours ago",
        join(api.config.dataDir, "uploads", location.split("/").at(-1)!),
      ]);
    await removeExpired(api, 1800);
    expect((await call("HEAD", old)).statusCode).toBe(410);
    expect((await call("HEAD", young)).statusCode).toBe(200);
    expect(await staged()).toEqual([young.split("/").at(-1)]);
    await call("DELETE", young);
  });
});

describe("an upload is refused", () => {
  it.each([
    ["without a length", { "upload-metadata": metadata("a") }, 400, "upload_invalid"],
    ["without a purpose", { "upload-length": "5" }, 400, "upload_invalid"],
    [
      "when it is larger than 2 GiB",
      { "upload-length": String(MAX_UPLOAD_BYTES + 1), "upload-metadata": metadata("a") },
      413,
      "upload_too_large",
    ],
    ["in another version of tus", { "tus-resumable": "0.2.2" }, 412, "tus_version"],
  ])("%s", async (_, headers, status, code) => {
    const answer = await call("POST", UPLOADS_PATH, headers);
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
  });

  it("when it brings more than it announced, and nothing of that is kept", async () => {
    const location = await create(10);
    const more = await call("PATCH", location, { ...BYTES, "upload-offset": "0" }, Buffer.alloc(11));
    expect([more.statusCode, more.json().code]).toEqual([400, "upload_invalid"]);
    const headers = { ...admin.headers, ...BYTES, "upload-offset": "0", "transfer-encoding": "chunked" };
    await new Promise<void>((resolve) => {
      const request = httpRequest(`${address}${location}`, { method: "PATCH", headers });
      request.on("response", () => resolve()).on("error", () => resolve());
      request.end(Buffer.alloc(50_000));
    });
    expect((await call("HEAD", location)).headers["upload-offset"]).toBe("0");
    await call("DELETE", location);
  });

  it("when too much is announced at once", async () => {
    const open: string[] = [];
    let refused = await call("GET", `${UPLOADS_PATH}/00000000-0000-4000-8000-000000000000`);
    for (let count = 0; count < 9; count++) {
      const headers = { "upload-length": String(MAX_UPLOAD_BYTES), "upload-metadata": metadata("big") };
      refused = await call("POST", UPLOADS_PATH, headers);
      if (refused.statusCode === 201) open.push(refused.headers.location as string);
    }
    expect(open).toHaveLength(8);
    expect([refused.statusCode, refused.json().code]).toEqual([429, "upload_quota"]);
    for (const location of open) await call("DELETE", location);
  });

  it("to whoever is no admin", async () => {
    const reviewer = await api.staff("reviewer");
    const reader = await api.token("admin:read");
    for (const [client, status] of [
      [api.anonymous, 401],
      [reviewer, 403],
      [reader, 403],
    ] as const) {
      const headers = { ...client.headers, "upload-length": "1", "upload-metadata": metadata("a") };
      const answer = await api.app.inject({ method: "POST", url: UPLOADS_PATH, headers });
      expect(answer.statusCode).toBe(status);
    }
  });
});

describe("a body that comes slowly", () => {
  it("is hung up on, unless it is an upload", async () => {
    const { fastify } = await import("fastify");
    const app = fastify({ requestTimeout: 0 });
    registerRequestTimeout(app as never, 200);
    const echo = async (request: { body: unknown }) => ({ got: request.body });
    app.post("/quick", echo);
    app.post("/slow", { config: { slowBody: true } }, echo);
    await app.listen({ host: "127.0.0.1", port: 0 });
    const { port } = app.server.address() as AddressInfo;
    const send = (path: string) =>
      new Promise<number | string>((resolve) => {
        const headers = { "content-type": "application/json", "content-length": 2 };
        const request = httpRequest({ port, host: "127.0.0.1", path, method: "POST", headers });
        request.on("response", (response) => resolve(response.resume().statusCode!));
        request.on("error", (error: NodeJS.ErrnoException) => resolve(error.code!));
        request.write("1");
        setTimeout(() => request.end("2"), 600);
      });
    expect(await send("/slow")).toBe(200);
    expect(await send("/quick")).toBe(408);
    await app.close();
  });
});
