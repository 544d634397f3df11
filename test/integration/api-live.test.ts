import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BoardItem } from "../../services/shared/contracts/admin.ts";
import { insertAttempt, insertInvitation } from "../support/fixtures.ts";
import { type Client, startTestApi, type TestApi } from "../support/test-api.ts";

let api: TestApi;
let address: string;
beforeAll(async () => {
  api = await startTestApi();
  address = await api.app.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(() => api?.close());

interface ServerEvent {
  event: string;
  // biome-ignore lint/suspicious/noExplicitAny: parsed JSON of different events
  data: any;
}

/** Reads events one by one; `next` waits for the next, null when the stream has ended. */
async function openEvents(client: Client, path: string) {
  const abort = new AbortController();
  const response = await fetch(address + path, { headers: client.headers, signal: abort.signal });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  async function next(): Promise<ServerEvent | null> {
    for (;;) {
      const end = buffer.indexOf("\n\n");
      if (end !== -1) {
        const frame = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        const match = /^event: (\w+)\ndata: (.*)$/.exec(frame);
        if (match) return { event: match[1]!, data: JSON.parse(match[2]!) };
        continue;
      }
      const { value, done } = await reader.read();
      if (done) return null;
      buffer += value;
    }
  }
  return { response, next, close: () => abort.abort() };
}

const pathOf = (invitationId: string) => `/api/candidate/invitations/${invitationId}/events`;

describe("a candidate's live page", () => {
  it("gets the state at once, at each change, and not when nothing changed for it", async () => {
    const { id } = await insertInvitation(api.db);
    const events = await openEvents(api.candidate(id), pathOf(id));
    expect(events.response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    expect(events.response.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(await events.next()).toMatchObject({ event: "state", data: { invitationId: id, attempt: null } });
    // Says that something changed, though nothing did.
    await api.db.updateTable("invitation").set({ link_generation: 1 }).where("id", "=", id).execute();
    const attemptId = await insertAttempt(api.db, { invitationId: id, state: "provisioning" });
    expect(await events.next()).toMatchObject({ event: "state", data: { attempt: { id: attemptId } } });
    events.close();
  });

  it("is told when the invitation is withdrawn, and is closed", async () => {
    const { id } = await insertInvitation(api.db);
    const events = await openEvents(api.candidate(id), pathOf(id));
    await events.next();
    await api.db.updateTable("invitation").set({ revoked_at: new Date() }).where("id", "=", id).execute();
    expect(await events.next()).toMatchObject({ event: "problem", data: { code: "invitation_revoked" } });
    expect(await events.next()).toBeNull();
  });

  it("catches up after the listening connection was lost", async () => {
    const { id } = await insertInvitation(api.db);
    const events = await openEvents(api.candidate(id), pathOf(id));
    await events.next();
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'worksample-listen-attempt_changed' and datname = current_database()`.execute(
      api.db,
    );
    await insertAttempt(api.db, { invitationId: id, state: "provisioning" });
    expect(await events.next()).toMatchObject({ data: { attempt: { state: "provisioning" } } });
    events.close();
  });

  it("may be open eight times, and again after one is closed", async () => {
    const { id } = await insertInvitation(api.db);
    const candidate = api.candidate(id);
    const open = await Promise.all(Array.from({ length: 8 }, () => openEvents(candidate, pathOf(id))));
    const ninth = await openEvents(candidate, pathOf(id));
    expect(ninth.response.status).toBe(429);
    open[0]!.close();
    await expect
      .poll(async () => {
        const again = await openEvents(candidate, pathOf(id));
        again.close();
        return again.response.status;
      })
      .toBe(200);
    for (const events of open) events.close();
  });
});

describe("the live board", () => {
  it("sends all invitations, and at most one state a second", async () => {
    const admin = await api.staff("admin");
    const events = await openEvents(admin, "/api/admin/board/events");
    expect(await events.next()).toMatchObject({ event: "board" });
    const started = Date.now();
    for (let index = 0; index < 10; index++) await insertInvitation(api.db, { candidateName: `Nr ${index}` });
    let names: string[] = [];
    let states = 0;
    while (!names.includes("Nr 9")) {
      const event = await events.next();
      names = event!.data.items.map((item: BoardItem) => item.candidateName);
      states++;
    }
    expect(states).toBeLessThanOrEqual(1 + Math.ceil((Date.now() - started) / 1000));
    events.close();
  });
});

describe("shutting down", () => {
  it("ends open streams instead of waiting for them", async () => {
    const own = await startTestApi();
    const listening = await own.app.listen({ host: "127.0.0.1", port: 0 });
    const { id } = await insertInvitation(own.db);
    const response = await fetch(listening + pathOf(id), { headers: own.candidate(id).headers });
    const started = Date.now();
    await own.close();
    expect(await response.text()).toMatch(/^retry: /);
    expect(Date.now() - started).toBeLessThan(5000);
  });
});
