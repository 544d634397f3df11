import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commandActor, recordAudit } from "../../services/shared/db/audit-log.ts";
import { insertAssessmentVersion, insertInvitation } from "../support/fixtures.ts";
import { scratchDirectory } from "../support/scratch-directory.ts";
import { startTestApi, type TestApi } from "../support/test-api.ts";

const AUDIT = fileURLToPath(new URL("../../services/tools/audit.ts", import.meta.url));

let api: TestApi;
let admin: Awaited<ReturnType<TestApi["staff"]>>;
beforeAll(async () => {
  api = await startTestApi();
  admin = await api.staff("admin");
});
afterAll(() => api.close());

interface Page {
  items: { id: number; action: string; actor: { name: string; id: string }; after: unknown }[];
  nextBefore: number | null;
}
const page = async (query = "") => (await admin.call("GET", `/api/admin/audit${query}`)).json<Page>();
const newest = async () => (await page("?limit=1")).items[0]!;

describe("the audit log", () => {
  it("has who invited whom, what was written down, when and from where", async () => {
    const { id: assessmentVersionId } = await insertAssessmentVersion(api.db);
    const body = { assessmentVersionId, candidateName: "Amelie Brandt", candidateEmail: "a@example.com" };
    const answer = await admin.call("POST", "/api/admin/invitations", body);
    expect(answer.statusCode).toBe(201);
    expect(await newest()).toMatchObject({
      action: "invitation.create",
      actor: { kind: "staff", id: admin.id },
      subject: { type: "invitation", id: answer.json().invitationId, label: "Amelie Brandt" },
      before: null,
      after: { candidateEmail: "a@example.com", extraTimeFactor: 1 },
      ip: "127.0.0.1",
    });
  });

  it("has nothing of what was refused", async () => {
    const before = await newest();
    const answer = await admin.call("POST", "/api/admin/invitations", {
      assessmentVersionId: "00000000-0000-4000-8000-000000000000",
      candidateName: "Nobody",
      candidateEmail: "n@example.com",
    });
    expect(answer.statusCode).toBe(404);
    expect((await newest()).id).toBe(before.id);
  });

  it("writes a revocation once, however often it is asked for", async () => {
    const { id } = await insertInvitation(api.db);
    for (let time = 0; time < 3; time += 1)
      await admin.call("POST", `/api/admin/invitations/${id}/revoke`, { reason: "position filled" });
    const { items } = await page(`?subjectId=${id}`);
    expect(items.map(({ action, after }) => [action, after])).toEqual([
      ["invitation.revoke", { revoked: true, reason: "position filled" }],
    ]);
  });

  it("names the token when a program acts, and the person who signs in", async () => {
    const token = await api.token("admin:write", "admin:read");
    const { id } = await insertInvitation(api.db);
    await token.call("POST", `/api/admin/invitations/${id}/revoke`, {});
    expect(await newest()).toMatchObject({
      action: "invitation.revoke",
      actor: { kind: "token", name: "test" },
    });
    const reviewer = await api.staff("reviewer");
    expect(await newest()).toMatchObject({ action: "session.sign_in", actor: { id: reviewer.id } });
  });

  it("is filtered by actor, action, subject, time and words, and comes in pages", async () => {
    const everything = (await page("?limit=200")).items;
    const mine = (await page(`?actor=${admin.id}`)).items;
    expect(mine).toEqual(everything.filter(({ actor }) => actor.id === admin.id));
    expect(mine.length).toBeGreaterThan(1);
    const invitations = (await page("?action=invitation")).items;
    expect(invitations).toEqual(everything.filter(({ action }) => action.startsWith("invitation.")));
    expect((await page("?action=invit")).items).toEqual([]);
    expect((await page("?search=AMELIE")).items.length).toBeGreaterThan(0);
    expect((await page("?to=2020-01-01T00:00:00.000Z")).items).toEqual([]);
    const first = await page("?limit=2");
    const second = await page(`?limit=2&before=${first.nextBefore}`);
    expect([...first.items, ...second.items]).toEqual(everything.slice(0, 4));
  });

  it.each(["?limit=0", "?limit=201", "?before=x", "?from=yesterday", "?search=%00"])(
    "refuses %s clearly",
    async (query) => {
      const answer = await admin.call("GET", `/api/admin/audit${query}`);
      expect([answer.statusCode, answer.json().code]).toEqual([400, "invalid_request"]);
    },
  );

  it("is for admins and tokens that may read", async () => {
    const reviewer = await api.staff("reviewer");
    expect((await reviewer.call("GET", "/api/admin/audit")).statusCode).toBe(403);
    expect((await (await api.token("metrics:read")).call("GET", "/api/admin/audit")).statusCode).toBe(403);
    expect((await (await api.token("admin:read")).call("GET", "/api/admin/audit")).statusCode).toBe(200);
  });

  it("is exported whole, as lines of JSON and as a table that is safe in a spreadsheet", async () => {
    await api.db.transaction().execute((transaction) =>
      recordAudit(transaction, commandActor("test"), {
        action: "staff.create",
        subject: { type: "staff", id: "x", label: '=HYPERLINK("http://evil")' },
      }),
    );
    const lines = (await admin.call("GET", "/api/admin/audit/export")).body.trim().split("\n");
    const ids = lines.map((line) => (JSON.parse(line) as { id: number }).id);
    expect(ids).toEqual(ids.map((_, index) => index + 1));
    const csv = await admin.call("GET", "/api/admin/audit/export?format=csv");
    expect(csv.headers["content-disposition"]).toContain("audit-log.csv");
    expect(csv.body).toContain(`"'=HYPERLINK(""http://evil"")"`);
  });
});

