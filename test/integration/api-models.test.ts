import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findPinnedModels } from "../../services/shared/assessments/pinned-material.ts";
import type { UpstreamView } from "../../services/shared/contracts/models.ts";
import { SecretBox } from "../../services/shared/domain/secret-box.ts";
import { openUpstreamKey } from "../../services/shared/models/upstream-key.ts";
import { type Client, startTestApi, type TestApi } from "../support/test-api.ts";
import { MODEL_LIST, startUpstream, type UpstreamStandIn } from "../support/upstream-stand-in.ts";

const KEY = "sk-first-0123456789wxyz";
const OTHER_KEY = "sk-other-0123456789abcd";
const PRICE = { inputUsdPerMTok: 0.25, cachedInputUsdPerMTok: 0.025, outputUsdPerMTok: 2 };
const NOBODY = "00000000-0000-4000-8000-000000000000";
const UPSTREAMS = "/api/admin/model-upstreams";

let api: TestApi;
let admin: Client;
let standIn: UpstreamStandIn;
let made = 0;

beforeAll(async () => {
  api = await startTestApi();
  admin = await api.staff("admin");
  standIn = await startUpstream({
    "/v1/models": MODEL_LIST,
    "/v1/chat/completions": { choices: [{ message: { content: "Hello" } }] },
  });
});
afterAll(async () => {
  standIn?.close();
  await api?.close();
});

async function create(fields: object = {}): Promise<UpstreamView> {
  made += 1;
  const body = { name: `House ${made}`, baseUrl: standIn.baseUrl, apiKey: KEY, ...fields };
  const answer = await admin.call("POST", UPSTREAMS, body);
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json();
}

const change = (id: string, body: object) => admin.call("PATCH", `${UPSTREAMS}/${id}`, body);
const test = (id: string, body: object = {}) => admin.call("POST", `${UPSTREAMS}/${id}/test`, body);
const add = (id: string, body: object) =>
  admin.call("POST", `${UPSTREAMS}/${id}/models`, { kind: "chat", price: PRICE, ...body });

async function keyOf(id: string): Promise<string | null> {
  const row = await api.db
    .selectFrom("model_upstream")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  const place = { upstreamId: id, baseUrl: row.base_url };
  return row.key_sealed && openUpstreamKey(new SecretBox(api.config.secret), place, row.key_sealed);
}

describe("upstreams", () => {
  it("are listed by name with their models, archived ones last", async () => {
    const first = await create({ name: "B" });
    const last = await create({ name: "A" });
    await change(last.id, { archived: true });
    await add(first.id, { name: "small" });
    const { items } = (await admin.call("GET", UPSTREAMS)).json() as { items: UpstreamView[] };
    expect(items.at(-1)).toMatchObject({ name: "A", archivedAt: expect.any(String) });
    expect(items[0]).toMatchObject({ name: "B", models: [{ name: "small", price: PRICE }] });
  });

  it("show of a key that there is one, and its end where it is long", async () => {
    expect(await create()).toMatchObject({ hasKey: true, keyHint: "wxyz", kind: "compatible", test: null });
    expect(await create({ apiKey: "elevenchars" })).toMatchObject({ hasKey: true, keyHint: "" });
    expect(await create({ apiKey: "" })).toMatchObject({ hasKey: false, keyHint: "" });
  });

  it.each([
    ["no address", { baseUrl: "no" }, 400, "invalid_request"],
    ["no http", { baseUrl: "ftp://models.example.com" }, 400, "invalid_request"],
    ["a user", { baseUrl: "https://me:secret@models.example.com" }, 400, "invalid_request"],
    ["a query", { baseUrl: "https://models.example.com/v1?key=1" }, 400, "invalid_request"],
    ["a key of several lines", { apiKey: "sk-1\nHost: x" }, 400, "invalid_request"],
    ["no name", { name: " " }, 400, "invalid_request"],
    ["something else", { kind: "mock" }, 400, "invalid_request"],
    ["a metadata service", { baseUrl: "http://169.254.169.254/v1" }, 422, "upstream_address_refused"],
    ["the same, disguised", { baseUrl: "http://0xa9fea9fe/v1" }, 422, "upstream_address_refused"],
    ["the same in IPv6", { baseUrl: "http://[::ffff:169.254.169.254]" }, 422, "upstream_address_refused"],
  ])("are refused with %s", async (_, fields, status, code) => {
    const body = { name: `Wrong ${++made}`, baseUrl: standIn.baseUrl, apiKey: KEY, ...fields };
    const answer = await admin.call("POST", UPSTREAMS, body);
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    expect(answer.body).not.toContain("sk-");
  });

  it("have names of their own", async () => {
    const [first, second] = [await create(), await create()];
    const again = await admin.call("POST", UPSTREAMS, { name: first.name, baseUrl: standIn.baseUrl });
    expect(again.json().code).toBe("upstream_name_taken");
    expect((await change(second.id, { name: first.name })).json().code).toBe("upstream_name_taken");
  });

  it("are changed only while they are there and not archived", async () => {
    const { id } = await create();
    expect((await change(NOBODY, { name: "X" })).json().code).toBe("upstream_not_found");
    expect((await change(id, { archived: true })).json().archivedAt).not.toBeNull();
    expect((await change(id, { name: "X" })).json().code).toBe("upstream_archived");
    expect((await add(id, { name: "small" })).json().code).toBe("upstream_archived");
    expect((await test(id)).json().code).toBe("upstream_archived");
    expect((await change(id, { archived: false, name: "Back" })).json()).toMatchObject({
      name: "Back",
      archivedAt: null,
    });
  });
});

