import { createServer, request, type Server } from "node:http";
import type { AddressInfo, LookupFunction } from "node:net";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { sendRaw } from "../support/gateway-fixture.ts";
import { mirror, mirrorForThisFile, registry, restartWith } from "../support/package-mirror-under-test.ts";
import { type Answer, bytes, npmTarball } from "../support/package-registry.ts";

mirrorForThisFile();

/** A server of this machine that no candidate may reach. */
let victim: Server;
let victimHost: string;
let victimRequests: string[];
let tarball: Buffer;

beforeAll(async () => {
  tarball = await npmTarball({ "package.json": "{}" });
});
beforeEach(async () => {
  victimRequests = [];
  victim = createServer((asked, response) => {
    victimRequests.push(asked.url!);
    response.writeHead(200, { "content-type": "application/json" }).end(tarball);
  });
  await new Promise<void>((resolve) => victim.listen(0, "127.0.0.1", resolve));
  victimHost = `127.0.0.1:${(victim.address() as AddressInfo).port}`;
});
afterEach(async () => {
  victim.closeAllConnections();
  await new Promise((resolve) => victim.close(resolve));
});

/** A package whose only tarball is said to be there. */
const publishAt = (tarballUrl: string) =>
  registry.publish("a", { "1.0.0": tarball }, (packument) => {
    packument.versions["1.0.0"].dist.tarball = tarballUrl;
    return packument;
  });

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
