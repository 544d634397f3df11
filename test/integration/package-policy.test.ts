import { randomBytes } from "node:crypto";
import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { MirrorPolicy } from "../support/package-mirror-fixture.ts";
import { mirror, mirrorForThisFile, registry } from "../support/package-mirror-under-test.ts";

const MIB = 1024 ** 2;

mirrorForThisFile();

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
