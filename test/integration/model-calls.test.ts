import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ModelSummary } from "../../services/shared/contracts/models.ts";
import { summariseModels } from "../../services/worker/sealing/summarise-models.ts";
import {
  insertAssessmentVersion,
  insertAttempt,
  insertInvitation,
  insertSubmission,
} from "../support/fixtures.ts";
import {
  chatStream,
  insertModelCall,
  type ModelCallFixture,
  makeModels,
} from "../support/model-call-fixture.ts";
import { type Client, startTestApi, type TestApi } from "../support/test-api.ts";

let api: TestApi;
let reviewer: Client;
let versionId: string;

beforeAll(async () => {
  api = await startTestApi();
  reviewer = await api.staff("reviewer");
  versionId = (await insertAssessmentVersion(api.db, { spec: { models: makeModels() } })).id;
});
afterAll(() => api?.close());

const begin = async (state: "provisioning" | "running" | "submitted" = "running", version = versionId) => {
  const { id: invitationId } = await insertInvitation(api.db, {
    assessmentVersionId: version,
    extraTimeFactor: state === "submitted" ? 1.5 : 1,
  });
  const limitSec = 7200;
  const remainingSec = state === "submitted" ? 0 : limitSec;
  const attemptId = await insertAttempt(api.db, { invitationId, state, limitSec, remainingSec });
  return { invitationId, attemptId };
};
const submit = async () => {
  const { attemptId, invitationId } = await begin("submitted");
  const { id } = await insertSubmission(api.db, api.blobs, { attemptId });
  const attempt = await api.db
    .selectFrom("attempt")
    .select("started_at")
    .where("id", "=", attemptId)
    .executeTakeFirstOrThrow();
  const startedAt = attempt.started_at!;
  return {
    attemptId,
    invitationId,
    base: `/api/review/submissions/${id}`,
    call: (options: Omit<ModelCallFixture, "attemptId" | "at"> & { second?: number } = {}) =>
      insertModelCall(api.db, api.config.secret, {
        attemptId,
        at: new Date(startedAt.getTime() + (options.second ?? 0) * 1000),
        ...options,
      }),
  };
};
const get = async (url: string, client = reviewer) => {
  const response = await client.call("GET", url);
  return { status: response.statusCode, body: response.json() };
};

describe("what a candidate sees of the models", () => {
  const view = (invitationId: string) =>
    get(`/api/candidate/invitations/${invitationId}/models`, api.candidate(invitationId));

  it("is nothing before the start", async () => {
    const { invitationId } = await begin("provisioning");
    expect(await view(invitationId)).toMatchObject({ status: 409, body: { code: "attempt_not_started" } });
  });

  it("has no lines where the version has no models", async () => {
    const { invitationId } = await begin("running", (await insertAssessmentVersion(api.db)).id);
    const { body } = await view(invitationId);
    expect(body).toEqual({ baseUrl: "http://models.internal/v1", lines: [] });
  });

  it("is the whole budget before anything was asked, and says which models are made up", async () => {
    const { invitationId } = await begin();
    const { body } = await view(invitationId);
    expect(body.lines).toMatchObject([
      {
        line: "product",
        models: [
          { alias: "gpt-5-mini", kind: "chat", mock: false },
          { alias: "text-embedding-3-small", kind: "embedding", mock: true },
        ],
        ...{ limitUsd: 5, spentUsd: 0, reservedUsd: 0, limitTokens: 2_000_000, requests: 0 },
      },
      { line: "assistant", limitUsd: 2, limitTokens: null },
    ]);
  });

  it("is what the budget says, in dollars", async () => {
    const { invitationId, attemptId } = await begin();
    await api.db
      .insertInto("attempt_model_budget")
      .values({
        ...{ attempt_id: attemptId, line: "product", limit_nano_usd: 6_000_000_000, limit_tokens: 1000 },
        ...{ spent_nano_usd: 1_234_567_890, reserved_nano_usd: 500_000_000 },
        ...{ spent_tokens: 400, reserved_tokens: 100, requests: 7 },
      })
      .execute();
    const { body } = await view(invitationId);
    expect(body.lines[0]).toMatchObject({
      ...{ limitUsd: 6, spentUsd: 1.23456789, reservedUsd: 0.5 },
      ...{ limitTokens: 1000, spentTokens: 400, reservedTokens: 100, requests: 7 },
    });
    expect(JSON.stringify(body)).not.toContain("2025");
  });

  it("is told in the lobby, and accepted with it", async () => {
    const { invitationId } = await begin("provisioning");
    const { body } = await get(`/api/candidate/invitations/${invitationId}`, api.candidate(invitationId));
    expect(body.lobby.offers.models).toMatchObject([{ line: "product", limitUsd: 5 }, { line: "assistant" }]);
    const without = await begin("provisioning", (await insertAssessmentVersion(api.db)).id);
    const other = await get(
      `/api/candidate/invitations/${without.invitationId}`,
      api.candidate(without.invitationId),
    );
    expect(other.body.lobby.offers).toEqual({ models: [], packages: [] });
    expect(other.body.lobby.consentVersion).not.toBe(body.lobby.consentVersion);
  });
});

