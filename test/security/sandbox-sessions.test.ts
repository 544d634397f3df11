import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { TokenSealer } from "../../services/shared/domain/sealed-token.ts";
import {
  sealCookie,
  sealTicket,
  type WorkspaceAccess,
} from "../../services/shared/domain/workspace-access.ts";
import { insertRunningAttempt, type Sent, send } from "../support/gateway-fixture.ts";
import {
  database,
  enterPath,
  fixture,
  gatewayForThisFile,
  ideSocketOf,
  openWebSocket,
  openWithIde,
  originOf,
  upgradeStatus,
  visit,
} from "../support/sandbox-visits.ts";

gatewayForThisFile();

function access(attemptId: string, overrides: Partial<WorkspaceAccess> = {}): WorkspaceAccess {
  return { attemptId, target: "ide", jti: randomUUID(), expiresAt: Date.now() + 60_000, ...overrides };
}

describe("tickets", () => {
  test("a good one becomes a cookie of this host alone, and leads to the root", async () => {
    const { attemptId } = await openWithIde();
    const answer = await visit(attemptId, { path: enterPath(fixture.ticket(attemptId)) });
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe("/");
    expect(answer.headers["set-cookie"]).toEqual([
      expect.stringMatching(
        /^__Host-worksample=\S+; Path=\/; Max-Age=43200; Secure; HttpOnly; SameSite=None; Partitioned$/,
      ),
    ]);
    const cookie = await fixture.enter(attemptId);
    expect((await visit(attemptId, { headers: { cookie } })).status).toBe(200);
  });

  test.each<[string, (attemptId: string) => string]>([
    ["forged", (id) => sealTicket(new TokenSealer("x".repeat(40)), access(id))],
    ["expired", (id) => fixture.ticket(id, { expiresAt: Date.now() - 1 })],
    ["of another attempt", () => fixture.ticket(randomUUID())],
    ["of another target", (id) => fixture.ticket(id, { target: 3000 })],
    ["that is a cookie", (id) => sealCookie(fixture.sealer, access(id))],
    ["empty", () => ""],
    ["changed in one place", (id) => fixture.ticket(id).replace(/^(.{20})./, (_all, head) => `${head}-`)],
  ])("one %s lets nobody in", async (_name, makeTicket) => {
    const { attemptId, ide } = await openWithIde();
    const answer = await visit(attemptId, { path: enterPath(makeTicket(attemptId)) });
    expect([answer.status, answer.headers["set-cookie"]]).toEqual([401, undefined]);
    expect(ide.requests).toHaveLength(0);
  });

  test("one works once, also across a restart of the gateway", async () => {
    const sandbox = await openWithIde();
    await insertRunningAttempt(database.db, "host-1", sandbox);
    const ticket = fixture.ticket(sandbox.attemptId);
    expect((await visit(sandbox.attemptId, { path: enterPath(ticket) })).status).toBe(303);
    expect((await visit(sandbox.attemptId, { path: enterPath(ticket) })).status).toBe(401);
    await fixture.restart();
    await fixture.gateway.restored;
    expect((await visit(sandbox.attemptId, { path: enterPath(ticket) })).status).toBe(401);
  });

  test("of two visits at the same time, one gets in", async () => {
    const { attemptId } = await openWithIde();
    const path = enterPath(fixture.ticket(attemptId));
    const answers = await Promise.all(Array.from({ length: 10 }, () => visit(attemptId, { path })));
    expect(answers.filter((answer) => answer.status === 303)).toHaveLength(1);
  });

  test.each<[string, Sent]>([
    ["HEAD", { method: "HEAD" }],
    ["a prefetch", { headers: { "sec-purpose": "prefetch;prerender" } }],
    ["a prefetch of an older browser", { headers: { purpose: "prefetch" } }],
  ])("%s does not use it up", async (_name, sent) => {
    const { attemptId } = await openWithIde();
    const path = enterPath(fixture.ticket(attemptId));
    const looked = await visit(attemptId, { ...sent, path });
    expect(looked.headers["set-cookie"]).toBeUndefined();
    expect((await visit(attemptId, { path })).status).toBe(303);
  });

  test("a page that is loaded again with a spent ticket is let in by its cookie", async () => {
    const { attemptId } = await openWithIde();
    const path = enterPath(fixture.ticket(attemptId));
    const cookie = (await visit(attemptId, { path })).headers["set-cookie"]![0]!.split(";")[0]!;
    const again = await visit(attemptId, { path, headers: { cookie } });
    expect([again.status, again.headers.location]).toEqual([303, "/"]);
  });

  test.each(["https://evil.example/", "//evil.example/", "/\\evil.example"])(
    "nothing in the address makes it lead to %s",
    async (to) => {
      const { attemptId } = await openWithIde();
      const path = `${enterPath(fixture.ticket(attemptId))}&to=${encodeURIComponent(to)}&next=${encodeURIComponent(to)}`;
      expect((await visit(attemptId, { path })).headers.location).toBe("/");
    },
  );

  test("other sites cannot enter by a script or a form", async () => {
    const { attemptId } = await openWithIde();
    const path = enterPath(fixture.ticket(attemptId));
    const fromElsewhere = { "sec-fetch-site": "cross-site", origin: "https://evil.example" };
    expect(
      (await visit(attemptId, { path, headers: { ...fromElsewhere, "sec-fetch-mode": "cors" } })).status,
    ).toBe(403);
    expect((await visit(attemptId, { path, method: "POST", headers: fromElsewhere })).status).toBe(403);
  });
});

