import { pointerTo } from "../mock-api/compile/document.ts";
import { UnreadableDocumentError } from "./issue.ts";
import { LIMITS } from "./limits.ts";

/**
 * Makes a tree of what was read: each object in one place only, so that nothing walks in circles or meets the same
 * part a billion times. Changes `root` in place. What no document needs and the platform cannot keep is refused:
 * the key `__proto__`, NUL and unpaired surrogates, numbers that JSON lacks.
 * @param options.shared whether an object may be in several places at all
 * @throws UnreadableDocumentError
 */
export function settleTree(root: unknown, options: { shared: boolean }): void {
  new Settling(options.shared).settle(root);
}

class Settling {
  /** Null where nothing is shared: the sets would be as large as a document. */
  readonly #seen: Set<object> | null;
  readonly #path = new Set<object>();
  /** The way to where it is now; made a pointer only to say what is wrong. */
  readonly #keys: string[] = [];
  #aliased = 0;

  constructor(shared: boolean) {
    this.#seen = shared ? new Set() : null;
  }

  settle(value: unknown): void {
    if (typeof value === "object" && value !== null) this.#object(value);
    else this.#scalar(value);
  }

  #object(value: object): void {
    this.#enter(value);
    this.#seen?.add(value);
    const holder = value as Record<string, unknown>;
    const isList = Array.isArray(value);
    for (const key of Object.keys(holder)) {
      if (!isList) this.#key(key);
      const child = holder[key];
      this.#keys.push(key);
      if (typeof child !== "object" || child === null) this.#scalar(child);
      else if (this.#seen?.has(child)) holder[key] = this.#copy(child);
      else this.#object(child);
      this.#keys.pop();
    }
    this.#path.delete(value);
  }

  #copy(value: object): unknown {
    this.#count();
    this.#enter(value);
    const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
    for (const [key, child] of Object.entries(value)) {
      this.#key(key);
      this.#count();
      this.#keys.push(key);
      (copy as Record<string, unknown>)[key] =
        typeof child === "object" && child !== null ? this.#copy(child) : child;
      this.#keys.pop();
    }
    this.#path.delete(value);
    return copy;
  }

  #enter(value: object): void {
    if (this.#keys.length > LIMITS.depth)
      this.#fail("too-deep", `The document nests deeper than ${LIMITS.depth} levels.`);
    if (!this.#seen) return;
    if (this.#path.has(value))
      this.#fail("circular-alias", "This alias stands for something that it is part of.");
    this.#path.add(value);
  }

  #count(): void {
    if (++this.#aliased > LIMITS.aliasedNodes)
      this.#fail(
        "too-many-aliases",
        `Aliases and merge keys stand for more than ${LIMITS.aliasedNodes} values.`,
      );
  }

  #key(key: string): void {
    if (key === "__proto__") this.#fail("forbidden-key", "The key __proto__ is not allowed.");
    if (!isStorable(key))
      this.#fail("forbidden-character", "NUL characters and unpaired surrogates are not allowed in keys.");
  }

  #scalar(value: unknown): void {
    if (typeof value === "string" && !isStorable(value))
      this.#fail("forbidden-character", "NUL characters and unpaired surrogates are not allowed.");
    if (typeof value === "number" && !Number.isFinite(value))
      this.#fail("odd-number", "Infinity and NaN are not allowed.");
  }

  #fail(rule: string, message: string): never {
    throw new UnreadableDocumentError(rule, message, { pointer: pointerTo("", ...this.#keys) });
  }
}

function isStorable(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}
