import { createHash, randomBytes } from "node:crypto";
import { createServer, request, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  arrivingFiles,
  keptFiles,
  mirror,
  mirrorForThisFile,
  registry,
  restartWith,
} from "../support/package-mirror-under-test.ts";
import { npmTarball } from "../support/package-registry.ts";

const MIB = 1024 ** 2;
const ABBREVIATED = "application/vnd.npm.install-v1+json";

setFlagsFromString("--expose-gc");
/** What nobody needs any more must not count as held. */
const collectGarbage = runInNewContext("gc") as () => void;

mirrorForThisFile();

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
    let [looked, peak] = [0, 0];
    collectGarbage();
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
            if (received >= looked + 16 * MIB) {
              looked = received;
              collectGarbage();
              peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
            }
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
    expect(peak).toBeLessThan((size / 2) * MIB);
  });

  test("leaves the cache when it is full, what was used least first", async () => {
    await restartWith({ config: { packageCacheMib: 5 } });
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
    expect(arrivingFiles().length).toBe(0);
  });
});

describe("metadata", () => {
  const restartFresh = async (freshMs: number, staleWaitMs = 5000) => {
    await restartWith({ packages: { metadata: { freshMs, staleWaitMs, quietMs: 0 } } });
    return mirror.addAttempt();
  };

  test("are asked for again when they are old, and transferred only when they changed", async () => {
    const caller = await restartFresh(0);
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
    const caller = await restartFresh(60_000);
    await registry.publish("a", { "1.0.0": Buffer.from("x") });
    for (let count = 0; count < 3; count++) await caller.get("/npm/a");
    expect(registry.requests).toHaveLength(1);
  });

  test.each(["answers 500", "is down", "hangs"])("are used old when the registry %s", async (fault) => {
    const caller = await restartFresh(0, 200);
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
    const caller = await restartFresh(0);
    await registry.publish("a", { "1.0.0": Buffer.from("x") });
    await caller.get("/npm/a");
    registry.answer("/registry/a", (_request, response) => response.writeHead(404).end());
    expect((await caller.get("/npm/a")).status).toBe(404);
    expect(keptFiles().length).toBe(0);
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
    const outboundProxy = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    await restartWith({ config: { outboundProxy } });
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
