import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TokenSealer } from "../../services/shared/domain/sealed-token.ts";
import { type MockApiCaller, type MockApiFixture, startMockApiFixture } from "../support/mock-api-fixture.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";

let database: TestDatabase;
let fixture: MockApiFixture;
let caller: MockApiCaller;
let ticket: string;

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await startMockApiFixture(database.db);
  caller = await fixture.addAttempt();
  ticket = (await caller.get("/tickets?status=open&limit=1")).body.data[0].ticket_id;
});
afterAll(async () => {
  await fixture?.close();
  await database?.drop();
});

const INJECTIONS = [
  "' OR '1'='1",
  "1'; DROP TABLE tickets; --",
  '" OR ""="',
  "x') UNION SELECT * FROM sqlite_master --",
  "%27%20OR%201=1",
  "../../etc/passwd",
  "\\",
  "{{7*7}}",
  "__proto__",
];

describe("injection", () => {
  test("SQL in any parameter of any list selects nothing and breaks nothing", async () => {
    const total = (await caller.get("/tickets?limit=100")).body.data.length;
    for (const operation of fixture.api.operations.values()) {
      if (operation.method !== "GET") continue;
      for (const parameter of operation.parameters) {
        for (const text of INJECTIONS) {
          const path = operation.template.replace(/\{(\w+)\}/g, (_all, name: string) =>
            name === parameter.name && parameter.in === "path" ? encodeURIComponent(text) : ticket,
          );
          const query = parameter.in === "query" ? `?${parameter.name}=${encodeURIComponent(text)}` : "";
          const headers = parameter.in === "header" ? { [parameter.name]: text } : {};
          const answer = await caller.get(path + query, { headers });
          const where = `${operation.operationId} ${parameter.name}=${text}`;
          expect(answer.status, where).toBeLessThan(500);
          const isFilter = parameter.in === "query" && parameter.name !== "q";
          if (answer.status === 200 && isFilter) expect(answer.body.data, where).toEqual([]);
        }
      }
    }
    expect((await caller.get("/tickets?limit=100")).body.data).toHaveLength(total);
  });

  test("control: the same text pasted into a statement does select everything", () => {
    const naive = new DatabaseSync(":memory:");
    naive.exec("CREATE TABLE tickets (id TEXT); INSERT INTO tickets VALUES ('a'), ('b')");
    expect(naive.prepare(`SELECT * FROM tickets WHERE id = '${INJECTIONS[0]}'`).all()).toHaveLength(2);
    naive.close();
  });

  const FTS_SYNTAX = [
    '"',
    "card AND",
    "NEAR(a b",
    "body:x",
    "a OR",
    "(",
    ")",
    "*",
    "^",
    "-",
    "card NOT",
    "{a b}: c",
    '"a" "',
    "a\u0001b",
    "AND OR NOT",
    "'",
    "col : ",
  ];

  test("search syntax is only words, or a clear 422", async () => {
    for (const text of FTS_SYNTAX) {
      const answer = await caller.get(`/tickets?q=${encodeURIComponent(text)}`);
      expect([200, 422], text).toContain(answer.status);
      if (answer.status === 422) expect(answer.body.errors[0]).toMatchObject({ in: "query", pointer: "/q" });
    }
  });

  test("control: FTS5 itself fails on most of them", () => {
    const naive = new DatabaseSync(":memory:");
    naive.exec("CREATE VIRTUAL TABLE t USING fts5(body)");
    const failing = FTS_SYNTAX.filter((text) => {
      try {
        naive.prepare("SELECT * FROM t WHERE t MATCH ?").all(text);
        return false;
      } catch {
        return true;
      }
    });
    naive.close();
    expect(failing.length).toBeGreaterThan(10);
  });

  test("a column filter in q does not reach columns", async () => {
    const plain = (await caller.get("/tickets?q=card&limit=100")).body.data.length;
    expect(plain).toBeGreaterThan(0);
    expect(
      (await caller.get(`/tickets?q=${encodeURIComponent("subject:card")}&limit=100`)).body.data,
    ).toEqual([]);
  });
});

