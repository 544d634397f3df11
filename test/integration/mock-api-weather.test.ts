import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { openMockApis } from "../../services/gateway/mock-api/service.ts";
import type { Fault, WeatherRule } from "../../services/shared/contracts/weather.ts";
import { countFaults } from "../../services/shared/db/mock-api-log.ts";
import { summariseMockApis } from "../../services/worker/sealing/summarise-mock-apis.ts";
import { type MockApiCaller, type MockApiFixture, startMockApiFixture } from "../support/mock-api-fixture.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";
import { until } from "../support/until.ts";

const always = (operation: string, fault: Fault, more: Partial<WeatherRule> = {}) => ({
  operations: [operation],
  fault,
  rate: { kind: "every", every: 1 },
  ...more,
});

const WEATHER = {
  atMostInARow: 2,
  rules: [
    always("getMe", { kind: "server_error", status: 503, retryAfterSec: 7, writes: "lost" }),
    always("listArticles", { kind: "rate_limit", retryAfterSec: 5 }),
    always("updateTicket", { kind: "dropped_connection", at: "before_headers", writes: "happen" }),
    always("createTicketMessage", { kind: "server_error", status: 500, writes: "lost" }),
    always("addTicketTag", { kind: "server_error", status: 500, writes: "happen" }),
    always("removeTicketTag", { kind: "timeout", afterSec: 1, writes: "happen" }),
    always("listCustomers", { kind: "dropped_connection", at: "mid_body", writes: "happen" }),
    always("getCustomer", { kind: "malformed_json", how: "truncated" }),
    always(
      "listTickets",
      { kind: "schema_drift", change: "renamed", pointer: "/data/*/subject" },
      { name: "v2" },
    ),
    always("listProducts", { kind: "slow_body", bytesPerSec: 16, atMostSec: 1 }),
    always("listAgents", { kind: "latency", delay: { shape: "constant", ms: 300 }, atMostMs: 1000 }),
    always("getArticle", { kind: "timeout", afterSec: 60, writes: "happen" }),
    {
      operations: ["listTicketMessages"],
      fault: { kind: "server_error", status: 500, writes: "lost" },
      rate: { kind: "probability", probability: 0.4 },
    },
  ],
};

let database: TestDatabase;
let fixture: MockApiFixture;
beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await startMockApiFixture(database.db, {
    weather: WEATHER,
    checkAnswers: false,
    deps: { requestLog: { flushMs: 20 } },
  });
});
afterAll(async () => {
  await fixture?.close();
  await database?.drop();
});

/** What is logged of the attempt so far. */
const logOf = (caller: MockApiCaller) =>
  database.db
    .selectFrom("mock_api_request")
    .selectAll()
    .where("attempt_id", "=", caller.attempt.attemptId)
    .orderBy("id")
    .execute();

/** Waits until so many requests are in the log. */
async function logged(caller: MockApiCaller, count: number) {
  await until(async () => (await logOf(caller)).length >= count);
  return logOf(caller);
}

async function firstTicket(caller: MockApiCaller): Promise<{ ticket_id: string; customer_id: string }> {
  return (await caller.get("/tickets?limit=1")).body.data[0];
}

const hangUp = (promise: Promise<unknown>) =>
  promise.then(
    () => "answered",
    (error: NodeJS.ErrnoException) => error.code ?? error.message,
  );

describe("what a caller meets", () => {
  test("errors say when to come back, and after so many in a row a request goes through", async () => {
    const caller = await fixture.addAttempt();
    const answers = [];
    for (let count = 0; count < 4; count++) answers.push(await caller.get("/me"));
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 200, 503]);
    expect(answers[0]).toMatchObject({
      headers: { "retry-after": "7" },
      body: { status: 503, code: "unavailable" },
    });
    const limited = await caller.get("/kb/articles");
    expect([limited.status, limited.headers["retry-after"]]).toEqual([429, "5"]);
  });

  test("a write that was lost did not happen, one that only looked lost did", async () => {
    const caller = await fixture.addAttempt();
    const { ticket_id: id } = await firstTicket(caller);
    const seen = async () => (await caller.get(`/tickets/${id}`)).body;
    const before = await seen();
    expect((await caller.post(`/tickets/${id}/messages`, { body: "x", visibility: "internal" })).status).toBe(
      500,
    );
    expect((await seen()).updated_at).toBe(before.updated_at);
    expect((await caller.send("PUT", `/tickets/${id}/tags/kept`)).status).toBe(500);
    expect((await seen()).tags).toContain("kept");
    expect(await hangUp(caller.patch(`/tickets/${id}`, { priority: "urgent" }))).toBe("ECONNRESET");
    expect((await seen()).priority).toBe("urgent");
    const start = performance.now();
    expect(await hangUp(caller.send("DELETE", `/tickets/${id}/tags/kept`))).toBe("ECONNRESET");
    expect(performance.now() - start).toBeGreaterThan(990);
    expect((await seen()).tags).not.toContain("kept");
  });

  test("a connection drops in the middle of a body, JSON is cut, fields drift, bodies trickle, answers are late", async () => {
    const caller = await fixture.addAttempt();
    expect(await hangUp(caller.get("/customers"))).toMatch(/ECONNRESET|aborted/);
    const { customer_id: customerId, ...ticket } = await firstTicket(caller);
    expect(ticket).not.toHaveProperty("subject");
    expect(ticket).toHaveProperty("subject_value");
    const cut = await caller.get(`/customers/${customerId}`);
    expect([cut.status, cut.body]).toEqual([200, undefined]);
    expect(Number(cut.headers["content-length"])).toBe(Buffer.byteLength(cut.text));
    const timed = async (path: string) => {
      const start = performance.now();
      const { status, body } = await caller.get(path);
      expect([status, Array.isArray(body.data)]).toEqual([200, true]);
      return performance.now() - start;
    };
    expect(await timed("/products")).toBeGreaterThan(600);
    expect(await timed("/agents")).toBeGreaterThan(295);
  });

  test("nobody else waits meanwhile", async () => {
    const caller = await fixture.addAttempt();
    const order: string[] = [];
    await caller.get("/health");
    const late = Array.from({ length: 20 }, () => caller.get("/agents").then(() => order.push("late")));
    expect((await caller.get("/health")).status).toBe(200);
    order.push("prompt");
    await Promise.all(late);
    expect(order[0]).toBe("prompt");
  });
});

