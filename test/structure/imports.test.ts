import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  existsInProject,
  findCycles,
  type Import,
  importsOf,
  PROJECT,
  packageOf,
  sourceFiles,
  specifiersIn,
} from "./source-files.ts";

type Area = "api" | "worker" | "gateway" | "web" | "tools" | "contracts" | "domain" | "shared" | "outside";

/** Files of `shared/domain` that the pages may use: they need nothing of Node. */
const DOMAIN_OF_PAGES = [
  "services/shared/domain/clock.ts",
  "services/shared/domain/composer/disclosure-findings.ts",
  "services/shared/domain/composer/draft-findings.ts",
  "services/shared/domain/composer/model-budget.ts",
];

const files = sourceFiles("services");
const imports = files.flatMap(importsOf);
const running = imports.filter(({ from }) => !isTest(from));

function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path);
}

function areaOf(path: string): Area {
  const match = /^services\/(?:shared\/(contracts|domain)|(api|worker|gateway|web|tools|shared))\//.exec(
    path,
  );
  return (match?.[1] ?? match?.[2] ?? "outside") as Area;
}

/** What code of an area may import besides its own. A test may also import what tests share. */
const MAY_KNOW: Record<Exclude<Area, "outside">, readonly Area[]> = {
  contracts: [],
  domain: ["contracts"],
  shared: ["contracts", "domain"],
  api: ["shared", "contracts", "domain"],
  worker: ["shared", "contracts", "domain"],
  gateway: ["shared", "contracts", "domain"],
  web: ["contracts", "domain"],
  // It starts, seeds and takes down the rest.
  tools: ["api", "worker", "gateway", "shared", "contracts", "domain", "outside"],
};

