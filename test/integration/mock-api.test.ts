import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type MockApiCaller, type MockApiFixture, startMockApiFixture } from "../support/mock-api-fixture.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";

let database: TestDatabase;
let fixture: MockApiFixture;

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await startMockApiFixture(database.db);
});
afterAll(async () => {
  await fixture?.close();
  await database?.drop();
});

/** All records of a list, page by page. */
async function collect(caller: MockApiCaller, path: string, limit = 100) {
  const records: Record<string, unknown>[] = [];
  let cursor: string | null = null;
  do {
    const separator = path.includes("?") ? "&" : "?";
    const { status, body } = await caller.get(
      `${path}${separator}limit=${limit}${cursor ? `&cursor=${cursor}` : ""}`,
    );
    expect(status).toBe(200);
    records.push(...body.data);
    cursor = body.next_cursor;
  } while (cursor);
  return records;
}

async function ticketIn(caller: MockApiCaller, status: string): Promise<string> {
  const { body } = await caller.get(`/tickets?status=${status}&limit=1`);
  expect(body.data, `a ticket that is ${status}`).toHaveLength(1);
  return body.data[0].ticket_id;
}

describe("reading", () => {
  test("health needs no key, everything else does", async () => {
    const caller = await fixture.addAttempt();
    expect((await caller.get("/health", { anonymous: true })).body).toEqual({ status: "ok" });
    const refused = await caller.get("/me", { anonymous: true });
    expect(refused.status).toBe(401);
    expect(refused.headers["www-authenticate"]).toContain("Bearer");
    expect(refused.headers["content-type"]).toBe("application/problem+json");
    expect((await caller.get("/me")).status).toBe(200);
    expect((await caller.get("/me", { anonymous: true, headers: { "x-api-key": caller.key } })).status).toBe(
      200,
    );
  });

  test("the key of another attempt is wrong here", async () => {
    const [one, other] = [await fixture.addAttempt(), await fixture.addAttempt()];
    const answer = await one.get("/me", { anonymous: true, headers: { "x-api-key": other.key } });
    expect([answer.status, answer.body.code]).toEqual([401, "api_key_invalid"]);
  });

  test("pages hold every ticket once, in order", async () => {
    const caller = await fixture.addAttempt();
    const tickets = await collect(caller, "/tickets", 37);
    expect(tickets).toHaveLength(300);
    expect(new Set(tickets.map((ticket) => ticket.ticket_id)).size).toBe(300);
    const times = tickets.map((ticket) => String(ticket.created_at));
    expect(times).toEqual([...times].sort().reverse());
    expect(times.every((time) => /^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(time))).toBe(true);
  });

  test("filters select what they say", async () => {
    const caller = await fixture.addAttempt();
    const all = await collect(caller, "/tickets");
    const middle = String(all[150]!.created_at);
    const tag = (all.find((ticket) => (ticket.tags as string[]).length > 0)!.tags as string[])[0]!;
    const cases: [string, (ticket: Record<string, unknown>) => boolean][] = [
      ["status=solved,closed", (one) => one.status === "solved" || one.status === "closed"],
      ["channel=email", (one) => one.channel === "email"],
      ["language=de", (one) => one.language === "de"],
      [
        "priority=high,urgent&channel=chat,email",
        (one) =>
          ["high", "urgent"].includes(String(one.priority)) &&
          ["chat", "email"].includes(String(one.channel)),
      ],
      [`created_after=${middle}`, (one) => String(one.created_at) >= middle],
      [`created_before=${middle}`, (one) => String(one.created_at) < middle],
      [`updated_after=${middle}`, (one) => String(one.updated_at) >= middle],
      [`tag=${encodeURIComponent(tag)}`, (one) => (one.tags as string[]).includes(tag)],
      [
        `product_id=${all[3]!.product_id ?? "prd_01"}`,
        (one) => one.product_id === (all[3]!.product_id ?? "prd_01"),
      ],
    ];
    for (const [query, keep] of cases) {
      const expected = all.filter(keep).map((ticket) => ticket.ticket_id);
      expect(expected.length, query).toBeGreaterThan(0);
      expect(expected.length, query).toBeLessThan(300);
      expect(
        (await collect(caller, `/tickets?${query}`)).map((ticket) => ticket.ticket_id),
        query,
      ).toEqual(expected);
    }
  });

  test("search finds words, phrases and beginnings, and nothing else", async () => {
    const caller = await fixture.addAttempt();
    const all = await collect(caller, "/tickets");
    const text = (one: Record<string, unknown>) => `${one.subject ?? ""}\n${one.body}`.toLowerCase();
    const found = (await collect(caller, "/tickets?q=card")).map(text);
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((one) => /\bcard\b/.test(one))).toBe(true);
    expect(found.length).toBe(
      all.map(text).filter((one) => /(?<![\p{L}\p{N}])card(?![\p{L}\p{N}])/u.test(one)).length,
    );
    const begun = await collect(caller, "/tickets?q=car*");
    expect(begun.length).toBeGreaterThan(found.length);
    expect((await collect(caller, "/tickets?q=%22card+card+card%22")).length).toBe(0);
  });

  test("a ticket comes with its customer, messages and the customer's other tickets", async () => {
    const caller = await fixture.addAttempt();
    const listed = (await collect(caller, "/tickets")).find((ticket) => ticket.customer_id)!;
    const ticket = (await caller.get(`/tickets/${listed.ticket_id}`)).body;
    expect(ticket.customer.customer_id).toBe(listed.customer_id);
    expect(ticket).toEqual({ ...listed, customer: ticket.customer });
    const messages = await collect(caller, `/tickets/${listed.ticket_id}/messages`);
    expect(messages.length).toBeGreaterThan(0);
    expect(messages.every((message) => message.ticket_id === listed.ticket_id)).toBe(true);
    const theirs = await collect(caller, `/customers/${listed.customer_id}/tickets`);
    expect(theirs.map((one) => one.ticket_id)).toContain(listed.ticket_id);
    expect((await caller.get("/tickets/T-1/messages")).status).toBe(404);
    expect((await caller.get("/customers/cus_x/tickets")).status).toBe(404);
  });

  test("every other list and record answers as documented", async () => {
    const caller = await fixture.addAttempt();
    const customer = (await collect(caller, "/customers?segment=personal"))[0]!;
    expect((await caller.get(`/customers/${customer.customer_id}`)).body).toEqual(customer);
    const article = (await collect(caller, "/kb/articles"))[0]!;
    expect((await caller.get(`/kb/articles/${article.article_id}`)).body).toEqual(article);
    expect((await caller.get("/products")).body.data).toHaveLength(12);
    const agents = (await caller.get("/agents?team=cards")).body.data;
    expect(agents.length).toBeGreaterThan(0);
    expect((await caller.get("/agents")).body.data.length).toBeGreaterThan(agents.length);
  });

  test("HEAD, OPTIONS, wrong paths and methods, and what a client accepts", async () => {
    const caller = await fixture.addAttempt();
    const head = await caller.send("HEAD", "/products");
    expect([head.status, head.text]).toEqual([200, ""]);
    expect(Number(head.headers["content-length"])).toBeGreaterThan(100);
    const options = await caller.send("OPTIONS", "/tickets/T-1", { anonymous: true });
    expect([options.status, options.headers.allow]).toEqual([204, "GET, PATCH, HEAD, OPTIONS"]);
    const method = await caller.send("DELETE", "/tickets");
    expect([method.status, method.headers.allow]).toEqual([405, "GET, HEAD, OPTIONS"]);
    expect((await caller.get("/nothing")).status).toBe(404);
    expect((await caller.get("/products/")).status).toBe(404);
    expect((await caller.get("/products", { headers: { accept: "text/html" } })).status).toBe(406);
    expect((await caller.get("/products", { headers: { accept: "application/json;q=0, */*" } })).status).toBe(
      406,
    );
    expect((await caller.get("/products", { headers: { accept: "text/html, */*;q=0.1" } })).status).toBe(200);
  });

  test("an entity tag saves a read and stops a lost update", async () => {
    const caller = await fixture.addAttempt();
    const id = await ticketIn(caller, "open");
    const etag = String((await caller.get(`/tickets/${id}`)).headers.etag);
    expect((await caller.get(`/tickets/${id}`, { headers: { "if-none-match": etag } })).status).toBe(304);
    const first = await caller.patch(
      `/tickets/${id}`,
      { priority: "urgent", tags: ["x"] },
      { headers: { "if-match": etag } },
    );
    expect(first.status).toBe(200);
    expect(first.headers.etag).not.toBe(etag);
    const late = await caller.patch(`/tickets/${id}`, { priority: "low" }, { headers: { "if-match": etag } });
    expect([late.status, late.body.code]).toEqual([412, "precondition_failed"]);
    expect((await caller.get(`/tickets/${id}`)).headers.etag).toBe(first.headers.etag);
  });
});