describe("what a reviewer sees of the calls", () => {
  it("lists them oldest first, with totals by line", async () => {
    const { base, call } = await submit();
    const request = { messages: [{ role: "user", content: "Which  queue?\n" }] };
    const second = await call({ second: 20, tokens: [10, 5], costNanoUsd: 1500, request });
    const first = await call({ second: 10, line: "assistant", outcome: "upstream_failed" });
    const { body } = await get(`${base}/model-calls`);
    expect(body.items).toMatchObject([
      { id: first, line: "assistant", outcome: "upstream_failed", excerpt: "" },
      { id: second, line: "product", costUsd: 0.0000015, excerpt: "Which queue?", inputTokens: 10 },
    ]);
    expect(body.nextAfter).toBeNull();
    expect(body.totals).toEqual([
      { line: "product", calls: 1, answered: 1, costUsd: 0.0000015, inputTokens: 10, outputTokens: 5 },
      { line: "assistant", calls: 1, answered: 0, costUsd: 0, inputTokens: 0, outputTokens: 0 },
    ]);
    const filtered = await get(`${base}/model-calls?line=product`);
    expect(filtered.body.items).toHaveLength(1);
    expect(filtered.body.totals).toEqual(body.totals);
  });

  it("says when on everybody's clock, so that extra time does not show", async () => {
    const { base, attemptId, call } = await submit();
    // Half as much time again as the assessment gives.
    await api.db.updateTable("attempt").set({ limit_sec: 4800 }).where("id", "=", attemptId).execute();
    await call({ second: 3600 });
    const { body } = await get(`${base}/model-calls`);
    expect(body.items[0].afterSec).toBeCloseTo(2400, 0);
    expect(JSON.stringify(body)).not.toMatch(/T\d\d:\d\d/);
  });

  it("goes on page by page, also through calls of the same instant", async () => {
    const { base, call } = await submit();
    const ids = new Set<string>();
    for (let count = 0; count < 105; count++) ids.add(await call({ second: Math.floor(count / 50) }));
    const first = await get(`${base}/model-calls`);
    expect(first.body.items).toHaveLength(100);
    const rest = await get(`${base}/model-calls?after=${first.body.nextAfter}`);
    expect(rest.body).toMatchObject({ nextAfter: null });
    const seen = [...first.body.items, ...rest.body.items].map(({ id }: { id: string }) => id);
    expect(new Set(seen)).toEqual(ids);
    expect(seen).toHaveLength(105);
  });

  it("shows what was said, and of a stream what it amounts to", async () => {
    const { base, call } = await submit();
    const request = { model: "gpt-5-mini", stream: true, messages: [{ role: "user", content: "Hi" }] };
    const id = await call({ request, response: chatStream(["Hel", "lo"]), stream: true });
    const { body } = await get(`${base}/model-calls/${id}`);
    expect(body).toMatchObject({ reassembled: true, truncated: false, redacted: false });
    expect(JSON.parse(body.request)).toEqual(request);
    expect(JSON.parse(body.response).choices[0].message.content).toBe("Hello");
  });

  it("shows the refusal of a stream, which is none", async () => {
    const { base, call } = await submit();
    const refusal = { error: { message: "The budget is used up." } };
    const id = await call({ stream: true, outcome: "refused", response: refusal });
    const { body } = await get(`${base}/model-calls/${id}`);
    expect(body).toMatchObject({ reassembled: false, response: JSON.stringify(refusal), request: null });
  });

  it("makes the kept beginning of a long request readable", async () => {
    const { base, call } = await submit();
    const messages = [
      { role: "system", content: "Be kind" },
      { role: "user", content: "x".repeat(5000) },
    ];
    const id = await call({ request: { messages }, keep: 1000 });
    const { body } = await get(`${base}/model-calls/${id}`);
    const read = JSON.parse(body.request);
    expect(read.messages[0]).toEqual(messages[0]);
    expect(read.messages[1].content).toMatch(/^x{500,}$/);
    expect(body).toMatchObject({ truncated: true, requestBytes: expect.any(Number) });
  });

  it("shows none of a body that is another call's", async () => {
    const { base, call } = await submit();
    const [first, second] = [await call({ request: { a: 1 } }), await call({ request: { b: 2 } })];
    await api.db
      .updateTable("model_call")
      .set((set) => ({
        request_sealed: set.selectFrom("model_call").select("request_sealed").where("id", "=", second),
      }))
      .where("id", "=", first)
      .execute();
    expect((await get(`${base}/model-calls/${first}`)).body.request).toBeNull();
    expect((await get(`${base}/model-calls/${second}`)).body.request).toBe('{"b":2}');
  });

  it("is nothing of an attempt that still runs, nor of another submission", async () => {
    const running = await begin();
    const live = await insertModelCall(api.db, api.config.secret, { attemptId: running.attemptId });
    const mine = await submit();
    const other = await submit();
    const foreign = await other.call();
    const notFound = { status: 404, body: { code: "model_call_not_found" } };
    for (const id of [live, foreign, randomUUID()]) {
      expect(await get(`${mine.base}/model-calls/${id}`)).toMatchObject(notFound);
      expect(await get(`${mine.base}/model-calls?after=${id}`)).toMatchObject(notFound);
    }
    for (const id of [running.attemptId, randomUUID()])
      expect(await get(`/api/review/submissions/${id}/model-calls`)).toMatchObject({
        status: 404,
        body: { code: "submission_not_found" },
      });
    expect((await get(`${other.base}/model-calls/${foreign}`)).status).toBe(200);
  });

  it("says whether there were models and packages at all", async () => {
    const { base } = await submit();
    expect((await get(base)).body.assessment).toMatchObject({ hasModels: true, hasPackages: false });
  });
});

