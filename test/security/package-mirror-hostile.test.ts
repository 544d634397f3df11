import { readdirSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo, LookupFunction } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { sendRaw } from "../support/gateway-fixture.ts";
import { type MirrorFixture, startMirrorFixture } from "../support/package-mirror-fixture.ts";
import {
  type Answer,
  bytes,
  type LocalRegistry,
  npmTarball,
  type Packument,
  startLocalRegistry,
} from "../support/package-registry.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";

const MIB = 1024 ** 2;

let database: TestDatabase;
let registry: LocalRegistry;
let mirror: MirrorFixture;
/** A server of this machine that no candidate may reach. */
let victim: Server;
let victimHost: string;
let victimRequests: string[];
let tarball: Buffer;

beforeAll(async () => {
  database = await createTestDatabase();
  tarball = await npmTarball({ "package.json": "{}" });
});
afterAll(() => database?.drop());
beforeEach(async () => {
  registry = await startLocalRegistry();
  victimRequests = [];
  victim = createServer((asked, response) => {
    victimRequests.push(asked.url!);
    response.writeHead(200, { "content-type": "application/json" }).end(tarball);
  });
  await new Promise<void>((resolve) => victim.listen(0, "127.0.0.1", resolve));
  victimHost = `127.0.0.1:${(victim.address() as AddressInfo).port}`;
  mirror = await startMirrorFixture(database.db, registry);
});
afterEach(async () => {
  await mirror.close();
  await registry.close();
  victim.closeAllConnections();
  await new Promise((resolve) => victim.close(resolve));
});

type Overrides = Parameters<typeof startMirrorFixture>[2];
async function restartWith(overrides: Overrides): Promise<void> {
  await mirror.close();
  mirror = await startMirrorFixture(database.db, registry, overrides);
}

/** A package whose only tarball is said to be there. */
const publishAt = (tarballUrl: string) =>
  registry.publish("a", { "1.0.0": tarball }, (packument) => {
    packument.versions["1.0.0"].dist.tarball = tarballUrl;
    return packument;
  });

const leftovers = () => readdirSync(join(mirror.dataDir, "cache/packages/incoming"));
const TARBALL = "/npm/a/-/a-1.0.0.tgz";

describe("a path that", () => {
  const TRICKS = [
    "/npm/../secret",
    "/npm/..%2fsecret",
    "/npm/%2e%2e/secret",
    "/npm/%2e%2e%2fsecret",
    "/npm/%252e%252e%252fsecret",
    "/npm/a/../../secret",
    "/npm/a/-/..%2f..%2f..%2fsecret",
    "/npm/a/-/..%2f..%2f..%2fsecret.tgz",
    "/npm/@a%2f..%2f..%2fsecret",
    "/npm/@a/..%2f..%2fsecret",
    "/npm/@../secret",
    "/npm/a/..%2f..%2fsecret",
    "/npm/..%5csecret",
    "/npm//secret",
    "/npm/a%00b",
    "/npm/a%0d%0ax:y",
    "/npm/a%3fwrite=true",
    "/npm/a%23b",
    "/npm/%zz",
    "/npm/-/package/..%2f..%2fsecret/dist-tags",
    "/npm/-/user/token",
    "/pypi/simple/../secret/",
    "/pypi/simple/..%2fsecret/",
    "/pypi/simple/%2e%2e/",
    "/pypi/simple/a%2f..%2f..%2fsecret/",
    "/pypi/files/a/..%2f..%2fsecret",
    "/pypi/files/a/..%2f..%2fsecret.whl",
    "/pypi/files/../../secret",
    "/../secret",
    "//secret",
  ];

  test.each(TRICKS)("climbs or hides (%s) leads nowhere", async (path) => {
    registry.answer("/secret", bytes(Buffer.from("the secret")));
    const caller = await mirror.addAttempt();
    const answer = await caller.get(path);
    expect(answer.status).toBe(404);
    expect(registry.requests).toEqual([]);
  });

  test.each(["http:", "https:", ""])("is another address (%s//host) leads nowhere", async (scheme) => {
    const caller = await mirror.addAttempt();
    for (const path of [
      `/npm/${scheme}//${victimHost}/secret`,
      `/npm/${encodeURIComponent(`${scheme}//${victimHost}/secret`)}`,
      `/pypi/simple/${encodeURIComponent(`${scheme}//${victimHost}`)}/`,
    ])
      expect((await caller.get(path)).status).toBe(404);
    const line = await sendRaw(
      caller.socketPath,
      `GET http://${victimHost}/secret HTTP/1.1\r\nHost: packages.internal\r\nConnection: close\r\n\r\n`,
    );
    expect(line).toMatch(/^HTTP\/1.1 400/);
    expect([victimRequests, registry.requests]).toEqual([[], []]);
  });

  test("control: pasted behind the registry's address, climbing does reach the secret", async () => {
    registry.answer("/secret", bytes(Buffer.from("the secret")));
    expect(await (await fetch(`${registry.npmUrl}/${"../secret"}`)).text()).toBe("the secret");
    expect(await (await fetch(`${registry.npmUrl}/${"%2e%2e/secret"}`)).text()).toBe("the secret");
  });
});