describe("cursors", () => {
  async function cursorOf(path: string): Promise<string> {
    return (await caller.get(path)).body.next_cursor;
  }

  test("a forged, cut, foreign or borrowed cursor is refused", async () => {
    const cursor = await cursorOf("/tickets?limit=2");
    expect((await caller.get(`/tickets?limit=2&cursor=${cursor}`)).status).toBe(200);
    const [payload, mac] = cursor.split(".") as [string, string];
    const changed = Buffer.from(payload, "base64url")
      .toString()
      .replace(/"i":"[^"]+"/, '"i":"T-1"');
    const otherKey = new TokenSealer("another secret, also long enough.").seal(
      "mock-api-cursor",
      JSON.parse(changed),
    );
    const otherPurpose = new TokenSealer(fixture.deps.config.secret).seal("candidate", JSON.parse(changed));
    const forgeries = [
      `${Buffer.from(changed).toString("base64url")}.${mac}`,
      otherKey,
      otherPurpose,
      payload,
      `${cursor}A`,
      cursor.slice(0, -2),
      "x",
      "e30.",
      Buffer.from('{"key":null}').toString("base64url"),
      await cursorOf("/tickets?limit=2&status=open"),
      await cursorOf("/tickets?limit=2&sort=created_at"),
      await cursorOf("/customers?limit=2"),
    ];
    for (const forged of forgeries) {
      const answer = await caller.get(`/tickets?limit=2&cursor=${encodeURIComponent(forged)}`);
      expect([answer.status, answer.body.errors?.[0].pointer], forged).toEqual([422, "/cursor"]);
    }
  });
});

describe("requests that are no good", () => {
  const cases: [string, number][] = [
    ["/tickets?limit=0", 422],
    ["/tickets?limit=101", 422],
    ["/tickets?limit=99999999999999999999999", 422],
    ["/tickets?limit=-1", 422],
    ["/tickets?limit=1e3", 422],
    ["/tickets?limit=NaN", 422],
    ["/tickets?limit=", 422],
    ["/tickets?limit=5&limit=6", 422],
    ["/tickets?status=open&status=new", 422],
    ["/tickets?sort=created_at&sort=-created_at", 422],
    ["/tickets?status=", 422],
    ["/tickets?status=open,nonsense", 422],
    [`/tickets?status=${"open,".repeat(300)}`, 422],
    [`/tickets?${"tag=a&".repeat(300)}`, 422],
    ["/tickets?sort=body", 422],
    ["/tickets?created_after=yesterday", 422],
    ["/tickets?created_after=2026-02-30", 422],
    ["/tickets?created_after=2016-12-31T23:59:60Z", 422],
    ["/tickets?created_after=2026-01-01T00:00:00", 422],
    ["/tickets?unknown=1", 422],
    ["/tickets?__proto__=1", 422],
    ["/tickets?constructor[prototype][x]=1", 422],
    ["/tickets?q=%00", 422],
    ["/tickets?q=", 422],
    [`/tickets?q=${"a".repeat(201)}`, 422],
    [`/tickets?q=${"a+".repeat(90)}`, 422],
    [`/tickets?q=${"a".repeat(9000)}`, 400],
    ["/tickets?q=%ZZ", 400],
    ["/tickets?q=%ff%fe", 400],
    ["/tickets?q=%ed%a0%80", 400],
    ["/tickets/%", 400],
    ["/tickets/%c0%af", 400],
    [`/tickets/${"a".repeat(101)}`, 422],
    [`/tickets/${"a".repeat(2000)}`, 404],
    ["/tickets/T-1%00", 422],
    ["/tickets/..%2f..%2fetc", 404],
    ["/tickets//messages", 404],
    ["/tickets/__proto__", 404],
    ["/tickets/constructor/messages", 404],
  ];
  test.each(cases)("GET %s is answered %i", async (path, status) => {
    const answer = await caller.get(path);
    expect(answer.status).toBe(status);
    expect(answer.headers["content-type"]).toBe("application/problem+json");
    expect(answer.body.status).toBe(status);
  });
});