describe("writing", () => {
  test("a change shows in reads, filters and search, and touches updated_at", async () => {
    const caller = await fixture.addAttempt();
    const id = await ticketIn(caller, "open");
    const before = (await caller.get(`/tickets/${id}`)).body;
    const changed = await caller.patch(`/tickets/${id}`, {
      status: "solved",
      tags: ["zz-mine"],
      assignee_id: null,
    });
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({ status: "solved", tags: ["zz-mine"], assignee_id: null });
    expect(changed.body.updated_at > before.updated_at).toBe(true);
    expect(changed.body.solved_at).toBe(changed.body.updated_at);
    expect((await caller.get(`/tickets/${id}`)).body).toEqual(changed.body);
    expect((await collect(caller, "/tickets?tag=zz-mine")).map((one) => one.ticket_id)).toEqual([id]);
    expect((await collect(caller, "/tickets?status=open")).map((one) => one.ticket_id)).not.toContain(id);
    expect(await collect(caller, "/tickets")).toHaveLength(300);
    const words = String(before.body).match(/\p{L}{6,}/u)![0];
    expect(
      (await collect(caller, `/tickets?q=${encodeURIComponent(words)}`)).map((one) => one.ticket_id),
    ).toContain(id);
  });

  test("a change that changes nothing leaves updated_at alone", async () => {
    const caller = await fixture.addAttempt();
    const id = await ticketIn(caller, "open");
    const before = (await caller.get(`/tickets/${id}`)).body;
    const after = await caller.patch(`/tickets/${id}`, { status: before.status, priority: before.priority });
    expect(after.body).toEqual(before);
  });

  test("reopening a solved ticket is counted; a closed one stays closed", async () => {
    const caller = await fixture.addAttempt();
    const id = await ticketIn(caller, "solved");
    const before = (await caller.get(`/tickets/${id}`)).body;
    const reopened = await caller.patch(`/tickets/${id}`, { status: "open" });
    expect(reopened.body.reopened_count).toBe(before.reopened_count + 1);
    await caller.patch(`/tickets/${id}`, { status: "closed" });
    const refused = await caller.patch(`/tickets/${id}`, { status: "open" });
    expect([refused.status, refused.body.code]).toEqual([409, "ticket_closed"]);
    const reply = { body: "Hello", visibility: "public" };
    expect((await caller.post(`/tickets/${id}/messages`, reply)).body.code).toBe("ticket_closed");
    expect((await caller.post(`/tickets/${id}/messages`, { ...reply, visibility: "internal" })).status).toBe(
      201,
    );
    expect((await caller.patch(`/tickets/${id}`, { category: "fees" })).body.category).toBe("fees");
    expect((await caller.send("PUT", `/tickets/${id}/tags/late`)).body.tags).toContain("late");
  });

  test("the first public reply of an agent opens a new ticket and sets first_response_at once", async () => {
    const caller = await fixture.addAttempt();
    const tickets = await collect(caller, "/tickets?status=new");
    const fresh = tickets.find((ticket) => ticket.first_response_at === null)!;
    const path = `/tickets/${fresh.ticket_id}`;
    const messages = (await collect(caller, `${path}/messages`)).length;
    const agent = (await caller.get("/agents")).body.data[0].agent_id;
    await caller.post(`${path}/messages`, { body: "thinking", visibility: "internal" });
    await caller.post(`${path}/messages`, { body: "automatic", visibility: "public", author_type: "bot" });
    expect((await caller.get(path)).body).toMatchObject({ status: "new", first_response_at: null });
    const reply = await caller.post(`${path}/messages`, {
      body: "Hello",
      visibility: "public",
      author_id: agent,
    });
    expect(reply.status).toBe(201);
    expect(reply.body).toMatchObject({ author_type: "agent", author_id: agent, attachments: [] });
    const answered = (await caller.get(path)).body;
    expect(answered).toMatchObject({ status: "open", first_response_at: reply.body.created_at });
    await caller.post(`${path}/messages`, { body: "Again", visibility: "public" });
    expect((await caller.get(path)).body.first_response_at).toBe(reply.body.created_at);
    const after = await collect(caller, `${path}/messages`);
    expect(after).toHaveLength(messages + 4);
    expect(new Set(after.map((message) => message.message_id)).size).toBe(messages + 4);
    expect(after.slice(-4).map((message) => message.body)).toEqual([
      "thinking",
      "automatic",
      "Hello",
      "Again",
    ]);
  });

  test("tags are added and removed one by one", async () => {
    const caller = await fixture.addAttempt();
    const path = `/tickets/${await ticketIn(caller, "open")}`;
    const tag = "needs review/ä";
    const added = await caller.send("PUT", `${path}/tags/${encodeURIComponent(tag)}`);
    expect(added.body.tags).toContain(tag);
    const again = await caller.send("PUT", `${path}/tags/${encodeURIComponent(tag)}`);
    expect(again.body).toEqual(added.body);
    const removed = await caller.send("DELETE", `${path}/tags/${encodeURIComponent(tag)}`);
    expect(removed.body.tags).not.toContain(tag);
  });

  test("a body that is not as described is refused with a pointer to the field", async () => {
    const caller = await fixture.addAttempt();
    const path = `/tickets/${await ticketIn(caller, "open")}`;
    const cases: [unknown, string][] = [
      [{ status: "done" }, "/status"],
      [{ colour: "red" }, "/colour"],
      [{ ticket_id: "T-2" }, "/ticket_id"],
      [{ tags: ["a", 1] }, "/tags/1"],
      [{ tags: ["a", "a"] }, "/tags"],
      [{ assignee_id: "agt_999" }, "/assignee_id"],
      [{}, ""],
      [[], ""],
      [{ tags: ["a\u0000"] }, "/tags/0"],
    ];
    for (const [body, pointer] of cases) {
      const answer = await caller.patch(path, body);
      expect([answer.status, answer.body.errors?.[0]], JSON.stringify(body)).toMatchObject([
        422,
        { in: "body", pointer },
      ]);
    }
  });

  test("writes of one attempt that come at once are all kept", async () => {
    const caller = await fixture.addAttempt();
    const path = `/tickets/${await ticketIn(caller, "open")}`;
    const tags = Array.from({ length: 25 }, (_, index) => `tag-${index}`);
    const answers = await Promise.all(tags.map((tag) => caller.send("PUT", `${path}/tags/${tag}`)));
    expect(answers.every((answer) => answer.status === 200)).toBe(true);
    expect((await caller.get(path)).body.tags).toEqual(expect.arrayContaining(tags));
  });
});