describe("the same for everyone, always", () => {
  const statuses = async (caller: MockApiCaller, count: number) => {
    const found = [];
    for (let index = 0; index < count; index++)
      found.push((await caller.get("/tickets/none/messages")).status);
    return found;
  };

  test("two attempts of one version meet the same, though one asks for other things between", async () => {
    const [one, other] = [await fixture.addAttempt(), await fixture.addAttempt()];
    const first = await statuses(one, 30);
    expect(new Set(first)).toEqual(new Set([404, 500]));
    const second: number[] = [];
    for (let index = 0; index < 30; index++) {
      await other.get("/health");
      second.push(...(await statuses(other, 1)));
    }
    expect(second).toEqual(first);
  });

  test("a restart of the gateway and a new sandbox go on where it was", async () => {
    const [whole, parted] = [await fixture.addAttempt(), await fixture.addAttempt()];
    const expected = await statuses(whole, 30);
    const found = await statuses(parted, 9);
    await fixture.restart();
    found.push(...(await statuses(parted, 10)));
    const successor = await fixture.callAs({ ...parted.attempt, epoch: 2 });
    found.push(...(await statuses(successor, 11)));
    expect(found).toEqual(expected);
    // A fresh attempt begins anew: what came after the restart is not what a beginning looks like.
    expect(found.slice(9, 19)).not.toEqual(expected.slice(0, 10));
  });
});

describe("held back", () => {
  /** A request that is not answered for a minute. */
  const callSilently = (caller: MockApiCaller) => {
    const headers = { host: "helpdesk.internal", "x-api-key": caller.key };
    const call = request({ socketPath: caller.socketPath, path: "/v1/kb/articles/none", headers });
    call.on("error", () => {});
    call.end();
    return call;
  };

  test("only so many wait; past them an answer is not held back, and its log says so", async () => {
    const crowded = await startMockApiFixture(database.db, {
      weather: WEATHER,
      checkAnswers: false,
      ticketCount: 50,
      deps: { maxWaiting: 2, requestLog: { flushMs: 20 } },
    });
    onTestFinished(() => crowded.close());
    const caller = await crowded.addAttempt();
    const answers = async () =>
      (await logOf(caller)).filter(({ operation_id }) => operation_id === "listAgents");
    /** Whether the next answer that should be late is not. */
    const isFull = async () => {
      const before = (await answers()).length;
      await caller.get("/agents");
      await until(async () => (await answers()).length > before);
      const { response } = (await answers()).at(-1)!;
      return (response as { weather: { isShortened?: boolean } }).weather.isShortened === true;
    };
    expect(await isFull()).toBe(false);
    const silent = [1, 2].map(() => callSilently(caller));
    await until(isFull);
    for (const call of silent) call.destroy();
    await until(async () => !(await isFull()));
  });

  test("a caller that gives up frees its place at once", async () => {
    const caller = await fixture.addAttempt();
    const call = callSilently(caller);
    // What is asked later is answered: by then the first request is being served.
    for (let count = 0; count < 3; count++) await caller.get("/health");
    await logged(caller, 3);
    call.destroy();
    const row = (await logged(caller, 4)).at(-1)!;
    expect(row).toMatchObject({ status: null, fault: "timeout", operation_id: "getArticle" });
    expect(row.duration_ms).toBeLessThan(30_000);
  });
});