describe("bodies", () => {
  const patchRaw = (raw: string | Uint8Array, headers: Record<string, string> = {}) =>
    caller.send("PATCH", `/tickets/${ticket}`, { raw, headers });

  test("what is not JSON, not UTF-8, too deep, too large or of another type is refused", async () => {
    const cases: [string, number, string | Uint8Array, Record<string, string>?][] = [
      ["nothing", 400, ""],
      ["half", 400, '{"priority":'],
      ["not UTF-8", 400, Buffer.from([0x22, 0xff, 0xfe, 0x22])],
      ["deep arrays", 400, "[".repeat(100_000)],
      ["deep objects", 400, `${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`],
      ["too large", 413, `{"tags":["${"a".repeat(300_000)}"]}`],
      ["text", 415, "{}", { "content-type": "text/plain" }],
      ["a form", 415, "a=b", { "content-type": "application/x-www-form-urlencoded" }],
      ["UTF-16", 415, "{}", { "content-type": "application/json; charset=utf-16" }],
      ["compressed", 415, "{}", { "content-encoding": "gzip" }],
      ["half of a surrogate pair", 422, '{"tags":["\\ud800"]}'],
      ["a number for text", 422, '{"status":1}'],
      ["null", 422, "null"],
      ["many items", 422, JSON.stringify({ tags: Array.from({ length: 40_000 }, (_, index) => index % 7) })],
    ];
    for (const [what, status, raw, headers] of cases)
      expect((await patchRaw(raw, headers)).status, what).toBe(status);
  });

  test("control: Postgres would fail on the texts that are refused for their characters", async () => {
    for (const text of ['"\\u0000"', '"\\ud800"'])
      await expect(sql`select ${text}::jsonb`.execute(database.db)).rejects.toThrow();
    await sql`select ${'"fine"'}::jsonb`.execute(database.db);
  });

  test("prototype pollution reaches neither objects nor records", async () => {
    const attacks = [
      '{"__proto__":{"status":"closed"}}',
      '{"constructor":{"prototype":{"polluted":true}}}',
      '{"priority":"low","__proto__":{"polluted":true}}',
    ];
    for (const raw of attacks) expect((await patchRaw(raw)).status, raw).toBe(422);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect((await caller.get(`/tickets/${ticket}`)).body.status).toBe("open");
  });

  test("control: assigning such a body key by key does change the prototype", () => {
    const record: Record<string, unknown> = {};
    const body = JSON.parse('{"__proto__":{"polluted":true}}') as Record<string, unknown>;
    for (const key of Object.keys(body)) record[key] = body[key];
    expect(record.polluted).toBe(true);
  });

  test("fields the body may not set stay as they are", async () => {
    const path = `/tickets/${ticket}/messages`;
    for (const extra of [{ message_id: "m_1" }, { ticket_id: "T-2" }, { created_at: "2020-01-01T00:00:00Z" }])
      expect((await caller.post(path, { body: "x", visibility: "internal", ...extra })).status).toBe(422);
  });
});

test("the limit on requests says when to come back", async () => {
  const slow = await startMockApiFixture(database.db, {
    bindings: { rateLimit: { requestsPerMinute: 60, burst: 5 } },
  });
  try {
    const [one, other] = [await slow.addAttempt(), await slow.addAttempt()];
    const answers = [];
    for (let count = 0; count < 7; count++) answers.push(await one.get("/me"));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200, 429, 429]);
    expect(answers[4]!.headers["ratelimit-remaining"]).toBe("0");
    expect(answers[5]!.headers["retry-after"]).toBe("1");
    expect(answers[5]!.body.code).toBe("rate_limited");
    expect((await other.get("/me")).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect((await one.get("/me")).status).toBe(200);
  } finally {
    await slow.close();
  }
});

test("no request whatever is answered 500 or above", { timeout: 120_000 }, async () => {
  const nasty = fc.oneof(
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.constantFrom(
      ...INJECTIONS,
      "open",
      "T-100001",
      "2026-01-01",
      "-created_at",
      "1",
      "true",
      "\0",
      "\u{1F600}",
    ),
    fc.double().map(String),
  );
  const names = [
    ...new Set([...fixture.api.operations.values()].flatMap((one) => one.parameters.map(({ name }) => name))),
  ];
  const operation = fc.constantFrom(...fixture.api.operations.values());
  const query = fc.array(fc.tuple(fc.constantFrom(...names, "x", "__proto__"), nasty), { maxLength: 4 });
  const change = fc.record(
    {
      status: fc.oneof(nasty, fc.constantFrom("open", "solved")),
      priority: fc.oneof(fc.constantFrom("low", null), nasty),
      tags: fc.array(nasty, { maxLength: 5 }),
      body: nasty,
      visibility: fc.constantFrom("public", "internal", "x"),
      author_id: fc.oneof(nasty, fc.constant(null)),
    },
    { requiredKeys: [] },
  );
  const payload = fc.oneof(
    fc.constant(undefined),
    fc.json({ maxDepth: 5 }),
    change.map((value) => JSON.stringify(value)),
    fc.uint8Array({ maxLength: 60 }),
  );
  const method = fc.option(fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"), {
    nil: null,
  });
  await fc.assert(
    fc.asyncProperty(
      operation,
      method,
      fc.array(nasty, { minLength: 2, maxLength: 2 }),
      fc.boolean(),
      query,
      payload,
      async (target, asked, ids, known, pairs, raw) => {
        const values = known ? [ticket, "tag"] : ids;
        const path = target.template.replace(/\{\w+\}/g, () =>
          encodeURIComponent((values.shift() ?? "x").toWellFormed()),
        );
        const search = pairs
          .map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`)
          .join("&");
        const answer = await caller.send(
          asked ?? target.method,
          `${path}${search ? `?${search}` : ""}`,
          raw === undefined ? {} : { raw },
        );
        expect(answer.status).toBeLessThan(500);
      },
    ),
    { numRuns: 600 },
  );
});
