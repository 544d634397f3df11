import { mkdtempSync, rmSync } from "node:fs";
import { createServer, get } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { TokenSealer } from "../../shared/domain/sealed-token.ts";
import { compileMockApi } from "../../shared/mock-api/compile/compile-mock-api.ts";
import { createLog } from "../../shared/observability/log.ts";
import { MockApiService } from "./mock-api-service.ts";
import { digestKey } from "./request/authenticate.ts";
import { findRoute } from "./request/match-route.ts";
import { sendAnswer } from "./send-outcome.ts";
import { AttemptState } from "./state/attempt-state.ts";
import { buildBase } from "./state/build-base.ts";
import { MemoryRecordStore } from "./state/record-store.ts";

const integer = { type: "integer" };
const query = (name: string) => ({ name, in: "query", schema: integer });
const id = { name: "id", in: "path", required: true, schema: integer };
const json = { "application/json": { schema: {} } };
const answer = (status: number) => ({ [status]: { description: "", content: json } });
const body = { requestBody: { required: true, content: json } };
const document = {
  openapi: "3.1.0",
  info: { title: "", version: "" },
  paths: {
    "/pets": {
      get: { operationId: "list", parameters: [query("page"), query("size")], responses: answer(200) },
      post: { operationId: "create", ...body, responses: answer(201) },
    },
    "/skip": { get: { operationId: "skip", parameters: [query("offset")], responses: answer(200) } },
    "/pets/{id}": {
      get: { operationId: "read", parameters: [id], responses: answer(200) },
      put: { operationId: "replace", parameters: [id], ...body, responses: answer(200) },
    },
  },
};
const collection = { collection: "pets" };
const limits = { defaultLimit: 3, maxLimit: 5 };
const bindings = {
  formatVersion: 1,
  collections: {
    pets: {
      table: "pets",
      id: "id",
      properties: {
        id: { type: "integer" },
        name: { type: "string" },
        city: { type: "string", nullable: true, as: "address.city" },
      },
    },
  },
  operations: {
    list: {
      kind: "list",
      ...collection,
      sort: { properties: ["id"], default: "id" },
      page: { style: "page", page: "page", limit: "size", ...limits },
      envelope: { items: "items", fields: { "meta.total": "total", "meta.pages": "pages" } },
      headers: { Link: "links" },
    },
    skip: {
      kind: "list",
      ...collection,
      sort: { properties: ["id"], default: "-id" },
      page: { style: "offset", offset: "offset", ...limits },
      envelope: { items: null },
      headers: { "X-Total-Count": "total" },
    },
    read: { kind: "read", ...collection, parameter: "id", wrap: "pet" },
    create: {
      kind: "create",
      ...collection,
      accept: ["name", "city"],
      defaults: { id: { sequence: { prefix: "", digits: 1 } } },
    },
    replace: { kind: "put", ...collection, parameter: "id", accept: ["name", "city"], createMissing: true },
  },
};

let base: string;
let close: () => void;
beforeAll(async () => {
  const directory = mkdtempSync(join(tmpdir(), "bindings-"));
  const source = new DatabaseSync(join(directory, "source.sqlite"));
  source.exec("CREATE TABLE pets (id INTEGER, name TEXT, city TEXT)");
  for (let number = 1; number <= 10; number++)
    source.exec(`INSERT INTO pets VALUES (${number}, 'pet ${number}', 'Ulm')`);
  source.close();
  const api = compileMockApi(document, bindings);
  buildBase(join(directory, "source.sqlite"), join(directory, "base.sqlite"), api.storage);
  const store = new MemoryRecordStore();
  const state = await AttemptState.open(
    join(directory, "base.sqlite"),
    api.storage,
    store,
    api.bindings.quota,
  );
  const service = new MockApiService({
    api,
    keyDigest: digestKey("key"),
    seed: "seed",
    sealer: new TokenSealer("a secret of the tests, long enough"),
    log: createLog("gateway", "silent"),
    withState: async (action) => action(state),
  });
  const server = createServer((request, response) => {
    const route = findRoute(api, request.method ?? "GET", request.url ?? "/");
    void service.answer(request, response, route).then((found) => found && sendAnswer(response, found, true));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () => {
    server.closeAllConnections();
    server.close();
    state.close();
    rmSync(directory, { recursive: true, force: true });
  };
});
afterAll(() => close());

const send = (method: string, path: string, value?: object) =>
  fetch(base + path, {
    method,
    ...(value ? { body: JSON.stringify(value), headers: { "content-type": "application/json" } } : {}),
  });

test("numbered pages say how many there are, and link to the others", async () => {
  const found = await send("GET", "/pets?page=2&size=4");
  const page = await found.json();
  expect(page.items.map((pet: { id: number }) => pet.id)).toEqual([5, 6, 7, 8]);
  expect(page.items[0]).toEqual({ id: 5, name: "pet 5", address: { city: "Ulm" } });
  expect(page.meta).toEqual({ total: 10, pages: 3 });
  const link = (number: number, relation: string) =>
    `<${base}/pets?page=${number}&size=4>; rel="${relation}"`;
  expect(found.headers.get("link")).toBe(
    [link(1, "first"), link(1, "prev"), link(3, "next"), link(3, "last")].join(", "),
  );
  expect((await send("GET", "/pets?page=0")).status).toBe(422);
  expect((await send("GET", "/pets?size=6")).status).toBe(422);
});

test("an offset skips, and a list may be bare", async () => {
  const found = await send("GET", "/skip?offset=8");
  expect((await found.json()).map((pet: { id: number }) => pet.id)).toEqual([2, 1]);
  expect(found.headers.get("x-total-count")).toBe("10");
});

test("numbers identify: create counts on, put replaces or creates", async () => {
  const created = await (await send("POST", "/pets", { name: "new", address: { city: "Bonn" } })).json();
  expect(created).toEqual({ id: 11, name: "new", address: { city: "Bonn" } });
  expect((await send("POST", "/pets", { name: 5 })).status).toBe(422);
  const replaced = await (await send("PUT", "/pets/3", { name: "other" })).json();
  expect(replaced).toEqual({ id: 3, name: "other", address: { city: null } });
  expect(await (await send("GET", "/pets/3")).json()).toEqual({ pet: replaced });
  expect((await send("PUT", "/pets/50", { name: "fifty" })).status).toBe(200);
  expect((await (await send("GET", "/pets/50")).json()).pet.name).toBe("fifty");
  expect((await send("GET", "/pets/051")).status).toBe(404);
  expect((await (await send("GET", "/pets?size=1")).json()).meta.total).toBe(12);
});

test("a list is answered anew once something was written, and links to the host it was asked of", async () => {
  const totalOf = async () => (await (await send("GET", "/pets?size=1")).json()).meta.total;
  const before = await totalOf();
  expect(await totalOf()).toBe(before);
  expect((await send("POST", "/pets", { name: 5 })).status).toBe(422);
  expect(await totalOf()).toBe(before);
  await send("POST", "/pets", { name: "one more" });
  expect(await totalOf()).toBe(before + 1);
  const linkAt = (host: string) =>
    new Promise((resolve, reject) => {
      const { port } = new URL(base);
      get({ host: "127.0.0.1", port, path: "/pets?page=1&size=4", headers: { host } }, (response) => {
        response.resume();
        resolve(response.headers.link);
      }).on("error", reject);
    });
  expect(await linkAt("one.internal")).toContain("<http://one.internal/pets?page=2");
  expect(await linkAt("other.internal")).toContain("<http://other.internal/pets?page=2");
});