describe("the log", () => {
  test("says of each request what was asked, what came back and which fault it met, without keys", async () => {
    const caller = await fixture.addAttempt();
    await caller.get("/tickets?limit=1", {
      headers: { cookie: "session=1", "x-tool": `uses ${caller.key}` },
    });
    const text = `key ${caller.key} `.repeat(300);
    await caller.patch("/tickets/none", { tags: [text] }).catch(() => {});
    await caller.get("/nowhere?q=%00%ff");
    await caller.get("/me", { anonymous: true });
    const rows = await logged(caller, 4);
    expect(JSON.stringify(rows)).not.toContain(caller.key);
    expect(
      rows.map(({ method, target, operation_id, status, fault }) => [
        method,
        target,
        operation_id,
        status,
        fault,
      ]),
    ).toEqual([
      ["GET", "/v1/tickets?limit=1", "listTickets", 200, "schema_drift"],
      ["PATCH", "/v1/tickets/none", "updateTicket", null, "dropped_connection"],
      ["GET", "/v1/nowhere?q=%00%ff", null, 404, null],
      ["GET", "/v1/me", "getMe", 503, "server_error"],
    ]);
    expect(rows[0]).toMatchObject({
      hostname: "helpdesk.internal",
      request: {
        headers: { authorization: "[redacted]", cookie: "[redacted]", "x-tool": "uses [redacted]" },
        bytes: 0,
      },
      response: {
        body: expect.stringContaining("subject_value"),
        weather: { kind: "schema_drift", rule: 8, name: "v2", field: "/data/*/subject" },
      },
    });
    const patch = rows[1]!.request as { body: string; bytes: number; isCut: boolean };
    expect([patch.body.length < 2048, patch.isCut, patch.bytes > 9000]).toEqual([true, true, true]);
    expect(patch.body).not.toContain("key_");
    expect(rows[1]!.response).toMatchObject({ weather: { writes: "happen" } });
  });

  test("counts faults, and the sealed timeline gets a summary, once", async () => {
    const caller = await fixture.addAttempt();
    for (let count = 0; count < 3; count++) await caller.get("/me");
    await caller.get("/tickets?limit=1");
    await caller.get("/nowhere");
    await hangUp(caller.patch("/tickets/none", {}));
    await logged(caller, 6);
    const { attemptId } = caller.attempt;
    expect((await countFaults(database.db, [attemptId])).get(attemptId)).toEqual({
      server_error: 2,
      schema_drift: 1,
      dropped_connection: 1,
    });
    for (let count = 0; count < 2; count++) await summariseMockApis(database.db, attemptId);
    const events = await database.db
      .selectFrom("attempt_event")
      .select(["actor", "data"])
      .where("attempt_id", "=", attemptId)
      .where("type", "=", "mock_api_summary")
      .execute();
    expect(events).toEqual([
      {
        actor: "platform",
        data: {
          hostname: "helpdesk.internal",
          requests: 6,
          operations: {
            "": { "404": 1 },
            getMe: { "200": 1, "503": 2 },
            listTickets: { "200": 1 },
            updateTicket: { none: 1 },
          },
          otherOperations: 0,
          faults: { server_error: 2, schema_drift: 1, dropped_connection: 1 },
          unlogged: 0,
        },
      },
    ]);
  });

  test("closing a sandbox writes what is left", async () => {
    const lazy = await startMockApiFixture(database.db, {
      ticketCount: 50,
      deps: { requestLog: { flushMs: 60_000 } },
    });
    onTestFinished(() => lazy.close());
    const caller = await lazy.addAttempt();
    await caller.get("/health");
    expect(await logOf(caller)).toHaveLength(0);
    const services = await openMockApis(lazy.deps, { ...caller.attempt, epoch: 2 });
    await caller.get("/health");
    expect(await logOf(caller)).toHaveLength(1);
    await services.get("helpdesk.internal")!.close!();
    expect(await logOf(caller)).toHaveLength(2);
  });

  test("past an attempt's share requests are served, not logged, and counted", async () => {
    const small = await startMockApiFixture(database.db, {
      ticketCount: 50,
      deps: { logLimits: { requests: 5, bodyBytes: 100 }, requestLog: { flushMs: 20 } },
    });
    onTestFinished(() => small.close());
    const caller = await small.addAttempt();
    for (let count = 0; count < 4; count++) expect((await caller.get("/products")).status).toBe(200);
    await small.restart();
    for (let count = 0; count < 4; count++) expect((await caller.get("/products")).status).toBe(200);
    await small.restart();
    const rows = await logOf(caller);
    expect(rows).toHaveLength(5);
    expect(rows[4]!.response).not.toHaveProperty("body");
    expect(rows[4]!.response).toMatchObject({ bytes: expect.any(Number) });
    const unlogged = await database.db
      .selectFrom("mock_api_unlogged")
      .select(["reason", "requests"])
      .where("attempt_id", "=", caller.attempt.attemptId)
      .execute();
    expect(unlogged).toEqual([{ reason: "cap", requests: 3 }]);
  });
});
