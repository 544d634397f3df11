import { isObject, type JsonObject, valueAt } from "../mock-api/compile/document.ts";
import { childrenOf, type Kind, type Visited } from "./walk.ts";

/** Where a reference leads, or the rule it breaks and why. */
export type Resolved =
  | { value: JsonObject; pointer: string }
  | { rule: "outside-reference" | "unresolved-reference"; message: string };

/**
 * Every object of a document that has a kind, and the names by which references may call schemas. What only a
 * reference reaches (below an `x-` field, say) is visited as what the reference takes it for.
 */
export class DocumentIndex {
  readonly root: JsonObject;
  /** Objects with what they are and where; in the order of the document. */
  readonly visited: Visited[] = [];
  readonly #kinds = new Map<object, Kind>();
  /** `$id`, and `#name` of `$anchor` and `$dynamicAnchor` -> pointer. */
  readonly #names = new Map<string, string>();

  constructor(root: JsonObject) {
    this.root = root;
    this.#visit({ kind: "document", value: root, pointer: "" });
    for (let next = 0; next < this.visited.length; next++) {
      const { kind, value } = this.visited[next]!;
      if (typeof value.$ref !== "string") continue;
      const target = this.resolve(value.$ref);
      if ("pointer" in target && !this.#kinds.has(target.value))
        this.#visit({ kind, value: target.value, pointer: target.pointer });
    }
  }

  kindOf(value: object): Kind | undefined {
    return this.#kinds.get(value);
  }

  /** One step: the target may be a reference itself. */
  resolve(reference: string): Resolved {
    const named = this.#names.get(reference);
    const hash = reference.indexOf("#");
    const base = hash < 0 ? reference : reference.slice(0, hash);
    const start = base === "" ? "" : this.#names.get(base);
    if (named === undefined && start === undefined)
      return {
        rule: "outside-reference",
        message: `"${shorten(reference)}" leads out of the document. Bundle everything into one file, or upload a zip with all files.`,
      };
    const pointer = named ?? this.#pointerOf(start!, hash < 0 ? "" : reference.slice(hash + 1));
    const value = pointer === null ? undefined : valueAt(this.root, pointer);
    if (pointer === null || (!isObject(value) && typeof value !== "boolean"))
      return { rule: "unresolved-reference", message: `There is nothing at "${shorten(reference)}".` };
    return { value: isObject(value) ? value : {}, pointer };
  }

  #pointerOf(start: string, fragment: string): string | null {
    try {
      const pointer = decodeURIComponent(fragment);
      return pointer === "" || pointer.startsWith("/") ? start + pointer : null;
    } catch {
      return null;
    }
  }

  #visit(from: Visited): void {
    if (this.#kinds.has(from.value)) return;
    this.#kinds.set(from.value, from.kind);
    this.visited.push(from);
    if (from.kind === "schema") this.#note(from);
    for (const child of childrenOf(from)) this.#visit(child);
  }

  #note(visited: Visited): void {
    const { value } = visited;
    for (const keyword of ["$anchor", "$dynamicAnchor"])
      if (typeof value[keyword] === "string") this.#name(`#${value[keyword]}`, visited.pointer);
    if (typeof value.$id === "string") this.#name(value.$id.replace(/#$/, ""), visited.pointer);
  }

  #name(name: string, pointer: string): void {
    if (!this.#names.has(name)) this.#names.set(name, pointer);
  }
}

function shorten(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
