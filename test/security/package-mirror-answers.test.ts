import { request } from "node:http";
import { gzipSync } from "node:zlib";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  arrivingFiles,
  mirror,
  mirrorForThisFile,
  registry,
  restartWith,
} from "../support/package-mirror-under-test.ts";
import { type Answer, bytes, npmTarball, type Packument } from "../support/package-registry.ts";

const MIB = 1024 ** 2;

mirrorForThisFile();

const TARBALL = "/npm/a/-/a-1.0.0.tgz";
let tarball: Buffer;
beforeAll(async () => {
  tarball = await npmTarball({ "package.json": "{}" });
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
    await expect.poll(arrivingFiles).toEqual([]);
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
    expect(performance.now() - started).toBeLessThan(20_000);
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
    expect(arrivingFiles()).toEqual([]);

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
    expect(arrivingFiles()).toEqual([]);
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
    expect(performance.now() - started).toBeLessThan(20_000);
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
    await expect.poll(arrivingFiles).toEqual([]);
    // Most of it was had, so it counts.
    await expect.poll(() => caller.fetched()).toMatchObject([{ bytes: size, state: "fetched" }]);
  });
});
