import { describe, expect, test } from "vitest";
import { mirror, mirrorForThisFile, registry } from "../support/package-mirror-under-test.ts";
import { npmTarball } from "../support/package-registry.ts";

const ABBREVIATED = "application/vnd.npm.install-v1+json";
const JSON_PAGE = "application/vnd.pypi.simple.v1+json";

mirrorForThisFile();

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
