import { pointerTo } from "../mock-api/compile/document.ts";
import { UnreadableDocumentError } from "./issue.ts";
import { LIMITS } from "./limits.ts";

/**
 * Makes a tree of what was read: each object in one place only, so that nothing walks in circles or meets the same
 * part a billion times. Changes `root` in place. What no document needs and the platform cannot keep is refused:
 * the key `__proto__`, NUL and unpaired surrogates, numbers that JSON lacks.
 * @throws UnreadableDocumentError
 */
export function settleTree(root: unknown, options: { shared: boolean }): void {
  new Settling(options.shared).settle(root, "", 0);
}

class Settling {
  readonly #seen: Set<object> | null;
  readonly #path = new Set<object>();
  #aliased = 0;

  constructor(shared: boolean) {
    this.#seen = shared ? new Set() : null;
  }

  settle(value: unknown, pointer: string, depth: number): void {
    if (typeof value !== "object" || value === null) {
      this.#scalar(value, pointer);
      return;
    }
    if (depth > LIMITS.depth)
      throw new UnreadableDocumentError(
        "too-deep",
        `The document nests deeper than ${LIMITS.depth} levels.`,
        {
          pointer,
        },
      );
    this.#seen?.add(value);
    this.#path.add(value);
    const holder = value as Record<string, unknown>;
    for (const key of Object.keys(holder)) {
      // Only names that could be refused are worth a pointer of their own here.
      if (key === "__proto__" || !isStorable(key)) this.#refuseKey(key, pointer);
      const child = holder[key];
      if (typeof child === "object" && child !== null) {
        const at = pointerTo(pointer, key);
        if (this.#path.has(child)) refuseCircle(at);
        if (this.#seen?.has(child)) holder[key] = this.#copy(child, at, depth + 1);
        else this.settle(child, at, depth + 1);
      } else if (typeof child === "string" ? !isStorable(child) : isOddNumber(child))
        this.#scalar(child, pointerTo(pointer, key));
    }
    this.#path.delete(value);
  }

  #copy(value: object, pointer: string, depth: number): unknown {
    if (++this.#aliased > LIMITS.aliasedNodes)
      throw new UnreadableDocumentError(
        "too-many-aliases",
        `Aliases and merge keys stand for more than ${LIMITS.aliasedNodes} values.`,
        { pointer },
      );
    if (this.#path.has(value)) refuseCircle(pointer);
    if (depth > LIMITS.depth)
      throw new UnreadableDocumentError(
        "too-deep",
        `The document nests deeper than ${LIMITS.depth} levels.`,
        {
          pointer,
        },
      );
    const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
    this.#path.add(value);
    for (const [key, child] of Object.entries(value)) {
      if (key === "__proto__") this.#refuseKey(key, pointer);
      this.#aliased++;
      (copy as Record<string, unknown>)[key] =
        typeof child === "object" && child !== null
          ? this.#copy(child, pointerTo(pointer, key), depth + 1)
          : child;
    }
    this.#path.delete(value);
    return copy;
  }

  #scalar(value: unknown, pointer: string): void {
    if (typeof value === "string" && !isStorable(value))
      throw new UnreadableDocumentError(
        "forbidden-character",
        "NUL characters and unpaired surrogates are not allowed.",
        { pointer },
      );
    if (isOddNumber(value))
      throw new UnreadableDocumentError("odd-number", "Infinity and NaN are not allowed.", { pointer });
  }

  #refuseKey(key: string, pointer: string): never {
    if (key === "__proto__")
      throw new UnreadableDocumentError("forbidden-key", "The key __proto__ is not allowed.", { pointer });
    throw new UnreadableDocumentError(
      "forbidden-character",
      "NUL characters and unpaired surrogates are not allowed in keys.",
      { pointer },
    );
  }
}

function isStorable(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}

function isOddNumber(value: unknown): boolean {
  return typeof value === "number" && !Number.isFinite(value);
}

function refuseCircle(pointer: string): never {
  throw new UnreadableDocumentError("circular-alias", "This alias stands for something that it is part of.", {
    pointer,
  });
}