/** Why an import is not allowed, or null. */
function faultOf({ from, specifier, target }: Import): string | null {
  const area = areaOf(from) as Exclude<Area, "outside">;
  if (target === null) return packageFaultOf(area, from, specifier);
  if (isTest(from) && /^(test|datasets)\//.test(target)) return null;
  if (isTest(target)) return "code must not import a test";
  const to = areaOf(target);
  if (to === "outside" && area === "tools" && !/^(datasets|package\.json)/.test(target))
    return "only datasets lie outside of services and are imported";
  if (to !== area && !MAY_KNOW[area].includes(to)) return `${area} must not know ${to}`;
  if (area === "web" && to === "domain" && !DOMAIN_OF_PAGES.includes(target))
    return "the pages use only those files of the domain that are listed";
  return null;
}

function packageFaultOf(area: Area, from: string, specifier: string): string | null {
  if (isTest(from)) return null;
  const isNode = specifier.startsWith("node:");
  if (area === "contracts" && specifier !== "zod") return "contracts use zod and nothing else";
  if (area === "domain" && specifier !== "zod" && specifier !== "node:crypto")
    return "the domain does no input or output";
  if (area === "web" && isNode && from !== "services/web/vite.config.ts") return "pages run in browsers";
  if (packageOf(specifier) === "dockerode" && !/^services\/(worker\/engine|tools)\//.test(from))
    return "only the worker's engine and the tools reach Docker";
  return null;
}

function faults(of: readonly Import[]): string[] {
  return of.flatMap((found) => {
    const fault = faultOf(found);
    return fault === null ? [] : [`${found.from} imports ${found.specifier}: ${fault}`];
  });
}

/** An import as the rules see it, for the controls below. */
function imagined(from: string, specifier: string): Import {
  const isPath = specifier.startsWith("services/") || specifier.startsWith("test/");
  return { from, specifier, target: isPath ? specifier : null, isErased: false };
}

describe("what imports what", () => {
  it("follows the direction of the architecture", () => {
    expect(faults(imports)).toEqual([]);
  });

  it.each([
    ["services/shared/db/x.ts", "services/worker/worker.ts"],
    ["services/shared/contracts/x.ts", "services/shared/domain/clock.ts"],
    ["services/shared/contracts/x.ts", "node:crypto"],
    ["services/shared/domain/x.ts", "services/shared/db/database.ts"],
    ["services/shared/domain/x.ts", "node:fs"],
    ["services/shared/domain/x.ts", "kysely"],
    ["services/api/x.ts", "services/worker/worker.ts"],
    ["services/worker/x.ts", "services/gateway/gateway.ts"],
    ["services/gateway/x.ts", "services/api/app.ts"],
    ["services/web/x.tsx", "services/shared/db/database.ts"],
    ["services/web/x.tsx", "services/shared/domain/sealed-token.ts"],
    ["services/web/x.tsx", "services/api/app.ts"],
    ["services/web/x.tsx", "node:fs"],
    ["services/api/x.ts", "dockerode"],
    ["services/gateway/x.ts", "dockerode"],
    ["services/worker/jobs/x.ts", "dockerode"],
    ["services/api/x.ts", "test/support/fixtures.ts"],
    ["services/api/x.ts", "services/api/live/event-stream.test.ts"],
  ])("would not let %s import %s", (from, specifier) => {
    expect(faults([imagined(from, specifier)])).toHaveLength(1);
  });

  it("lets the pages use only what brings nothing of Node along", () => {
    const reached = new Set(DOMAIN_OF_PAGES);
    for (const file of reached)
      for (const { target, specifier } of importsOf(file)) {
        expect(specifier, file).not.toMatch(/^node:/);
        if (target !== null) reached.add(target);
      }
  });

  it("has no cycle when it runs", () => {
    expect(findCycles(running.filter(({ isErased }) => !isErased))).toEqual([]);
  });

  it("would see a cycle", () => {
    const edges = [
      ["services/a", "services/b"],
      ["services/b", "services/c"],
      ["services/c", "services/b"],
    ] as const;
    const found = findCycles(edges.map(([from, target]) => imagined(from, target)));
    expect(found).toEqual(["services/b → services/c → services/b"]);
  });

  it("needs, outside of the pages and tests, only packages that are installed in production", () => {
    const manifest = JSON.parse(readFileSync(join(PROJECT, "package.json"), "utf8")) as {
      dependencies: Record<string, string>;
    };
    const missing = running.filter(({ from, specifier }) => {
      const name = packageOf(specifier);
      return areaOf(from) !== "web" && name !== null && !(name in manifest.dependencies);
    });
    expect(missing.map(({ from, specifier }) => `${from} imports ${specifier}`)).toEqual([]);
  });
});

describe("reading imports", () => {
  it("sees every form of them, and nothing in comments", () => {
    const source = `
      import a, { b, type C } from "./one.ts";
      import type { D } from './two.ts';
      import * as e from "three";
      import "./four.css";
      export { f } from "./five.ts";
      export * from "./six.ts";
      import {
        g,
        h,
      } from "@scope/seven/deep";
      const i = await import("./eight.ts");
      const j = new Worker(new URL("./nine.ts", import.meta.url));
      // import k from "./not.ts";
      /* import l from "./neither.ts"; */
    `;
    const found = specifiersIn(source);
    const named = (isErased: boolean) =>
      found.filter((one) => one.isErased === isErased).map(({ specifier }) => specifier);
    expect(named(true)).toEqual(["./two.ts"]);
    expect(named(false)).toEqual([
      "./one.ts",
      "three",
      "./four.css",
      "./five.ts",
      "./six.ts",
      "@scope/seven/deep",
      "./eight.ts",
      "./nine.ts",
    ]);
    expect(packageOf("@scope/seven/deep")).toBe("@scope/seven");
  });

  it("finds every file that is named", () => {
    const relative = imports.filter(({ target }) => target !== null);
    expect(relative.length).toBeGreaterThan(500);
    expect(relative.filter(({ target }) => !existsInProject(target!))).toEqual([]);
  });
});
