import { createHash, randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { join } from "node:path";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type MirrorFixture,
  type MirrorPolicy,
  startMirrorFixture,
} from "../support/package-mirror-fixture.ts";
import { type LocalRegistry, npmTarball, startLocalRegistry } from "../support/package-registry.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";

const MIB = 1024 ** 2;
const ABBREVIATED = "application/vnd.npm.install-v1+json";
const JSON_PAGE = "application/vnd.pypi.simple.v1+json";

let database: TestDatabase;
let registry: LocalRegistry;
let mirror: MirrorFixture;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());
beforeEach(async () => {
  registry = await startLocalRegistry();
  mirror = await startMirrorFixture(database.db, registry);
});
afterEach(async () => {
  await mirror.close();
  await registry.close();
});

const entries = () => readdirSync(join(mirror.dataDir, "cache/packages/entries")).length;
const incoming = () => readdirSync(join(mirror.dataDir, "cache/packages/incoming")).length;

describe("npm", () => {
  test.each(["left-pad", "@scope/left-pad"])(
    "%s is listed with tarballs that come from the mirror",
    async (name) => {
      const tarball = await npmTarball({ "package.json": "{}" });
      await registry.publish(name, { "1.0.0": tarball, "1.1.0-beta.1": tarball });
      const caller = await mirror.addAttempt();
      for (const path of new Set([`/npm/${name}`, `/npm/${name.replace("/", "%2f")}`])) {
        const packument = (
          await caller.get(path, { accept: `${ABBREVIATED}; q=1.0, application/json; q=0.8` })
        ).json();
        expect(Object.keys(packument.versions)).toEqual(["1.0.0", "1.1.0-beta.1"]);
        expect(packument.versions["1.0.0"].dist.tarball).toBe(
          `http://packages.internal/npm/${name}/-/left-pad-1.0.0.tgz`,
        );
        expect(packument.versions["1.0.0"].dist.integrity).toMatch(/^sha512-/);
      }
      const file = await caller.get(`/npm/${name}/-/left-pad-1.1.0-beta.1.tgz`);
      expect(file.body).toEqual(tarball);
      expect((await caller.get(`/npm/-/package/${name.replace("/", "%2f")}/dist-tags`)).json()).toEqual({
        latest: "1.1.0-beta.1",
      });
      const manifest = (await caller.get(`/npm/${name}/1.0.0`)).json();
      expect(manifest.dist.tarball).toBe(`http://packages.internal/npm/${name}/-/left-pad-1.0.0.tgz`);
    },
  );

  test("the form a client asks for is the form the registry is asked for", async () => {
    await registry.publish("a", { "1.0.0": Buffer.from("x") });
    const caller = await mirror.addAttempt();
    await caller.get("/npm/a", { accept: ABBREVIATED });
    await caller.get("/npm/a", { accept: "application/json" });
    expect(registry.requests.map(({ headers }) => headers.accept)).toEqual([ABBREVIATED, "application/json"]);
  });

  test("a client that has the packument is told so", async () => {
    await registry.publish("a", { "1.0.0": Buffer.from("x") });
    const caller = await mirror.addAttempt();
    const first = await caller.get("/npm/a");
    const again = await caller.get("/npm/a", { "if-none-match": first.headers.etag! });
    expect([again.status, again.body.length]).toEqual([304, 0]);
  });

  test("a tarball is found by the name that lock files from elsewhere have, without any listing before", async () => {
    const tarball = await npmTarball({ "package.json": "{}" });
    await registry.publish("a", { "1.0.0": tarball }, (packument) => {
      packument.versions["2.0.0"] = structuredClone(packument.versions["1.0.0"]);
      return packument;
    });
    const caller = await mirror.addAttempt();
    expect((await caller.get("/npm/a/-/a-2.0.0.tgz")).body).toEqual(tarball);
    expect((await caller.get("/npm/a/-/a-1.0.0.tgz")).body).toEqual(tarball);
    expect((await caller.get("/npm/a/-/a-3.0.0.tgz")).json().code).toBe("package_not_found");
  });

  test("what clients ask besides is answered, so that nothing fails for it", async () => {
    const caller = await mirror.addAttempt();
    const audit = "/npm/-/npm/v1/security";
    const post = (path: string) =>
      caller.send("POST", path, { "content-type": "application/json" }, '{"a":["1.0.0"]}');
    expect((await post(`${audit}/advisories/bulk`)).json()).toEqual({});
    expect((await post(`${audit}/audits/quick`)).json().metadata.vulnerabilities.critical).toBe(0);
    expect((await caller.get("/npm/-/v1/search?text=a")).json().objects).toEqual([]);
    expect((await caller.get("/npm/-/ping")).json()).toEqual({});
    const publishing = await caller.send("PUT", "/npm/a", {}, "{}");
    expect([publishing.status, publishing.headers.allow]).toEqual([405, "GET, HEAD"]);
    expect(registry.requests).toEqual([]);
  });

  test("a package that is not there is not there, and the registry is not asked again at once", async () => {
    const caller = await mirror.addAttempt();
    for (let count = 0; count < 3; count++)
      expect((await caller.get("/npm/nothing")).json().code).toBe("package_not_found");
    expect(registry.requests).toHaveLength(1);
  });
});