describe("a registry that redirects", () => {
  const redirect =
    (location: string, status = 302): Answer =>
    (_request, response) =>
      response.writeHead(status, { location }).end();

  test.each([301, 302, 303, 307, 308])("with %i to another host is not followed", async (status) => {
    await registry.publish("a", { "1.0.0": tarball });
    const caller = await mirror.addAttempt();
    registry.answer("/registry/a", redirect(`http://${victimHost}/a`, status));
    expect((await caller.get("/npm/a")).json().code).toBe("package_registry_failed");
    registry.answer("/registry/a", null);
    await restartWith({});
    registry.answer("/registry/a/-/a-1.0.0.tgz", redirect(`//${victimHost}/a`, status));
    expect((await (await mirror.addAttempt()).get(TARBALL)).json().code).toBe("package_registry_failed");
    expect(victimRequests).toEqual([]);
  });

  test("control: within the registry, and to a host that the settings name, it is", async () => {
    await registry.publish("a", { "1.0.0": tarball });
    registry.answer("/elsewhere", bytes(tarball));
    registry.answer("/registry/a/-/a-1.0.0.tgz", redirect("/elsewhere"));
    expect((await (await mirror.addAttempt()).get(TARBALL)).body).toEqual(tarball);
    await restartWith({ config: { packageFileHosts: [victimHost] } });
    registry.answer("/registry/a/-/a-1.0.0.tgz", redirect(`http://${victimHost}/a`));
    expect((await (await mirror.addAttempt()).get(TARBALL)).body).toEqual(tarball);
    expect(victimRequests).toEqual(["/a"]);
  });

  test("to a public host is not followed either: nobody so much as looks it up", async () => {
    let lookups = 0;
    const resolve = async () => {
      lookups++;
      return [];
    };
    await restartWith({ packages: { resolve } });
    await registry.publish("a", { "1.0.0": tarball });
    registry.answer("/registry/a/-/a-1.0.0.tgz", redirect("https://files.example.com/a"));
    const caller = await mirror.addAttempt();
    expect((await caller.get(TARBALL)).json().code).toBe("package_registry_failed");
    expect(lookups).toBe(0);

    // Control: named by the metadata, it would be asked.
    await registry.publish("b", { "1.0.0": tarball }, (packument) => {
      packument.versions["1.0.0"].dist.tarball = "https://files.example.com/b";
      return packument;
    });
    await caller.get("/npm/b/-/b-1.0.0.tgz");
    expect(lookups).toBe(1);
  });

  test("without end is given up", async () => {
    registry.answer("/registry/a", redirect("/registry/a"));
    expect((await (await mirror.addAttempt()).get("/npm/a")).json().code).toBe("package_registry_failed");
    expect(registry.requests.length).toBeLessThan(10);
  });

  test.each(["file:///etc/passwd", "gopher://127.0.0.1/", "http://[", "http://user:password@127.0.0.1/"])(
    "to %s is not followed",
    async (location) => {
      registry.answer("/registry/a", redirect(location));
      expect((await (await mirror.addAttempt()).get("/npm/a")).json().code).toBe("package_registry_failed");
    },
  );
});

