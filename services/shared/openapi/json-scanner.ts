import { placeAt, UnreadableDocumentError } from "./issue.ts";
import { LIMITS } from "./limits.ts";

/** Pointers to look for, as a tree: key or index -> what is looked for below it. */
export interface Wanted {
  pointer?: string;
  below: Map<string, Wanted>;
}

/**
 * Walks a JSON text without building values: refuses keys that are there twice, deep nesting and too many values
 * before anything of it takes memory, and finds where pointers point. `JSON.parse` judges the syntax.
 */
export class JsonScanner {
  readonly #text: string;
  readonly #found: Map<string, number>;
  #at = 0;
  #nodes = 0;

  constructor(text: string, found: Map<string, number> = new Map()) {
    this.#text = text;
    this.#found = found;
  }

  /** @throws UnreadableDocumentError */
  scan(wanted?: Wanted): void {
    this.#value(wanted, 0);
    this.#space();
    if (this.#at < this.#text.length) this.#fail("syntax", "There is more after the end of the document.");
  }

  #value(wanted: Wanted | undefined, depth: number): void {
    this.#space();
    if (wanted?.pointer !== undefined && !this.#found.has(wanted.pointer))
      this.#found.set(wanted.pointer, this.#at);
    if (++this.#nodes > LIMITS.nodes)
      this.#fail("too-many-values", `The document has more than ${LIMITS.nodes} values.`);
    if (depth > LIMITS.depth)
      this.#fail("too-deep", `The document nests deeper than ${LIMITS.depth} levels.`);
    switch (this.#text.charCodeAt(this.#at)) {
      case 0x7b:
        this.#object(wanted, depth);
        break;
      case 0x5b:
        this.#array(wanted, depth);
        break;
      case 0x22:
        this.#skipString();
        break;
      default:
        this.#skipLiteral();
    }
  }

  #object(wanted: Wanted | undefined, depth: number): void {
    const keys = new Set<string>();
    this.#at++;
    this.#space();
    if (this.#take(0x7d)) return;
    do {
      this.#space();
      const start = this.#at;
      const key = this.#key();
      if (keys.has(key)) {
        this.#at = start;
        this.#fail("duplicate-key", `The key ${JSON.stringify(key)} is there twice.`);
      }
      keys.add(key);
      this.#space();
      if (!this.#take(0x3a)) this.#fail("syntax", "A colon is missing here.");
      const below = wanted?.below.get(key);
      if (below?.pointer !== undefined) this.#found.set(below.pointer, start);
      this.#value(below, depth + 1);
      this.#space();
    } while (this.#take(0x2c));
    if (!this.#take(0x7d)) this.#fail("syntax", "A comma or a closing brace is missing here.");
  }

  #array(wanted: Wanted | undefined, depth: number): void {
    this.#at++;
    this.#space();
    if (this.#take(0x5d)) return;
    let index = 0;
    do {
      this.#value(wanted?.below.get(String(index++)), depth + 1);
      this.#space();
    } while (this.#take(0x2c));
    if (!this.#take(0x5d)) this.#fail("syntax", "A comma or a closing bracket is missing here.");
  }

  #key(): string {
    const start = this.#at;
    if (this.#text.charCodeAt(start) !== 0x22)
      this.#fail("syntax", "A key in quotation marks is missing here.");
    this.#skipString();
    const raw = this.#text.slice(start, this.#at);
    if (!raw.includes("\\")) return raw.slice(1, -1);
    try {
      return JSON.parse(raw) as string;
    } catch {
      return this.#fail("syntax", "This key is not a JSON string.");
    }
  }

  #skipString(): void {
    let end = this.#at + 1;
    for (;;) {
      end = this.#text.indexOf('"', end);
      if (end < 0) this.#fail("syntax", "This string does not end.");
      let backslashes = 0;
      while (this.#text.charCodeAt(end - 1 - backslashes) === 0x5c) backslashes++;
      end++;
      if (backslashes % 2 === 0) break;
    }
    this.#at = end;
  }

  #skipLiteral(): void {
    const start = this.#at;
    for (; this.#at < this.#text.length; this.#at++) {
      const code = this.#text.charCodeAt(this.#at);
      const isPart =
        (code >= 0x30 && code <= 0x39) ||
        (code >= 0x61 && code <= 0x7a) ||
        code === 0x2d ||
        code === 0x2b ||
        code === 0x2e ||
        code === 0x45;
      if (!isPart) break;
    }
    if (this.#at === start) this.#fail("syntax", "A value is missing here.");
  }

  #space(): void {
    for (; ; this.#at++) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
    }
  }

  #take(code: number): boolean {
    if (this.#text.charCodeAt(this.#at) !== code) return false;
    this.#at++;
    return true;
  }

  #fail(rule: string, message: string): never {
    throw new UnreadableDocumentError(rule, message, { place: placeAt(this.#text, this.#at) });
  }
}

/** @param pointers JSON pointers */
export function wantedTree(pointers: Iterable<string>): Wanted {
  const root: Wanted = { below: new Map() };
  for (const pointer of pointers) {
    let node = root;
    for (const key of keysOf(pointer)) {
      const next = node.below.get(key) ?? { below: new Map() };
      node.below.set(key, next);
      node = next;
    }
    node.pointer = pointer;
  }
  return root;
}

/** The keys a JSON pointer is made of. */
export function keysOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}