it("a change of nothing changes nothing, and is not recorded", async () => {
  const { id } = await create();
  const { models } = (await add(id, { name: "small" })).json() as UpstreamView;
  const count = () => api.db.selectFrom("audit_event").select("id").execute();
  const before = await count();
  expect((await change(id, {})).statusCode).toBe(200);
  const answer = await admin.call("PATCH", `${UPSTREAMS}/${id}/models/${models[0]!.id}`, {});
  expect([answer.statusCode, answer.json().models]).toEqual([200, models]);
  expect(await count()).toEqual(before);
});

describe("a key", () => {
  it("goes to no other address than the one it was given for", async () => {
    const { id } = await create();
    const thief = "http://thief.example.com/v1";
    const refused = await change(id, { baseUrl: thief });
    expect([refused.statusCode, refused.json().code]).toEqual([422, "upstream_key_required"]);
    expect(await keyOf(id)).toBe(KEY);
    expect((await change(id, { baseUrl: thief, apiKey: OTHER_KEY })).json().keyHint).toBe("abcd");
    expect(await keyOf(id)).toBe(OTHER_KEY);
  });

  it("opens neither in another row nor with another address put beside it", async () => {
    const [first, second] = [await create(), await create({ apiKey: OTHER_KEY })];
    await api.db
      .updateTable("model_upstream")
      .set({ base_url: "http://thief.example.com/v1" })
      .where("id", "=", first.id)
      .execute();
    expect(await keyOf(first.id)).toBeNull();
    const moved = await api.db
      .selectFrom("model_upstream")
      .select("key_sealed")
      .where("id", "=", first.id)
      .executeTakeFirstOrThrow();
    await api.db.updateTable("model_upstream").set(moved).where("id", "=", second.id).execute();
    expect(await keyOf(second.id)).toBeNull();
    const tested = (await test(second.id)).json() as UpstreamView;
    expect(tested.test).toMatchObject({ ok: false, message: expect.stringContaining("cannot be opened") });
  });

  it("stays while other things change, and goes when an empty one is given", async () => {
    const { id } = await create();
    await change(id, { name: `Renamed ${id}`, baseUrl: standIn.baseUrl });
    expect(await keyOf(id)).toBe(KEY);
    const gone = await change(id, { apiKey: "" });
    expect(gone.json()).toMatchObject({ hasKey: false, keyHint: "" });
    // Without a key there is nothing to protect.
    expect((await change(id, { baseUrl: "http://other.example.com/v1" })).statusCode).toBe(200);
  });
});

