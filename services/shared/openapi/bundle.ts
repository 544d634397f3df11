import { posix } from "node:path";
import { isObject, type JsonObject, pointerTo, valueAt } from "../mock-api/compile/document.ts";
import { type Place, UnreadableDocumentError } from "./issue.ts";
import { keysOf } from "./json-scanner.ts";
import { LIMITS } from "./limits.ts";
import { readSource, type Source } from "./read-source.ts";

import { type Kind, SECTION_OF, type Visited, walkFrom } from "./walk.ts";

export interface Bundle {
  /** The main document, with what it refers to in other files among its own components. */
  value: unknown;
  /** Of all files together. */
  bytes: number;
  locate(pointers: readonly string[]): Map<string, Place & { file: string }>;
}

/**
 * Makes one document of the files of a zip. References to files that are not in it, or outside of it, stay as they
 * are, and the check refuses them.
 * @throws UnreadableDocumentError
 */
export function bundle(files: ReadonlyMap<string, Uint8Array>): Bundle {
  const bundler = new Bundler(files, mainFileOf(files));
  bundler.run();
  const bytes = [...files.values()].reduce((sum, file) => sum + file.length, 0);
  return { value: bundler.root, bytes, locate: (pointers) => bundler.locate(pointers) };
}

const OPENAPI_FIELD = /(?:^|[\n{,])\s*["']?(?:openapi|swagger)["']?\s*:/;

/** The document nearest to the top of the archive. @throws UnreadableDocumentError */
function mainFileOf(files: ReadonlyMap<string, Uint8Array>): string {
  const depthOf = (path: string) => path.split("/").length;
  const documents = [...files]
    .filter(([, bytes]) => OPENAPI_FIELD.test(Buffer.from(bytes.subarray(0, 8192)).toString("utf8")))
    .map(([path]) => path)
    .sort((left, right) => depthOf(left) - depthOf(right));
  const [first, second] = documents;
  if (first === undefined)
    throw new UnreadableDocumentError("zip", 'No file of the zip has the field "openapi".');
  if (second === undefined || depthOf(second) > depthOf(first)) return first;
  const named = documents.filter((path) => /(^|\/)openapi\.(json|ya?ml)$/i.test(path));
  if (named.length === 1) return named[0]!;
  throw new UnreadableDocumentError(
    "zip",
    `The zip holds several OpenAPI documents (${documents.slice(0, 3).join(", ")}). Call the main one openapi.yaml.`,
  );
}

class Bundler {
  readonly root: unknown;
  readonly #files: ReadonlyMap<string, Uint8Array>;
  readonly #main: string;
  readonly #sources = new Map<string, Source>();
  /** Kind, file and pointer -> the reference that leads there in the bundle. */
  readonly #adopted = new Map<string, string>();
  /** Pointer into the bundle -> where that part came from. */
  readonly #origins = new Map<string, { file: string; pointer: string }>();
  #values = 0;

  constructor(files: ReadonlyMap<string, Uint8Array>, main: string) {
    this.#files = files;
    this.#main = main;
    this.#origins.set("", { file: main, pointer: "" });
    this.root = this.#source(main).value;
  }

  run(): void {
    if (isObject(this.root)) this.#settle({ kind: "document", value: this.root, pointer: "" }, this.#main);
  }

  locate(pointers: readonly string[]): Map<string, Place & { file: string }> {
    const found = new Map<string, Place & { file: string }>();
    for (const pointer of pointers) {
      const keys = keysOf(pointer);
      for (let length = keys.length; length >= 0; length--) {
        const origin = this.#origins.get(pointerOf(keys.slice(0, length)));
        if (!origin) continue;
        const inFile = origin.pointer + pointerOf(keys.slice(length));
        const place = this.#source(origin.file).locate([inFile]).get(inFile) ?? { line: 1, column: 1 };
        found.set(pointer, { ...place, file: origin.file });
        break;
      }
    }
    return found;
  }

  #settle(from: Visited, file: string): void {
    const references: Visited[] = [];
    walkFrom(from, (visited) => {
      if (typeof visited.value.$ref === "string") references.push(visited);
    });
    for (const visited of references) this.#settleReference(visited, file);
  }

  #settleReference({ kind, value, pointer }: Visited, file: string): void {
    const target = this.#targetOf(String(value.$ref), file);
    if (target === null) return;
    if (target.file === this.#main) {
      value.$ref = `#${encode(target.pointer)}`;
      return;
    }
    const part = valueAt(this.#source(target.file).value, target.pointer);
    if (!isObject(part)) return;
    if (kind === "pathItem") this.#inline(value, part, pointer, target);
    else value.$ref = this.#adopt(part, kind, target) ?? value.$ref;
  }

  /** Null when it stays as it is. */
  #targetOf(reference: string, file: string): { file: string; pointer: string } | null {
    const [base = "", fragment = ""] = reference.split("#", 2);
    if (/^[a-z][a-z0-9+.-]*:|^[\\/]/i.test(base)) return null;
    try {
      const path =
        base === "" ? file : posix.normalize(posix.join(posix.dirname(file), decodeURIComponent(base)));
      if (base === "" && file === this.#main) return null;
      const pointer = decodeURIComponent(fragment);
      return this.#files.has(path) && (pointer === "" || pointer.startsWith("/"))
        ? { file: path, pointer }
        : null;
    } catch {
      return null;
    }
  }

  /** Before 3.1 components have no place for path items. */
  #inline(
    holder: JsonObject,
    part: JsonObject,
    pointer: string,
    target: { file: string; pointer: string },
  ): void {
    const key = `${pointer} ${target.file}#${target.pointer}`;
    // A path item that leads to itself in another file stays a reference, and is refused.
    if (this.#adopted.has(key)) return;
    this.#adopted.set(key, pointer);
    delete holder.$ref;
    Object.assign(holder, this.#copy(part));
    this.#origins.set(pointer, target);
    this.#settle({ kind: "pathItem", value: holder, pointer }, target.file);
  }

  #adopt(part: JsonObject, kind: Kind, target: { file: string; pointer: string }): string | null {
    const key = `${kind} ${target.file}#${target.pointer}`;
    const known = this.#adopted.get(key);
    if (known !== undefined) return known;
    const section = SECTION_OF[kind];
    if (section === undefined || !isObject(this.root)) return null;
    const components = ownObject(this.root, "components");
    const entries = ownObject(components, section);
    const name = freeName(keysOf(target.pointer).at(-1) ?? posix.parse(target.file).name, entries);
    const pointer = pointerTo("/components", section, name);
    const reference = `#${encode(pointer)}`;
    this.#adopted.set(key, reference);
    this.#origins.set(pointer, target);
    const copy = this.#copy(part);
    entries[name] = copy;
    this.#settle({ kind, value: copy, pointer }, target.file);
    return reference;
  }

  /** Parts of a file may be referred to one within the other, so each gets its own copy; together they are bounded. */
  #copy(part: JsonObject): JsonObject {
    const copy = (value: unknown): unknown => {
      if (++this.#values > LIMITS.nodes / 3)
        throw new UnreadableDocumentError(
          "too-many-values",
          "The files of the zip refer to each other too often.",
        );
      if (typeof value !== "object" || value === null) return value;
      if (Array.isArray(value)) return value.map(copy);
      return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, copy(child)]));
    };
    return copy(part) as JsonObject;
  }

  #source(file: string): Source {
    let source = this.#sources.get(file);
    if (!source) {
      try {
        source = readSource(() => this.#files.get(file)!);
      } catch (error) {
        if (!(error instanceof UnreadableDocumentError)) throw error;
        throw new UnreadableDocumentError(error.rule, error.message, { ...error, file });
      }
      this.#sources.set(file, source);
    }
    return source;
  }
}

function ownObject(holder: JsonObject, key: string): JsonObject {
  const found = Object.hasOwn(holder, key) ? holder[key] : undefined;
  if (isObject(found)) return found;
  const made: JsonObject = {};
  holder[key] = made;
  return made;
}

/** Components allow fewer characters in names than files do. */
function freeName(wanted: string, taken: JsonObject): string {
  const base = wanted.replace(/[^A-Za-z0-9._-]+/g, "_") || "part";
  let name = base;
  for (let number = 2; Object.hasOwn(taken, name); number++) name = `${base}_${number}`;
  return name;
}

function pointerOf(keys: readonly string[]): string {
  return pointerTo("", ...keys);
}

function encode(pointer: string): string {
  return pointer.split("/").map(encodeURIComponent).join("/");
}
