import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { LOCAL_BASE } from "./base-image.ts";
import { hashContext, packContext } from "./build-context.ts";
import { ensureImages as ensureImagesAnywhere, type ImageName } from "./ensure-images.ts";
import type { BuildOptions, ImageEngine } from "./image-engine.ts";
import { explainFailure, ImageError } from "./image-error.ts";

/** With a lock of its own, so as not to wait for real builds. */
function ensureImages<const Name extends ImageName>(names: Name[], options: { engine: ImageEngine }) {
  const lockFile = join(tmpdir(), `ensure-images-${randomUUID()}.lock`);
  return ensureImagesAnywhere(names, { ...options, lockFile });
}

/** A Docker that remembers what it was asked for. */
function fakeEngine(present: string[], registry: "reachable" | "unreachable") {
  const images = new Map<string, Record<string, string>>(present.map((image) => [image, {}]));
  const pulls: string[] = [];
  const builds: BuildOptions[] = [];
  const engine: ImageEngine = {
    labels: async (image) => images.get(image),
    async pull(image) {
      pulls.push(image);
      if (registry === "unreachable") throw new ImageError("pull_failed", "no route");
      images.set(image, {});
    },
    async build(context, options) {
      await context.toArray();
      builds.push(options);
      images.set(options.image, options.labels);
    },
    importRootFileSystem: () => Promise.reject(new Error("not expected here")),
    async tag(image, newName) {
      images.set(newName, images.get(image) ?? {});
    },
  };
  return { engine, images, pulls, builds };
}

describe("ensureImages", () => {
  test("uses the official images that are there, without pulling or building", async () => {
    const { engine, pulls, builds } = fakeEngine(["postgres:17", "valkey/valkey:8"], "reachable");
    const images = await ensureImages(["postgres", "valkey"], { engine });
    expect(images).toEqual({ postgres: "postgres:17", valkey: "valkey/valkey:8" });
    expect([pulls, builds]).toEqual([[], []]);
  });

  test("pulls the official images when the registry answers", async () => {
    const { engine, pulls, builds } = fakeEngine([], "reachable");
    const images = await ensureImages(["postgres", "valkey"], { engine });
    expect(images).toEqual({ postgres: "postgres:17", valkey: "valkey/valkey:8" });
    expect(pulls).toEqual(["postgres:17", "valkey/valkey:8"]);
    expect(builds).toEqual([]);
  });

  test("asks an unreachable registry once in a run and builds the images", async () => {
    const { engine, pulls, builds } = fakeEngine([LOCAL_BASE], "unreachable");
    const images = await ensureImages(["postgres", "valkey"], { engine });
    expect(images).toEqual({ postgres: "worksample/postgres:17", valkey: "worksample/valkey:8" });
    expect(pulls).toEqual(["postgres:17"]);
    expect(builds.map(({ image, buildArgs }) => [image, buildArgs.BASE_IMAGE])).toEqual([
      ["worksample/postgres:17", LOCAL_BASE],
      ["worksample/valkey:8", LOCAL_BASE],
    ]);
  });

  test("builds again when the Dockerfile has changed, and only then", async () => {
    const { engine, images, pulls, builds } = fakeEngine([LOCAL_BASE], "unreachable");
    await ensureImages(["valkey"], { engine });
    await ensureImages(["valkey"], { engine });
    expect([pulls.length, builds.length]).toEqual([1, 1]);
    images.set("worksample/valkey:8", { "worksample.context": "of an older Dockerfile" });
    await ensureImages(["valkey"], { engine });
    expect(builds.length).toBe(2);
  });

  test("names the workbench after what it is made of, and :dev", async () => {
    const { engine, images, builds } = fakeEngine([LOCAL_BASE], "unreachable");
    const { workbench } = await ensureImages(["workbench"], { engine });
    expect(workbench).toBe(`worksample/workbench:${builds[0]?.labels["worksample.context"]}`);
    expect(images.has("worksample/workbench:dev")).toBe(true);
    expect(await ensureImages(["workbench"], { engine })).toEqual({ workbench });
    expect(builds.length).toBe(1);
  });
});

describe("the build context", () => {
  const file = { path: "entrypoint", executable: true, content: Buffer.from("#!/bin/sh\n") };

  test.each([
    ["a path", { ...file, path: "other" }],
    ["a permission", { ...file, executable: false }],
    ["a content", { ...file, content: Buffer.from("#!/bin/bash\n") }],
  ])("gets another hash when %s changes", (_what, changed) => {
    expect(hashContext([changed])).not.toBe(hashContext([file]));
  });

  test("is a tar with the files' permissions", async () => {
    const tar = Buffer.concat(await packContext([file]).toArray());
    expect(tar.subarray(0, 10).toString()).toBe("entrypoint");
    expect(tar.subarray(100, 107).toString()).toContain("755");
  });
});

describe("explainFailure", () => {
  test.each([
    [new Error("write /usr/lib: no space left on device"), "disk_full"],
    [
      Object.assign(new Error("connect ENOENT /var/run/docker.sock"), { code: "ENOENT" }),
      "docker_unreachable",
    ],
    [
      Object.assign(new Error("connect EACCES /var/run/docker.sock"), { code: "EACCES" }),
      "docker_unreachable",
    ],
    [new Error("The command returned a non-zero code: 100"), "build_failed"],
  ])("takes %s for %s", (cause, code) => {
    expect(explainFailure("building an image", cause)).toMatchObject({ code, cause });
  });
});
