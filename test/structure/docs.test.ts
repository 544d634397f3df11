import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { environmentName } from "../../services/shared/config/config.ts";
import { existsInProject, PROJECT } from "./source-files.ts";

const documents = ["README.md", ...globSync("docs/**/*.md", { cwd: PROJECT })].sort();

function read(path: string): string {
  return readFileSync(join(PROJECT, path), "utf8");
}

/** Text without fenced blocks, where links and code spans mean nothing. */
function prose(text: string): string {
  return text.replace(/^```[\s\S]*?^```$/gm, "");
}

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[1]!);
}

function linksIn(text: string): string[] {
  return matches(prose(text), /\]\(([^)\s]+)\)/g).filter((link) => !/^[a-z]+:/.test(link));
}

/** A heading's anchor, as GitHub makes it. */
function anchorsOf(text: string): string[] {
  return matches(prose(text), /^#+ (.+)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

function brokenLinks(document: string, text: string): string[] {
  return linksIn(text).filter((link) => {
    const [path = "", anchor] = link.split("#");
    const target = path === "" ? document : relative(PROJECT, join(PROJECT, dirname(document), path));
    if (!existsInProject(target)) return true;
    return anchor !== undefined && !anchorsOf(target === document ? text : read(target)).includes(anchor);
  });
}

const SCRIPTS = (JSON.parse(read("package.json")) as { scripts: Record<string, string> }).scripts;

function unknownScripts(text: string): string[] {
  const named = matches(text, /\bnpm (run(?: -s)? [a-z][a-z:-]*|start|stop|test)\b/g);
  return named.map((name) => name.replace(/^run(?: -s)? /, "")).filter((name) => !(name in SCRIPTS));
}

/** Every setting that something reads. */
function knownVariables(): Set<string> {
  const settings = matches(read("services/shared/config/config.ts"), /^ {2}([a-z]\w+): /gm).map(
    environmentName,
  );
  const readers = globSync(["services/tools/**/*.{ts,mjs}", "services/web/*.ts", "docker-compose.yml"], {
    cwd: PROJECT,
    exclude: (path) => /node_modules|dist/.test(path),
  });
  return new Set([
    ...settings,
    ...readers.flatMap((path) => matches(read(path), /(WORKSAMPLE_[A-Z_]+[A-Z])/g)),
  ]);
}

function unknownVariables(text: string): string[] {
  const known = knownVariables();
  return matches(text, /(WORKSAMPLE_[A-Z_]+[A-Z])/g).filter((name) => !known.has(name));
}

const PATH =
  /`((?:services|docs|test|migrations|datasets|sandbox-images|\.ci)\/[\w./*@<>{}…-]+|[\w-]+\.(?:yml|json)|README\.md)`/g;
/** Made when it runs, or a file inside of something else. */
const NOT_IN_REPOSITORY = new Set([
  "manifest.json",
  "assessment.json",
  "receipt.json",
  "demo.json",
  "secrets.json",
  "statement.json",
]);

function missingPaths(text: string): string[] {
  return matches(prose(text), PATH)
    .filter((path) => !NOT_IN_REPOSITORY.has(path) && !/[<>…]/.test(path))
    .filter((path) =>
      /[*{]/.test(path) ? globSync(path, { cwd: PROJECT }).length === 0 : !existsInProject(path),
    );
}

/** `path.test.ts` “title”, “another title”: titles that the file does not have. */
function missingTests(text: string): string[] {
  const cited = [...prose(text).matchAll(/`([\w./-]+test\.ts)`((?:,? “[^”]+”)+)/g)];
  return cited.flatMap(([, path = "", titles = ""]) => {
    const source = read(path).replaceAll('\\"', '"');
    return matches(titles, /“([^”]+)”/g)
      .filter((title) => !source.includes(title))
      .map((title) => `${path}: ${title}`);
  });
}

/** Paths of an annotated tree: two spaces a level, then what it is. */
function treePaths(text: string): string[] {
  const open: string[] = [];
  return matches(text, /^```tree\n([\s\S]*?)^```$/gm).flatMap((tree) =>
    matches(tree, /^( *\S+)/gm).map((line) => {
      const depth = (line.length - line.trimStart().length) / 2;
      open.splice(depth, open.length, line.trim());
      return open.join("");
    }),
  );
}

describe.each(documents)("%s", (document) => {
  const text = read(document);
  it("links to what is there", () => expect(brokenLinks(document, text)).toEqual([]));
  it("names npm scripts that exist", () => expect(unknownScripts(text)).toEqual([]));
  it("names settings that something reads", () => expect(unknownVariables(text)).toEqual([]));
  it("is of one piece, without marks of a merge", () => expect(text).not.toMatch(/^(<{7}|={7}|>{7})( |$)/m));
  it("names files that exist", () => expect(missingPaths(text)).toEqual([]));
  it("cites tests that exist", () => expect(missingTests(text)).toEqual([]));
  it("draws the tree as it is", () =>
    expect(treePaths(text).filter((path) => !existsInProject(path))).toEqual([]));
});

describe("these checks", () => {
  const wrong = [
    "[a](docs/none.md) [b](README.md#no-such-heading) ![c](docs/images/none.png)",
    "`npm run nothing`, WORKSAMPLE_NOTHING, `services/none/*.ts`, `services/none.ts`",
    "`test/structure/docs.test.ts` “no such title” + “not cited”".replace("no such", "no-such"),
    "```tree\nservices/\n  none/   nothing\n```",
  ].join("\n\n");

  it("see what is wrong", () => {
    expect(brokenLinks("README.md", wrong)).toHaveLength(3);
    expect(unknownScripts(wrong)).toEqual(["nothing"]);
    expect(unknownVariables(wrong)).toEqual(["WORKSAMPLE_NOTHING"]);
    expect(missingPaths(wrong)).toEqual(["services/none/*.ts", "services/none.ts"]);
    expect(missingTests(wrong)).toEqual([`test/structure/docs.test.ts: ${["no", "such"].join("-")} title`]);
    expect(treePaths(wrong)).toEqual(["services/", "services/none/"]);
  });

  it("find something to check", () => {
    const all = documents.map(read).join("\n");
    expect(linksIn(all).length).toBeGreaterThan(10);
    expect(matches(prose(all), PATH).length).toBeGreaterThan(50);
    expect(treePaths(all).length).toBeGreaterThan(20);
    expect([...prose(all).matchAll(/`[\w./-]+test\.ts` “/g)].length).toBeGreaterThan(40);
  });
});