describe("cookies", () => {
  const cookieOf = (token: string) => `__Host-worksample=${token}`;

  test.each<[string, (attemptId: string) => string]>([
    ["none", () => ""],
    ["a forged one", (id) => cookieOf(sealCookie(new TokenSealer("x".repeat(40)), access(id)))],
    [
      "an expired one",
      (id) => cookieOf(sealCookie(fixture.sealer, access(id, { expiresAt: Date.now() - 1 }))),
    ],
    ["that of another attempt", () => cookieOf(sealCookie(fixture.sealer, access(randomUUID())))],
    ["that of a preview", (id) => cookieOf(sealCookie(fixture.sealer, access(id, { target: 3000 })))],
    ["a ticket as cookie", (id) => cookieOf(fixture.ticket(id))],
    ["one under another name", (id) => `worksample=${sealCookie(fixture.sealer, access(id))}`],
  ])("%s reaches nothing", async (_name, makeCookie) => {
    const { attemptId, ide } = await openWithIde();
    const cookie = makeCookie(attemptId);
    expect((await visit(attemptId, { headers: { cookie } })).status).toBe(401);
    expect(await upgradeStatus(attemptId, { cookie, origin: originOf(attemptId) })).toBe(401);
    expect(ide.requests).toHaveLength(0);
  });

  test("that of the IDE does not open a preview", async () => {
    const { attemptId } = await openWithIde();
    const cookie = await fixture.enter(attemptId);
    expect((await visit(attemptId, { target: 3000, headers: { cookie } })).status).toBe(401);
  });

  test("a tossed one beside the good one changes nothing", async () => {
    const { attemptId } = await openWithIde();
    const good = await fixture.enter(attemptId);
    const tossed = cookieOf(sealCookie(fixture.sealer, access(randomUUID())));
    expect((await visit(attemptId, { headers: { cookie: `${tossed}; ${good}` } })).status).toBe(200);
  });

  test("the sandbox never sees the session, and does see the app's own cookies", async () => {
    const { attemptId, ide } = await openWithIde();
    const cookie = await fixture.enter(attemptId, 3000);
    const token = cookie.split("=")[1]!;
    for (const header of [`a=1; ${cookie}; b=2`, `a=1;${cookie};b=2`, `a=1; b=2; ${cookie}`])
      await visit(attemptId, { target: 3000, headers: { cookie: header } });
    await openWebSocket(attemptId, { cookie: `a=1; ${cookie}; b=2` }, 3000).catch(() => {});
    expect(ide.requests.length).toBeGreaterThanOrEqual(3);
    for (const request of ide.requests) {
      expect(request.headers.cookie).toBe("a=1; b=2");
      expect(request.rawHeaders.join("\n")).not.toContain(token);
    }
  });

  test("the sandbox can neither set the session nor a cookie for its neighbours", async () => {
    const sandbox = await openWithIde((_request, response) => {
      response.setHeader("Set-Cookie", [
        "__Host-worksample=forged; Path=/; Secure",
        `toss=1; Domain=${fixture.config.sandboxDomain.split(":")[0]}; Path=/`,
      ]);
      response.end();
    });
    const cookie = await fixture.enter(sandbox.attemptId);
    const answer = await visit(sandbox.attemptId, { headers: { cookie } });
    expect(answer.headers["set-cookie"]).toEqual(["toss=1; Path=/; Secure; SameSite=None; Partitioned"]);
    // Without the gateway in between, both arrive as they were sent.
    const direct = await send(ideSocketOf(sandbox), {});
    expect(direct.headers["set-cookie"]).toHaveLength(2);
  });
});