describe("metadata that name a file at", () => {
  const port = () => victimHost.split(":")[1]!;

  test.each([
    ["this machine", "127.0.0.1"],
    ["this machine, as a number", "2130706433"],
    ["this machine, in hexadecimal", "0x7f.1"],
    ["this machine, by IPv6", "[::1]"],
    ["this machine, by IPv6 with IPv4 in it", "[::ffff:127.0.0.1]"],
    ["this machine, by name", "localhost"],
    ["this machine, by a longer name", "registry.localhost"],
    ["no address at all", "0.0.0.0"],
    ["the network", "10.0.0.1"],
    ["the cloud's metadata", "169.254.169.254"],
    ["a neighbour by name", "database"],
    ["a service of the sandbox", "models.internal"],
  ])("%s are refused", async (_what, host) => {
    // Whatever a name resolves to: nobody asks.
    await restartWith({ packages: { resolve: async () => [{ address: "127.0.0.1", family: 4 }] } });
    await publishAt(`http://${host}:${port()}/a`);
    const caller = await mirror.addAttempt();
    expect((await caller.get("/npm/a")).status).toBe(200);
    expect((await caller.get(TARBALL)).json().code).toBe("package_registry_failed");
    expect(victimRequests).toEqual([]);
  });

  test("a public name with a private address are refused", async () => {
    await restartWith({ packages: { resolve: async () => [{ address: "127.0.0.1", family: 4 }] } });
    await publishAt(`http://files.example.com:${port()}/a`);
    expect((await (await mirror.addAttempt()).get(TARBALL)).json().code).toBe("package_registry_failed");
    expect(victimRequests).toEqual([]);
  });

  test("control: a host that the settings name is asked, by the same address", async () => {
    await restartWith({ config: { packageFileHosts: [victimHost] } });
    await publishAt(`http://${victimHost}/a`);
    expect((await (await mirror.addAttempt()).get(TARBALL)).body).toEqual(tarball);
    expect(victimRequests).toEqual(["/a"]);
  });

  test("a name that turns private once it is checked are not reached: what was checked is connected to", async () => {
    let asked = 0;
    // Public when it is checked, private when it is used. Nothing answers at the public one.
    const resolve = async () => [{ address: asked++ === 0 ? "198.41.0.4" : "127.0.0.1", family: 4 }];
    await restartWith({ packages: { resolve, timeouts: { connectMs: 500 } } });
    await publishAt(`http://files.example.com:${port()}/a`);
    expect((await (await mirror.addAttempt()).get(TARBALL)).json().code).toBe("package_registry_failed");
    expect(asked).toBe(1);
    expect(victimRequests).toEqual([]);

    // Control: who checks the name and then connects by name reaches the victim.
    asked = 0;
    expect((await resolve())[0]!.address).toBe("198.41.0.4");
    const lookup: LookupFunction = (_hostname, options, done) =>
      void resolve().then((found) =>
        options.all ? done(null, found) : done(null, found[0]!.address, found[0]!.family),
      );
    await new Promise((done) =>
      request({ host: "files.example.com", port: port(), path: "/rebound", lookup }, done).end(),
    );
    expect(victimRequests).toEqual(["/rebound"]);
  });
});