describe("a test of the connection", () => {
  it("sends the key, and keeps what it found", async () => {
    const { id } = await create();
    const { test: found } = (await test(id)).json() as UpstreamView;
    expect(found).toMatchObject({ ok: true, models: ["small", "large"] });
    expect(standIn.seen.at(-1)!.headers.authorization).toBe(`Bearer ${KEY}`);
    const { items } = (await admin.call("GET", UPSTREAMS)).json() as { items: UpstreamView[] };
    expect(items.find((one) => one.id === id)!.test).toEqual(found);
  });

  it("asks a model when one is named", async () => {
    const { id } = await create();
    expect((await test(id, { model: "small" })).json().test).toMatchObject({
      ok: true,
      message: "small answers.",
    });
    expect((await test(NOBODY)).json().code).toBe("upstream_not_found");
  });

  it("says what is wrong, and is forgotten when the key or address changes", async () => {
    const gone = await startUpstream({});
    gone.close();
    const { id } = await create({ baseUrl: gone.baseUrl });
    expect((await test(id)).json().test).toMatchObject({
      ok: false,
      message: expect.stringContaining("refused"),
    });
    expect((await change(id, { name: `Kept ${id}` })).json().test).not.toBeNull();
    expect((await change(id, { apiKey: OTHER_KEY })).json().test).toBeNull();
  });

  it("is not kept when the address changed while it ran", async () => {
    let release = () => {};
    const started = new Promise<void>((resolve) => {
      release = resolve;
    });
    let answer = () => {};
    const slow = await startUpstream({
      "/v1/models": (_, response) => {
        answer = () => response.end(JSON.stringify(MODEL_LIST));
        response.setHeader("content-type", "application/json");
        release();
      },
    });
    const { id } = await create({ baseUrl: slow.baseUrl });
    const testing = test(id);
    await started;
    await change(id, { baseUrl: standIn.baseUrl, apiKey: OTHER_KEY });
    answer();
    expect((await testing).json().test).toBeNull();
    slow.close();
  });
});

describe("models", () => {
  it("are added, priced and archived, as a draft then finds them", async () => {
    const { id } = await create();
    const unpriced = (await add(id, { name: "meta-llama/Llama-3.1-8B", price: null })).json() as UpstreamView;
    const { id: modelId } = unpriced.models[0]!;
    expect(await findPinnedModels(api.db, [modelId])).toMatchObject(
      new Map([[modelId, { price: null, archived: false, mock: false }]]),
    );
    const priced = await admin.call("PATCH", `${UPSTREAMS}/${id}/models/${modelId}`, { price: PRICE });
    expect(priced.json().models).toMatchObject([{ price: PRICE, archivedAt: null }]);
    expect((await findPinnedModels(api.db, [modelId])).get(modelId)!.price).toEqual(PRICE);
    await admin.call("PATCH", `${UPSTREAMS}/${id}/models/${modelId}`, { archived: true });
    expect((await findPinnedModels(api.db, [modelId])).get(modelId)!.archived).toBe(true);
  });

  it.each([
    ["a name with a space", { name: "a b" }, 400, "invalid_request"],
    [
      "a price below nothing",
      { name: "a", price: { ...PRICE, outputUsdPerMTok: -1 } },
      400,
      "invalid_request",
    ],
    ["half a price", { name: "a", price: { inputUsdPerMTok: 1 } }, 400, "invalid_request"],
    ["a kind nobody knows", { name: "a", kind: "images" }, 400, "invalid_request"],
    ["a name that is there", { name: "small" }, 409, "model_name_taken"],
  ])("are refused with %s", async (_, body, status, code) => {
    const { id } = await create();
    await add(id, { name: "small" });
    const answer = await add(id, body);
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
  });

  it("belong to one upstream", async () => {
    const [first, second] = [await create(), await create()];
    const { models } = (await add(first.id, { name: "small" })).json() as UpstreamView;
    const answer = await admin.call("PATCH", `${UPSTREAMS}/${second.id}/models/${models[0]!.id}`, {});
    expect(answer.json().code).toBe("model_not_found");
  });
});

describe("the platform's mock", () => {
  it("has neither address nor key to change, and needs no connection", async () => {
    const { id } = await api.db
      .insertInto("model_upstream")
      .values({ name: "Mock", kind: "mock", base_url: "mock:" })
      .returning("id")
      .executeTakeFirstOrThrow();
    for (const body of [{ baseUrl: standIn.baseUrl }, { apiKey: KEY }])
      expect((await change(id, body)).json().code).toBe("upstream_is_mock");
    expect((await test(id)).json().test).toMatchObject({ ok: true, durationMs: 0 });
    expect((await add(id, { name: "mock-small" })).statusCode).toBe(201);
  });

  it("is connected to where it runs as a program of its own", async () => {
    const { id } = await api.db
      .insertInto("model_upstream")
      .values({ name: "Mock beside", kind: "mock", base_url: standIn.baseUrl })
      .returning("id")
      .executeTakeFirstOrThrow();
    expect((await test(id)).json().test).toMatchObject({ ok: true, models: ["small", "large"] });
  });
});