describe("the chain", () => {
  const audit = async (...args: string[]) => {
    const { exitCode, stdout, stderr } = await execa(process.execPath, [AUDIT, ...args], {
      reject: false,
      env: { WORKSAMPLE_DATABASE_URL: api.config.databaseUrl },
    });
    return { status: exitCode, stdout, stderr };
  };
  const check = async () => (await admin.call("GET", "/api/admin/audit/check")).json();

  it("holds, also when many write at once", async () => {
    const write = (index: number) =>
      api.db.transaction().execute((transaction) =>
        recordAudit(transaction, commandActor("test"), {
          action: "staff.create",
          subject: { type: "staff", id: `s${index}`, label: "" },
          after: { at: new Date(), nested: { z: 1, a: [1.5, null, "ü"] }, nothing: undefined },
        }),
      );
    await Promise.all(Array.from({ length: 25 }, (_, index) => write(index)));
    const result = await check();
    expect(result).toMatchObject({ fault: null, head: { id: result.checked } });
    expect(result.checked).toBeGreaterThan(25);
  });

  it("is checked by the command, in an export and in the database, and against a head written down", async () => {
    const directory = await scratchDirectory();
    const file = join(directory, "audit-log.jsonl");
    const exported = (await admin.call("GET", "/api/admin/audit/export")).body;
    await writeFile(file, exported);
    const { head } = await check();
    const intact = await audit("--file", file);
    expect(intact).toMatchObject({ status: 0, stdout: expect.stringContaining("INTACT: ") });
    const inDatabase = await audit("--head", `${head.id}:${head.hash}`);
    expect(inDatabase).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(`${head.id}:${head.hash}`),
    });
    await writeFile(file, exported.split("\n").slice(0, -3).join("\n"));
    expect((await audit("--file", file)).status).toBe(0);
    expect(await audit("--file", file, "--head", `${head.id}:${head.hash}`)).toMatchObject({ status: 1 });
    await writeFile(file, exported.replace('"invitation.create"', '"invitation.revoke"'));
    expect(await audit("--file", file)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("wrong hash"),
    });
    await writeFile(file, "no log\n");
    expect(await audit("--file", file)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("line 1"),
    });
  });

  it.each([
    ["update audit_event set actor_name = 'someone else' where id = 3"],
    ["delete from audit_event where id = 3"],
    ["truncate audit_event"],
  ])("cannot be broken by `%s`", async (statement) => {
    await expect(sql.raw(statement).execute(api.db)).rejects.toThrow("only grows");
  });

  it("shows a change made by someone who could switch the trigger off", async () => {
    const attack = async (statement: string) => {
      await sql.raw("alter table audit_event disable trigger user").execute(api.db);
      await sql.raw(statement).execute(api.db);
      await sql.raw("alter table audit_event enable trigger user").execute(api.db);
    };
    const original = (await page("?limit=200")).items.find(({ id }) => id === 3)!;
    await attack("update audit_event set actor_name = 'someone else' where id = 3");
    expect((await check()).fault).toEqual({ id: 3, reason: "wrong_hash" });
    await attack(`update audit_event set actor_name = '${original.actor.name}' where id = 3`);
    expect((await check()).fault).toBeNull();
    await attack("delete from audit_event where id = 3");
    expect((await check()).fault).toEqual({ id: 4, reason: "missing_event" });
  });
});

describe("API tokens", () => {
  it("are made, used, listed and revoked", async () => {
    const made = await admin.call("POST", "/api/admin/tokens", { name: "ATS", scopes: ["admin:read"] });
    expect(made.statusCode).toBe(201);
    const { token, item } = made.json<{ token: string; item: { id: string } }>();
    const program = api.client({ authorization: `Bearer ${token}` });
    expect((await program.call("GET", "/api/admin/board")).statusCode).toBe(200);
    const list = (await admin.call("GET", "/api/admin/tokens")).json<{ items: Record<string, unknown>[] }>();
    expect(list.items.find(({ id }) => id === item.id)).toMatchObject({
      name: "ATS",
      scopes: ["admin:read"],
      lastUsedAt: expect.any(String),
    });
    expect(JSON.stringify(list)).not.toContain(token);
    expect((await admin.call("POST", `/api/admin/tokens/${item.id}/revoke`, {})).statusCode).toBe(200);
    expect((await program.call("GET", "/api/admin/board")).json().code).toBe("invalid_api_token");
  });

  it("end when they should", async () => {
    const expiresAt = new Date(Date.now() + 500).toISOString();
    const made = await admin.call("POST", "/api/admin/tokens", {
      name: "short",
      scopes: ["admin:read"],
      expiresAt,
    });
    const program = api.client({ authorization: `Bearer ${made.json().token}` });
    expect((await program.call("GET", "/api/admin/board")).statusCode).toBe(200);
    await expect.poll(async () => (await program.call("GET", "/api/admin/board")).statusCode).toBe(401);
    const past = new Date(Date.now() - 1000).toISOString();
    const refused = await admin.call("POST", "/api/admin/tokens", {
      name: "x",
      scopes: ["admin:read"],
      expiresAt: past,
    });
    expect(refused.json()).toMatchObject({ code: "invalid_request", errors: [{ path: "expiresAt" }] });
  });

  it("cannot be used to get more than they have", async () => {
    const program = await api.token("staff:write");
    const more = await program.call("POST", "/api/admin/tokens", { name: "more", scopes: ["admin:write"] });
    expect(more.json()).toMatchObject({ code: "missing_scope", status: 403 });
    const same = await program.call("POST", "/api/admin/tokens", { name: "same", scopes: ["staff:write"] });
    expect(same.statusCode).toBe(201);
    const weaker = await api.token("admin:write");
    expect(
      (await weaker.call("POST", "/api/admin/tokens", { name: "x", scopes: ["admin:write"] })).statusCode,
    ).toBe(403);
  });
});