describe("an answer of the registry that", () => {
  const LIMITS = { packages: { metadata: { maxBytes: MIB, timeoutMs: 2000, quietMs: 0 } } };
  const packument = (padding: number): Packument & { readme: string } => ({
    name: "a",
    "dist-tags": {},
    versions: {},
    readme: "x".repeat(padding),
  });
  const text =
    (value: string | Buffer, headers = {}): Answer =>
    (_request, response) =>
      response.writeHead(200, { "content-type": "application/json", ...headers }).end(value);

  beforeEach(() => restartWith(LIMITS));

  async function expectRefused(path = "/npm/a"): Promise<void> {
    const caller = await mirror.addAttempt();
    const answer = await caller.get(path);
    expect([answer.status, answer.json().code]).toEqual([502, "package_registry_failed"]);
    await expect.poll(leftovers).toEqual([]);
    // And others are served as before.
    await registry.publish("good", { "1.0.0": tarball });
    expect((await caller.get("/npm/good")).status).toBe(200);
  }

  test("is larger than the limit is refused, and one below is not", async () => {
    registry.answer("/registry/a", text(JSON.stringify(packument(MIB / 2))));
    expect((await (await mirror.addAttempt()).get("/npm/a")).status).toBe(200);
    registry.answer("/registry/b", text(JSON.stringify({ ...packument(2 * MIB), name: "b" })));
    await expectRefused("/npm/b");
  });

  test("never ends is cut off", async () => {
    let sent = 0;
    registry.answer("/registry/a", (_request, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const more = () => {
        while (!response.destroyed && response.write(" ".repeat(64 * 1024))) sent += 64 * 1024;
      };
      response.on("drain", more);
      more();
    });
    await expectRefused();
    expect(sent).toBeLessThan(64 * MIB);
  });

  test("trickles is given up", async () => {
    registry.answer("/registry/a", (_request, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const timer = setInterval(() => response.write(" "), 100);
      response.on("close", () => clearInterval(timer));
    });
    const started = performance.now();
    await expectRefused();
    expect(performance.now() - started).toBeLessThan(6000);
  });

  test("is small and becomes huge when it is decompressed is refused, and one that stays small is not", async () => {
    const gzip = { "content-encoding": "gzip" };
    registry.answer("/registry/b", text(gzipSync(JSON.stringify({ ...packument(1000), name: "b" })), gzip));
    expect((await (await mirror.addAttempt()).get("/npm/b")).status).toBe(200);
    const bomb = gzipSync(Buffer.alloc(100 * MIB, " "));
    expect(bomb.length).toBeLessThan(MIB / 4);
    registry.answer("/registry/a", text(bomb, gzip));
    await expectRefused();
  });

  test.each([
    ["is no JSON", "<html>not found</html>"],
    ["is cut", '{"name":"a","versions":{'],
    ["is empty", ""],
    ["is a list", "[]"],
    ["is null", "null"],
    ["is of another package", '{"name":"b","versions":{}}'],
    ["has no versions", '{"name":"a"}'],
    ["has versions of another kind", '{"name":"a","versions":[1]}'],
    ["nests without end", `{"name":"a","versions":{},"x":${"[".repeat(400_000)}${"]".repeat(400_000)}}`],
    ["is no UTF-8", Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
  ])("%s is refused", async (_what, body) => {
    registry.answer("/registry/a", text(body));
    await expectRefused();
  });

  test("sets prototypes changes none, and is passed on without them taking effect", async () => {
    registry.answer(
      "/registry/a",
      text(
        '{"name":"a","versions":{"__proto__":{"dist":{"tarball":"http://x/"}},"1.0.0":null},"__proto__":{"polluted":1}}',
      ),
    );
    const answer = await (await mirror.addAttempt()).get("/npm/a");
    expect(answer.json().versions).toEqual({});
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test.each([
    ["is no page", "application/vnd.pypi.simple.v1+json", '{"files":1}'],
    [
      "is of a later protocol",
      "application/vnd.pypi.simple.v2+json",
      '{"meta":{"api-version":"2.0"},"files":[]}',
    ],
    ["is no JSON", "application/vnd.pypi.simple.v1+json", "<a href=x>"],
  ])("as a Python index %s is refused", async (_what, type, body) => {
    registry.answer("/simple/a/", text(body, { "content-type": type }));
    const answer = await (await mirror.addAttempt()).get("/pypi/simple/a/");
    expect(answer.json().code).toBe("package_registry_failed");
  });

  test("is a page with script and strange addresses comes out as clean text", async () => {
    const sha256 = "0".repeat(64);
    registry.answer(
      "/simple/a/",
      text(
        `<script>alert(1)</script><a href="javascript:alert(1)//a-1.0.tar.gz">x</a>` +
          `<a href="file:///etc/a-1.0.tar.gz">x</a><a href="/files/..%2fa-1.0.tar.gz">x</a>` +
          `<a href="/files/a-1.0.tar.gz#sha256=${sha256}" data-requires-python='"><img src=x onerror=alert(1)>'>a</a>` +
          `<a href="/files/a-2.0.tar.gz#md5=${"0".repeat(32)}">a</a>`,
        { "content-type": "text/html" },
      ),
    );
    const caller = await mirror.addAttempt();
    const page = (await caller.get("/pypi/simple/a/")).body.toString();
    expect(page.match(/<a /g)).toHaveLength(2);
    expect(page).not.toMatch(/<script|<img|javascript:|file:/);
    // Without a digest that proves something, a file is not served.
    expect((await caller.get("/pypi/files/a/a-2.0.tar.gz")).json().code).toBe("package_registry_failed");
  });

  test("has headers for the client is passed on without them", async () => {
    await registry.publish("a", { "1.0.0": tarball });
    const strange = {
      "set-cookie": "session=stolen",
      location: "http://elsewhere.example.com",
      "x-strange": "yes",
      "npm-notice": "visit us",
      "content-disposition": "attachment",
      "cache-control": "public, max-age=31536000",
    };
    registry.answer("/registry/a/-/a-1.0.0.tgz", (_request, response) =>
      response.writeHead(200, { ...strange, "content-length": tarball.length }).end(tarball),
    );
    expect((await fetch(`${registry.origin}/registry/a/-/a-1.0.0.tgz`)).headers.get("x-strange")).toBe("yes");
    const answer = await (await mirror.addAttempt()).get(TARBALL);
    expect(answer.body).toEqual(tarball);
    for (const name of Object.keys(strange).filter((name) => name !== "cache-control"))
      expect(answer.headers[name], name).toBeUndefined();
    expect(answer.headers["cache-control"]).toBe("no-store");
  });
});

describe("a file", () => {
  const size = 300_000;
  const content = Buffer.alloc(size, "content ");

  beforeEach(() => registry.publish("a", { "1.0.0": content }));

  test("with another digest is cut before its end, for everybody, and is not kept", async () => {
    const forged = Buffer.from(content);
    forged[5] = 0;
    registry.answer("/registry/a/-/a-1.0.0.tgz", bytes(forged));
    const callers = await Promise.all([mirror.addAttempt(), mirror.addAttempt()]);
    for (const answer of await Promise.all(callers.map((caller) => caller.get(TARBALL)))) {
      expect(answer.isCut).toBe(true);
      expect(answer.body.length).toBeLessThan(size);
    }
    expect((await callers[0]!.get(TARBALL)).isCut).toBe(true);
    expect(registry.count(/tgz$/)).toBeGreaterThanOrEqual(2);
    expect(await callers[0]!.events()).toEqual([]);
    expect(leftovers()).toEqual([]);

    // Control: the right one is served whole, and kept.
    registry.answer("/registry/a/-/a-1.0.0.tgz", null);
    for (const caller of callers) expect((await caller.get(TARBALL)).body.equals(content)).toBe(true);
  });

  test("that is free and has another digest is cut before its last byte, too", async () => {
    const wheel = "b-1.0-py3-none-any.whl";
    const metadata = Buffer.from("Metadata-Version: 2.1");
    registry.publishProject("b", { [wheel]: content, [`${wheel}.metadata`]: metadata }, (page) => {
      const [file, text] = page.files;
      page.files = [{ ...file, "core-metadata": text.hashes }];
      return page;
    });
    registry.answer(`/files/${wheel}.metadata`, (_request, response) => {
      response.write("Metadata-Version: 6.6");
      // All of it is there before anybody can know that it is wrong.
      setTimeout(() => response.end(), 300);
    });
    const caller = await mirror.addAttempt();
    const answer = await caller.get(`/pypi/files/b/${wheel}.metadata`);
    expect([answer.isCut, answer.body.toString()]).toEqual([true, "Metadata-Version: 6."]);
    registry.answer(`/files/${wheel}.metadata`, null);
    expect((await caller.get(`/pypi/files/b/${wheel}.metadata`)).body).toEqual(metadata);
  });

  test.each([
    ["ends early", size, size - 1000],
    ["is longer than announced", size - 1000, size],
    ["says nothing about its size and ends early", null, size - 1],
    ["says nothing about its size and is longer", null, size],
  ])("that %s is cut", async (_what, announced, sent) => {
    const body = Buffer.concat([content, content]).subarray(
      0,
      announced === null && sent === size ? size + 1 : sent,
    );
    registry.answer("/registry/a/-/a-1.0.0.tgz", (asked) => {
      const length = announced === null ? "" : `content-length: ${announced}\r\n`;
      asked.socket.write(`HTTP/1.1 200 OK\r\n${length}connection: close\r\n\r\n`);
      asked.socket.end(body);
    });
    const caller = await mirror.addAttempt();
    const answer = await caller.get(TARBALL);
    expect(answer.isCut).toBe(true);
    expect(await caller.events()).toEqual([]);
    expect(leftovers()).toEqual([]);
  });

  test.each(["-1", "1e9", "99999999999999", "abc"])("of size %s is refused", async (length) => {
    registry.answer("/registry/a/-/a-1.0.0.tgz", (asked) => {
      asked.socket.end(`HTTP/1.1 200 OK\r\ncontent-length: ${length}\r\nconnection: close\r\n\r\nx`);
    });
    expect((await (await mirror.addAttempt()).get(TARBALL)).json().code).toBe("package_registry_failed");
  });

  test("that is announced twice differently is refused", async () => {
    registry.answer("/registry/a/-/a-1.0.0.tgz", (asked) => {
      asked.socket.end(
        "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
      );
    });
    const answer = await (await mirror.addAttempt()).get(TARBALL);
    expect(answer.status === 502 || answer.isCut).toBe(true);
  });

  test("that claims to be compressed is taken as it is, so that no bomb goes off", async () => {
    const bomb = gzipSync(Buffer.alloc(50 * MIB));
    await registry.publish("bomb", { "1.0.0": bomb });
    registry.answer("/registry/bomb/-/bomb-1.0.0.tgz", (_request, response) =>
      response.writeHead(200, { "content-encoding": "gzip", "content-length": bomb.length }).end(bomb),
    );
    const answer = await (await mirror.addAttempt()).get("/npm/bomb/-/bomb-1.0.0.tgz");
    expect(answer.body.equals(bomb)).toBe(true);
    expect(answer.headers["content-encoding"]).toBeUndefined();
  });

  test("that stalls is given up", async () => {
    await restartWith({ packages: { timeouts: { idleMs: 500 } } });
    registry.answer("/registry/a/-/a-1.0.0.tgz", (_request, response) => {
      response.writeHead(200, { "content-length": size });
      response.write(content.subarray(0, 1000));
    });
    const started = performance.now();
    expect((await (await mirror.addAttempt()).get(TARBALL)).isCut).toBe(true);
    expect(performance.now() - started).toBeLessThan(4000);
  });

  test("that nobody waits for any more is not fetched to its end", async () => {
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    registry.answer("/registry/a/-/a-1.0.0.tgz", (_request, response) => {
      response.writeHead(200, { "content-length": size });
      response.write(content.subarray(0, 200_000));
      response.on("close", resolve);
    });
    const caller = await mirror.addAttempt();
    const call = request(
      { socketPath: caller.socketPath, path: TARBALL, headers: { host: "packages.internal" } },
      (response) => response.once("data", () => call.destroy()),
    );
    call.on("error", () => {});
    call.end();
    await closed;
    await expect.poll(leftovers).toEqual([]);
    // Most of it was had, so it counts.
    await expect.poll(() => caller.fetched()).toMatchObject([{ bytes: size, state: "fetched" }]);
  });
});

describe("what a candidate's program sends along", () => {
  test("does not reach the registry, and the registry's credentials reach nobody else", async () => {
    const address = registry.npmUrl.replace("http://", "http://us%40er:pass%3Aword@");
    await restartWith({ config: { npmRegistry: address, packageFileHosts: [victimHost] } });
    await registry.publish("a", { "1.0.0": tarball });
    const headers = {
      authorization: "Bearer candidate",
      cookie: "a=b",
      range: "bytes=0-1",
      "x-forwarded-for": "10.0.0.1",
      "accept-encoding": "br",
      "user-agent": "candidate",
      "npm-session": "1",
      te: "trailers",
    };
    const caller = await mirror.addAttempt();
    await caller.get("/npm/a?write=true", headers);
    await caller.get(TARBALL, headers);
    const expected = `Basic ${Buffer.from("us@er:pass:word").toString("base64")}`;
    expect(registry.requests.map(({ path }) => path)).toEqual([
      "/registry/a",
      "/registry/a",
      "/registry/a/-/a-1.0.0.tgz",
    ]);
    for (const { headers: sent } of registry.requests) {
      expect(Object.keys(sent).sort()).toEqual(
        ["accept", "accept-encoding", "authorization", "connection", "host", "user-agent"].sort(),
      );
      expect([sent.authorization, sent["user-agent"]]).toEqual([expected, "worksample"]);
    }

    const seen: unknown[] = [];
    victim.on("request", (asked) => seen.push(asked.headers.authorization));
    await restartWith({ config: { npmRegistry: address, packageFileHosts: [victimHost] } });
    await publishAt(`http://${victimHost}/a`);
    expect((await (await mirror.addAttempt()).get(TARBALL)).body).toEqual(tarball);
    expect(seen).toEqual([undefined]);
  });
});

test("one attempt that floods the registry is slowed down, what is in the cache and everybody else are not", async () => {
  await restartWith({ packages: { registryRequests: { perSec: 0.001, burst: 10 } } });
  await registry.publish("a", { "1.0.0": tarball });
  const [flooding, other] = [await mirror.addAttempt(), await mirror.addAttempt()];
  await flooding.get("/npm/a");
  const statuses = await Promise.all(
    Array.from({ length: 50 }, async (_, index) => (await flooding.get(`/npm/made-up-${index}`)).status),
  );
  expect(statuses.filter((status) => status === 404)).toHaveLength(9);
  expect(statuses.filter((status) => status === 429)).toHaveLength(41);
  expect(registry.requests).toHaveLength(10);
  expect((await flooding.get("/npm/a")).status).toBe(200);
  expect((await other.get("/npm/made-up")).status).toBe(404);
});