describe("PyPI", () => {
  const WHEEL = "demo_kit-1.0-py3-none-any.whl";

  test("a project is listed in the form that is asked for", async () => {
    registry.publishProject("demo-kit", {
      [WHEEL]: Buffer.from("a wheel"),
      "demo_kit-1.0.tar.gz": Buffer.from("b"),
    });
    const caller = await mirror.addAttempt();
    const page = await caller.get("/pypi/simple/demo-kit/", { accept: `${JSON_PAGE}, text/html; q=0.01` });
    expect(page.headers["content-type"]).toBe(JSON_PAGE);
    expect(page.json().files[0]).toMatchObject({
      filename: WHEEL,
      url: `http://packages.internal/pypi/files/demo-kit/${WHEEL}`,
      size: 7,
    });
    const html = await caller.get("/pypi/simple/demo-kit/");
    expect(html.headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(html.body.toString()).toContain(
      `<a href="http://packages.internal/pypi/files/demo-kit/${WHEEL}#sha256=${page.json().files[0].hashes.sha256}"`,
    );
    expect((await caller.get(`/pypi/files/demo-kit/${WHEEL}`)).body.toString()).toBe("a wheel");
  });

  test.each(["Demo_Kit", "demo.kit", "DEMO--KIT"])(
    "%s is the same project, and a rule for it holds",
    async (name) => {
      registry.publishProject("demo-kit", { [WHEEL]: Buffer.from("a wheel") });
      const caller = await mirror.addAttempt();
      expect((await caller.get(`/pypi/simple/${name}/`)).status).toBe(200);
      const moved = await caller.get(`/pypi/simple/${name}`);
      expect([moved.status, moved.headers.location]).toEqual([301, "/pypi/simple/demo-kit/"]);
      const denied = await mirror.addAttempt({ pypi: { enabled: true, allow: [], deny: ["demo_KIT"] } });
      expect((await denied.get(`/pypi/simple/${name}/`)).json().code).toBe("package_not_allowed");
    },
  );

  test("an index that speaks HTML alone is understood", async () => {
    registry.publishProject("demo-kit", { [WHEEL]: Buffer.from("a wheel") });
    const sha256 = (
      await (await mirror.addAttempt()).get("/pypi/simple/demo-kit/", { accept: JSON_PAGE })
    ).json().files[0].hashes.sha256;
    registry.publishProject("other-kit", {});
    registry.answer("/simple/other-kit/", (_request, response) =>
      response
        .writeHead(200, { "content-type": "text/html" })
        .end(
          `<html><head><base href="${registry.origin}/files/"></head><a href="${WHEEL}#sha256=${sha256}" data-requires-python="&gt;=3.8" data-yanked="broken">${WHEEL}</a>` +
            `<a href="${registry.origin}/files/readme.txt">readme</a>`,
        ),
    );
    const caller = await mirror.addAttempt();
    const page = (await caller.get("/pypi/simple/other-kit/", { accept: JSON_PAGE })).json();
    expect(page.files).toEqual([
      {
        filename: WHEEL,
        url: `http://packages.internal/pypi/files/other-kit/${WHEEL}`,
        hashes: { sha256 },
        "requires-python": ">=3.8",
        yanked: "broken",
      },
    ]);
    expect((await caller.get(`/pypi/files/other-kit/${WHEEL}`)).body.toString()).toBe("a wheel");
  });

  test("the metadata of a wheel are served and verified, and count for nothing", async () => {
    const metadata = Buffer.from("Metadata-Version: 2.1\nName: demo-kit\nVersion: 1.0\n");
    registry.publishProject(
      "demo-kit",
      { [WHEEL]: Buffer.from("a wheel"), [`${WHEEL}.metadata`]: metadata },
      (page) => {
        const [wheel, text] = page.files;
        page.files = [{ ...wheel, "core-metadata": text.hashes }];
        return page;
      },
    );
    const caller = await mirror.addAttempt();
    const page = (await caller.get("/pypi/simple/demo-kit/", { accept: JSON_PAGE })).json();
    expect(page.files[0]["core-metadata"].sha256).toMatch(/^[0-9a-f]{64}$/);
    const path = `/pypi/files/demo-kit/${WHEEL}.metadata`;
    expect((await caller.get(path)).body).toEqual(metadata);
    expect(await caller.fetched()).toEqual([]);
  });
});

describe("what is fetched", () => {
  test("is recorded once for each file, and is on the timeline", async () => {
    const tarball = await npmTarball({ "package.json": "{}" });
    await registry.publish("@scope/a", { "1.0.0": tarball });
    registry.publishProject("demo-kit", { "demo_kit-2.0-py3-none-any.whl": Buffer.from("a wheel") });
    const caller = await mirror.addAttempt({}, "practice");
    for (let count = 0; count < 3; count++) {
      await caller.get("/npm/@scope/a/-/a-1.0.0.tgz");
      await caller.get("/pypi/files/demo-kit/demo_kit-2.0-py3-none-any.whl");
    }
    expect(await caller.fetched()).toEqual([
      {
        ecosystem: "npm",
        name: "@scope/a",
        version: "1.0.0",
        file: "a-1.0.0.tgz",
        bytes: tarball.length,
        state: "fetched",
      },
      {
        ecosystem: "pypi",
        name: "demo-kit",
        version: "2.0",
        file: "demo_kit-2.0-py3-none-any.whl",
        bytes: 7,
        state: "fetched",
      },
    ]);
    expect(await caller.events()).toEqual([
      { ecosystem: "npm", name: "@scope/a", version: "1.0.0" },
      { ecosystem: "pypi", name: "demo-kit", version: "2.0" },
    ]);
  });

  test("is fetched from the registry once, whoever asks, and then comes without it", async () => {
    const tarball = randomBytes(3 * MIB);
    await registry.publish("a", { "1.0.0": tarball });
    const callers = await Promise.all([1, 2, 3].map(() => mirror.addAttempt()));
    const answers = await Promise.all(callers.map((caller) => caller.get("/npm/a/-/a-1.0.0.tgz")));
    for (const { body } of answers) expect(body.equals(tarball)).toBe(true);
    expect(registry.count(/tgz$/)).toBe(1);
    await registry.close();
    await mirror.restart();
    const later = await mirror.addAttempt();
    expect((await later.get("/npm/a/-/a-1.0.0.tgz")).body.equals(tarball)).toBe(true);
    expect((await later.get("/npm/a", { accept: ABBREVIATED })).status).toBe(200);
    expect(await later.events()).toHaveLength(1);
  });

  test("reaches the client while it is still arriving", async () => {
    const tarball = randomBytes(2 * MIB);
    await registry.publish("a", { "1.0.0": tarball });
    const { promise: seen, resolve } = Promise.withResolvers<void>();
    registry.answer("/registry/a/-/a-1.0.0.tgz", async (_request, response) => {
      response.writeHead(200, { "content-length": tarball.length });
      response.write(tarball.subarray(0, MIB));
      await seen;
      response.end(tarball.subarray(MIB));
    });
    const caller = await mirror.addAttempt();
    let received = 0;
    await new Promise<void>((done, fail) =>
      request(
        {
          socketPath: caller.socketPath,
          path: "/npm/a/-/a-1.0.0.tgz",
          headers: { host: "packages.internal" },
        },
        (response) => {
          response.on("data", (chunk: Buffer) => {
            received += chunk.length;
            if (received > MIB / 2) resolve();
          });
          response.on("end", done);
        },
      )
        .on("error", fail)
        .end(),
    );
    expect(received).toBe(tarball.length);
  });

  test("is never held in memory, however large it is and however slow its reader", async () => {
    const piece = randomBytes(MIB);
    const size = 192;
    const hash = createHash("sha512");
    for (let index = 0; index < size; index++) hash.update(piece);
    await registry.publish("a", { "1.0.0": Buffer.from("x") }, (packument) => {
      packument.versions["1.0.0"].dist.integrity = `sha512-${hash.digest("base64")}`;
      return packument;
    });
    registry.answer("/registry/a/-/a-1.0.0.tgz", (_request, response) => {
      response.writeHead(200, { "content-length": size * MIB });
      Readable.from(Array(size).fill(piece)).pipe(response);
    });
    const caller = await mirror.addAttempt({ maxFileMib: 200 });
    let received = 0;
    let peak = 0;
    const before = process.memoryUsage().arrayBuffers;
    await new Promise<void>((done, fail) =>
      request(
        {
          socketPath: caller.socketPath,
          path: "/npm/a/-/a-1.0.0.tgz",
          headers: { host: "packages.internal" },
        },
        async (response) => {
          for await (const chunk of response as AsyncIterable<Buffer>) {
            received += chunk.length;
            peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
            // A reader slower than the registry: the rest waits on the disk.
            if (received < 4 * MIB) await sleep(10);
          }
          done();
        },
      )
        .on("error", fail)
        .end(),
    );
    expect(received).toBe(size * MIB);
    expect(peak).toBeLessThan(64 * MIB);
  });

  test("leaves the cache when it is full, what was used least first", async () => {
    await mirror.close();
    mirror = await startMirrorFixture(database.db, registry, { config: { packageCacheMib: 5 } });
    const caller = await mirror.addAttempt();
    for (const name of ["a", "b", "c"]) await registry.publish(name, { "1.0.0": randomBytes(2 * MIB) });
    await caller.get("/npm/a/-/a-1.0.0.tgz");
    await caller.get("/npm/b/-/b-1.0.0.tgz");
    await caller.get("/npm/a/-/a-1.0.0.tgz");
    await caller.get("/npm/c/-/c-1.0.0.tgz");
    expect(registry.count("/registry/a/-/a-1.0.0.tgz")).toBe(1);
    await caller.get("/npm/a/-/a-1.0.0.tgz");
    expect(registry.count("/registry/a/-/a-1.0.0.tgz")).toBe(1);
    await caller.get("/npm/b/-/b-1.0.0.tgz");
    expect(registry.count("/registry/b/-/b-1.0.0.tgz")).toBe(2);
    expect(incoming()).toBe(0);
  });
});

describe("metadata", () => {
  const restartWith = async (freshMs: number, staleWaitMs = 5000) => {
    await mirror.close();
    const metadata = { freshMs, staleWaitMs, quietMs: 0 };
    mirror = await startMirrorFixture(database.db, registry, { packages: { metadata } });
    return mirror.addAttempt();
  };

  test("are asked for again when they are old, and transferred only when they changed", async () => {
    const caller = await restartWith(0);
    await registry.publish("a", { "1.0.0": Buffer.from("x") });
    await caller.get("/npm/a");
    await caller.get("/npm/a");
    expect(registry.requests.map(({ headers }) => headers["if-none-match"] !== undefined)).toEqual([
      false,
      true,
    ]);
    await registry.publish("a", { "1.0.0": Buffer.from("x"), "2.0.0": Buffer.from("y") });
    expect(Object.keys((await caller.get("/npm/a")).json().versions)).toEqual(["1.0.0", "2.0.0"]);
  });

  test("are not asked for again while they are fresh", async () => {
    const caller = await restartWith(60_000);
    await registry.publish("a", { "1.0.0": Buffer.from("x") });
    for (let count = 0; count < 3; count++) await caller.get("/npm/a");
    expect(registry.requests).toHaveLength(1);
  });

  test.each(["answers 500", "is down", "hangs"])("are used old when the registry %s", async (fault) => {
    const caller = await restartWith(0, 200);
    await registry.publish("a", { "1.0.0": Buffer.from("x") });
    await caller.get("/npm/a");
    if (fault === "is down") await registry.close();
    else
      registry.answer(
        "/registry/a",
        (_request, response) => void (fault === "hangs" || response.writeHead(500).end()),
      );
    expect((await caller.get("/npm/a")).status).toBe(200);
  });

  test("of a package that was taken away are not used old", async () => {
    const caller = await restartWith(0);
    await registry.publish("a", { "1.0.0": Buffer.from("x") });
    await caller.get("/npm/a");
    registry.answer("/registry/a", (_request, response) => response.writeHead(404).end());
    expect((await caller.get("/npm/a")).status).toBe(404);
    expect(entries()).toBe(0);
  });
});

describe("the policy", () => {
  test("is to offer nothing unless the assessment says so, whatever is asked for", async () => {
    const caller = await mirror.addAttempt({ kind: "none" });
    for (const path of [
      "/npm/a",
      "/npm/a/-/a-1.0.0.tgz",
      "/npm/-/ping",
      "/pypi/simple/a/",
      "/pypi/files/a/a-1.whl",
      "/",
    ]) {
      const answer = await caller.get(path);
      expect([answer.status, answer.json().code], path).toEqual([403, "packages_not_offered"]);
    }
    expect(registry.requests).toEqual([]);
  });

  test("may offer one ecosystem and not the other", async () => {
    await registry.publish("a", { "1.0.0": Buffer.from("x") });
    const caller = await mirror.addAttempt({ pypi: { enabled: false, allow: [], deny: [] } });
    expect((await caller.get("/npm/a")).status).toBe(200);
    expect((await caller.get("/pypi/simple/a/")).json().code).toBe("packages_not_offered");
  });

  test.each([
    ["/npm/denied", "/npm/allowed"],
    ["/npm/denied/-/denied-1.0.0.tgz", "/npm/allowed/-/allowed-1.0.0.tgz"],
    ["/npm/denied/1.0.0", "/npm/allowed/1.0.0"],
    ["/npm/DENIED", "/npm/allowed"],
    ["/npm/%64enied", "/npm/%61llowed"],
    ["/npm/-/package/denied/dist-tags", "/npm/-/package/allowed/dist-tags"],
  ])("keeps %s out and lets %s in", async (denied, allowed) => {
    await registry.publish("denied", { "1.0.0": Buffer.from("x") });
    await registry.publish("DENIED", { "1.0.0": Buffer.from("x") });
    await registry.publish("allowed", { "1.0.0": Buffer.from("x") });
    const caller = await mirror.addAttempt({ npm: { enabled: true, allow: [], deny: ["denied"] } });
    expect((await caller.get(allowed)).status).toBe(200);
    const before = registry.requests.length;
    const answer = await caller.get(denied);
    expect(answer.json()).toMatchObject({ code: "package_not_allowed", status: 403 });
    expect(answer.json().error).toMatch(/meets the rule “denied”/);
    expect(answer.words).toBe("This package may not be installed here");
    expect(registry.requests).toHaveLength(before);
  });

  test("limits a single file, whether its size is announced or not", async () => {
    const large = randomBytes(MIB + 1);
    const fitting = randomBytes(MIB);
    await registry.publish("a", { "1.0.0": large, "2.0.0": fitting, "3.0.0": large });
    registry.answer("/registry/a/-/a-3.0.0.tgz", (_request, response) => response.writeHead(200).end(large));
    registry.publishProject("b", { "b-1.0.tar.gz": large });
    const caller = await mirror.addAttempt({ maxFileMib: 1 });
    expect((await caller.get("/npm/a/-/a-1.0.0.tgz")).json().code).toBe("package_too_large");
    expect((await caller.get("/npm/a/-/a-2.0.0.tgz")).body.equals(fitting)).toBe(true);
    expect((await caller.get("/npm/a/-/a-3.0.0.tgz")).isCut).toBe(true);
    expect((await caller.get("/pypi/files/b/b-1.0.tar.gz")).json().code).toBe("package_too_large");
    expect(registry.count(/^\/files/), "refused by what the index says").toBe(0);
    // The one that had to be cut counts as far as it was sent.
    expect(await caller.fetched()).toMatchObject([
      { file: "a-2.0.0.tgz", bytes: MIB },
      { file: "a-3.0.0.tgz", bytes: MIB },
    ]);
  });
});

describe("the quota", () => {
  const limited: Partial<MirrorPolicy> = { maxTotalMib: 3 };

  async function publishMany(size: number, isAnnounced: boolean): Promise<string[]> {
    const versions = Object.fromEntries(
      Array.from({ length: 10 }, (_, index) => [`${index}.0.0`, randomBytes(size)]),
    );
    await registry.publish("a", versions);
    if (!isAnnounced)
      for (const [version, tarball] of Object.entries(versions))
        registry.answer(`/registry/a/-/a-${version}.tgz`, (_request, response) =>
          response.writeHead(200).end(tarball),
        );
    return Object.keys(versions).map((version) => `/npm/a/-/a-${version}.tgz`);
  }

  test.each([true, false])("is exact for many at once, sizes announced: %s", async (isAnnounced) => {
    const paths = await publishMany(MIB - 100, isAnnounced);
    const caller = await mirror.addAttempt(limited);
    const answers = await Promise.all(paths.map((path) => caller.get(path)));
    const whole = answers.filter(({ status, isCut }) => status === 200 && !isCut);
    const total = (await caller.fetched()).reduce((sum, { bytes }) => sum + bytes, 0);
    expect(total).toBeLessThanOrEqual(3 * MIB);
    if (isAnnounced) {
      expect(whole).toHaveLength(3);
      const codes = answers.filter(({ status }) => status !== 200).map((answer) => answer.json().code);
      expect(new Set(codes)).toEqual(new Set(["package_quota_reached"]));
      expect(await caller.events()).toHaveLength(3);
    } else expect(whole.length).toBeLessThanOrEqual(3);
  });

  test("counts a file once, however often it is fetched, and nobody else's", async () => {
    const [first, second, third, fourth] = await publishMany(MIB - 100, true);
    const caller = await mirror.addAttempt(limited);
    for (const path of [first, first, first, second, second, third])
      expect((await caller.get(path!)).status).toBe(200);
    expect((await caller.get(fourth!)).json()).toMatchObject({ code: "package_quota_reached", status: 403 });
    expect((await caller.get(first!)).status).toBe(200);
    expect((await (await mirror.addAttempt(limited)).get(fourth!)).status).toBe(200);
  });

  test("is not used up by what the registry failed to send", async () => {
    const [path] = await publishMany(2 * MIB, true);
    registry.answer("/registry/a/-/a-0.0.0.tgz", (_request, response) => {
      response.writeHead(200, { "content-length": 2 * MIB });
      response.write(randomBytes(MIB), () => response.destroy());
    });
    const caller = await mirror.addAttempt(limited);
    expect((await caller.get(path!)).isCut).toBe(true);
    await expect.poll(() => caller.fetched()).toEqual([]);
    registry.answer("/registry/a/-/a-0.0.0.tgz", null);
    expect((await caller.get(path!)).body).toHaveLength(2 * MIB);
  });

  test("is used up by whoever breaks off at the last moment", async () => {
    const [path] = await publishMany(2 * MIB, true);
    const caller = await mirror.addAttempt(limited);
    await new Promise<void>((resolve) => {
      let received = 0;
      const call = request(
        { socketPath: caller.socketPath, path: path!, headers: { host: "packages.internal" } },
        (response) =>
          response.on("data", (chunk: Buffer) => {
            received += chunk.length;
            if (received > MIB) call.destroy();
          }),
      );
      call.on("error", () => {});
      call.on("close", resolve);
      call.end();
    });
    await expect.poll(() => caller.fetched()).toMatchObject([{ bytes: 2 * MIB, state: "fetched" }]);
    await sleep(50);
    expect(await caller.events()).toHaveLength(1);
  });
});

describe("behind a proxy", () => {
  let proxy: Server;
  let asked: string[];

  beforeEach(async () => {
    asked = [];
    // Addresses without TLS are asked of the proxy itself, others through a tunnel.
    proxy = createServer((incoming, response) => {
      asked.push(new URL(incoming.url!).host);
      request(incoming.url!, { headers: incoming.headers }, (answer) => {
        response.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(response);
      }).end();
    });
    proxy.on("connect", (incoming, socket: Socket) => {
      asked.push(incoming.url!);
      const [host, port] = incoming.url!.split(":");
      const upstream = connect(Number(port), host, () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        upstream.pipe(socket).pipe(upstream);
      });
      for (const end of [upstream, socket]) end.on("error", () => {});
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    await mirror.close();
    const outboundProxy = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    mirror = await startMirrorFixture(database.db, registry, { config: { outboundProxy } });
  });
  afterEach(async () => {
    proxy.closeAllConnections();
    await new Promise((resolve) => proxy.close(resolve));
  });

  test("everything is fetched by way of it, and what is no public address is not even asked for there", async () => {
    const tarball = await npmTarball({ "package.json": "{}" });
    await registry.publish("a", { "1.0.0": tarball, "2.0.0": tarball }, (packument) => {
      packument.versions["2.0.0"].dist.tarball = "http://169.254.169.254/latest/meta-data";
      return packument;
    });
    const caller = await mirror.addAttempt();
    expect((await caller.get("/npm/a/-/a-1.0.0.tgz")).body).toEqual(tarball);
    expect(asked.length).toBeGreaterThan(0);
    expect(new Set(asked)).toEqual(new Set([new URL(registry.origin).host]));
    expect((await caller.get("/npm/a/-/a-2.0.0.tgz")).json().code).toBe("package_registry_failed");
    expect(asked.filter((host) => host.startsWith("169"))).toEqual([]);
  });
});