it("lists the packages that were installed, one line for a version", async () => {
  const { base, attemptId } = await submit();
  const file = (ecosystem: "npm" | "pypi", name: string, version: string, path: string, bytes: number) => ({
    ...{ attempt_id: attemptId, ecosystem, name, version, file: path, bytes },
  });
  await api.db
    .insertInto("attempt_package")
    .values([
      file("npm", "left-pad", "1.3.0", "left-pad-1.3.0.tgz", 900),
      file("pypi", "numpy", "2.1.0", "numpy-2.1.0.whl", 1000),
      file("pypi", "numpy", "2.1.0", "numpy-2.1.0.whl.metadata", 10),
      file("pypi", "amelie-brandt", "0.1", "amelie.whl", 5),
    ])
    .execute();
  const { body } = await get(`${base}/packages`);
  expect(body).toEqual({
    items: [
      { ecosystem: "pypi", name: "[candidate name]", version: "0.1", files: 1, bytes: 5 },
      { ecosystem: "pypi", name: "numpy", version: "2.1.0", files: 2, bytes: 1010 },
      { ecosystem: "npm", name: "left-pad", version: "1.3.0", files: 1, bytes: 900 },
    ],
    truncated: false,
  });
});

describe("the sealed timeline", () => {
  const events = (attemptId: string) =>
    api.db
      .selectFrom("attempt_event")
      .select(["actor", "data"])
      .where("attempt_id", "=", attemptId)
      .where("type", "=", "model_summary")
      .execute();

  it("gets calls, tokens and dollars by line, once, and no word of what was said", async () => {
    const { attemptId, call } = await submit();
    await call({ tokens: [100, 20], costNanoUsd: 65_000, request: { messages: [{ content: "secret" }] } });
    await call({ tokens: [50, 10], costNanoUsd: 35_000 });
    await call({ line: "assistant", outcome: "refused" });
    for (let count = 0; count < 2; count++) await summariseModels(api.db, attemptId);
    const found = await events(attemptId);
    expect(found).toEqual([
      {
        actor: "platform",
        data: {
          lines: [
            { line: "product", calls: 2, answered: 2, costUsd: 0.0001, inputTokens: 150, outputTokens: 30 },
            { line: "assistant", calls: 1, answered: 0, costUsd: 0, inputTokens: 0, outputTokens: 0 },
          ],
        },
      },
    ]);
    expect(() => ModelSummary.parse(found[0]!.data)).not.toThrow();
  });

  it("gets nothing where nothing was asked", async () => {
    const { attemptId } = await submit();
    await summariseModels(api.db, attemptId);
    expect(await events(attemptId)).toEqual([]);
  });
});
