import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

export const PROJECT = join(import.meta.dirname, "../..");

/** One import, re-export, dynamic import or worker thread of a file. */
export interface Import {
  /** Path relative to the project, for example `services/api/app.ts`. */
  from: string;
  /** As written. */
  specifier: string;
  /** Path relative to the project for a relative specifier; null for packages and Node's own modules. */
  target: string | null;
  /** `import type` and `export type`: gone when the file runs. A single `type` among names is not. */
  isErased: boolean;
}

/** Every TypeScript and JavaScript file below a folder, without what is built or installed. */
export function sourceFiles(folder: string): string[] {
  return globSync(`${folder}/**/*.{ts,tsx,mjs,js}`, {
    cwd: PROJECT,
    exclude: (path) => /(^|\/)(dist|node_modules)(\/|$)/.test(path),
  }).sort();
}

const STATIC =
  /(?:^|[;}\s])(?:import|export)\s+(type\s+(?=[\w{*]))?(?:[\w*{}\s,$]+?\s+from\s+)?(["'])([^"'\n]+)\2/g;
const DYNAMIC = /\bimport\s*\(\s*(["'])([^"'\n]+)\1/g;
/** Worker threads are loaded by address. */
const ADDRESSED = /\bnew URL\(\s*(["'])(\.{1,2}\/[^"'\n]+\.tsx?)\1\s*,\s*import\.meta\.url/g;

/** What a source text imports, comments left out. */
export function specifiersIn(source: string): Pick<Import, "specifier" | "isErased">[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
  const loaded = [DYNAMIC, ADDRESSED].flatMap((pattern) => [...code.matchAll(pattern)]);
  return [
    ...[...code.matchAll(STATIC)].map((match) => ({
      specifier: match[3]!,
      isErased: match[1] !== undefined,
    })),
    ...loaded.map((match) => ({ specifier: match[2]!, isErased: false })),
  ];
}

export function importsOf(file: string): Import[] {
  return specifiersIn(readFileSync(join(PROJECT, file), "utf8")).map(({ specifier, isErased }) => ({
    from: file,
    specifier,
    isErased,
    target: specifier.startsWith(".")
      ? relative(PROJECT, join(PROJECT, dirname(file), specifier.split("?", 1)[0]!))
      : null,
  }));
}

/** `@scope/name/deep` → `@scope/name`; null for relative specifiers and Node's own modules. */
export function packageOf(specifier: string): string | null {
  if (specifier.startsWith(".") || specifier.startsWith("node:")) return null;
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

export function existsInProject(path: string): boolean {
  return existsSync(join(PROJECT, path));
}

/** Files in import cycles, each cycle once, as `a → b → a`. */
export function findCycles(imports: readonly Import[]): string[] {
  const targets = new Map<string, string[]>();
  for (const { from, target } of imports)
    if (target !== null) targets.set(from, [...(targets.get(from) ?? []), target]);
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, path: string[]): void => {
    const at = path.indexOf(file);
    if (at !== -1) cycles.push([...path.slice(at), file].join(" → "));
    if (at !== -1 || done.has(file)) return;
    for (const target of targets.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of targets.keys()) visit(file, []);
  return cycles;
}
