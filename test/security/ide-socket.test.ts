import { symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { send } from "../support/gateway-fixture.ts";
import {
  fixture,
  gatewayForThisFile,
  ideSocketOf,
  openWithIde,
  originOf,
  upgradeStatus,
  visit,
} from "../support/sandbox-visits.ts";

gatewayForThisFile();

describe("the socket of the IDE", () => {
  test("a symlink to a socket of the host is not followed", async () => {
    const secretPath = join(fixture.config.dataDir, "secret.sock");
    const secret = createServer((_request, response) => void response.end("secret of the host"));
    await new Promise<void>((resolve) => secret.listen(secretPath, resolve));
    const sandbox = await fixture.openSandbox();
    symlinkSync(secretPath, ideSocketOf(sandbox));
    // What a plain connect does:
    expect((await send(ideSocketOf(sandbox), {})).body).toBe("secret of the host");
    const cookie = await fixture.enter(sandbox.attemptId);
    const answer = await visit(sandbox.attemptId, { headers: { cookie } });
    expect([answer.status, answer.body.includes("secret")]).toEqual([502, false]);
    secret.close();
  });

  test.each<[string, (path: string) => void]>([
    ["absent", () => {}],
    ["a file", (path) => writeFileSync(path, "x")],
  ])("one that is %s is answered 502 with a page that tries again", async (_name, make) => {
    const sandbox = await fixture.openSandbox();
    make(ideSocketOf(sandbox));
    const cookie = await fixture.enter(sandbox.attemptId);
    const answer = await visit(sandbox.attemptId, { headers: { cookie, accept: "text/html" } });
    expect([answer.status, answer.headers["retry-after"]]).toEqual([502, "2"]);
    expect(answer.body).toContain('<meta http-equiv="refresh"');
    expect(await upgradeStatus(sandbox.attemptId, { cookie, origin: originOf(sandbox.attemptId) })).toBe(502);
  });

  test.each<[string, string]>([
    ["silence", ""],
    ["no HTTP", "SSH-2.0-OpenSSH\r\n"],
    [
      "an unasked-for upgrade",
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n",
    ],
    ["an impossible status", "HTTP/1.1 999 No\r\n\r\n"],
    ["a head without end", `HTTP/1.1 200 OK\r\nX: ${"a".repeat(100_000)}\r\n\r\n`],
    ["a control character in a value", "HTTP/1.1 200 OK\r\nX: a\x01b\r\n\r\n"],
    ["two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 5\r\n\r\nhello"],
    [
      "a split answer",
      "HTTP/1.1 200 OK\r\nX: a\r\n\tb\nSet-Cookie: __Host-worksample=1\r\nContent-Length: 0\r\n\r\n",
    ],
  ])("a server that answers with %s harms nobody", async (_name, bytes) => {
    const sandbox = await fixture.openSandbox();
    const hostile = createServer();
    hostile.on("connection", (socket) => {
      socket.removeAllListeners("data");
      if (bytes) socket.end(bytes, "latin1");
    });
    await new Promise<void>((resolve) => hostile.listen(ideSocketOf(sandbox), resolve));
    const cookie = await fixture.enter(sandbox.attemptId);
    const answer = await visit(sandbox.attemptId, { headers: { cookie } }).catch(() => undefined);
    if (answer) {
      expect([200, 502, 999]).toContain(answer.status);
      expect(answer.headers["set-cookie"]).toBeUndefined();
    }
    hostile.close();
    hostile.closeAllConnections();
    const { attemptId } = await openWithIde();
    expect((await visit(attemptId, { headers: { cookie: await fixture.enter(attemptId) } })).status).toBe(
      200,
    );
  });
});
