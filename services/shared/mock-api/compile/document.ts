export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function objectAt(value: unknown, key: string): JsonObject {
  const part = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return isObject(part) ? part : {};
}

/** A part of an OpenAPI document, with the JSON pointer it was found at once its `$ref` is followed. */
export interface Located {
  value: JsonObject;
  pointer: string;
}

const MAX_REFERENCES = 20;

/** Looks parts of one document up; references lead nowhere but into the document itself. */
export class ApiDocument {
  readonly root: JsonObject;
  #anchors: Map<string, string> | undefined;

  constructor(root: JsonObject) {
    this.root = root;
  }

  /**
   * The object at a pointer, references followed.
   * @throws Error when there is none, or a reference is remote or circular
   */
  locate(pointer: string): Located {
    let current = pointer;
    for (let count = 0; count < MAX_REFERENCES; count++) {
      const value = this.at(current);
      if (!isObject(value)) throw new Error(`there is no object at #${current}`);
      if (typeof value.$ref !== "string") return { value, pointer: current };
      current = this.follow(value.$ref);
    }
    throw new Error(`the references from #${pointer} do not end`);
  }

  /** Pointer that a reference leads to, without looking whether anything is there. @throws Error */
  follow(reference: string): string {
    if (!reference.startsWith("#")) throw new Error(`the reference ${reference} leaves the document`);
    const fragment = decodeFragment(reference.slice(1));
    if (fragment === "" || fragment.startsWith("/")) return fragment;
    this.#anchors ??= findAnchors(this.root);
    const pointer = this.#anchors.get(fragment);
    if (pointer === undefined) throw new Error(`there is no object at ${reference}`);
    return pointer;
  }

  /** Whatever stands at a pointer, references not followed. */
  at(pointer: string): unknown {
    return valueAt(this.root, pointer);
  }
}

/** Whatever stands at a pointer below `root`. Asked millions of times for a large document. */
export function valueAt(root: unknown, pointer: string): unknown {
  let value = root;
  for (let start = 1; start <= pointer.length; ) {
    const slash = pointer.indexOf("/", start);
    const end = slash < 0 ? pointer.length : slash;
    const part = pointer.slice(start, end);
    const key = part.includes("~") ? part.replaceAll("~1", "/").replaceAll("~0", "~") : part;
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as JsonObject)[key];
    start = end + 1;
  }
  return value;
}

function decodeFragment(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Pointers of the schemas that have a `$anchor` or `$dynamicAnchor`; the first of a name counts. */
function findAnchors(root: JsonObject): Map<string, string> {
  const anchors = new Map<string, string>();
  const waiting: { value: unknown; pointer: string }[] = [{ value: root, pointer: "" }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, pointer } = next;
    if (typeof value !== "object" || value === null) continue;
    for (const [key, part] of Object.entries(value)) {
      if ((key === "$anchor" || key === "$dynamicAnchor") && typeof part === "string" && !anchors.has(part))
        anchors.set(part, pointer);
      waiting.push({ value: part, pointer: pointerTo(pointer, key) });
    }
  }
  return anchors;
}

export function pointerTo(base: string, ...keys: (string | number)[]): string {
  let pointer = base;
  for (const key of keys) pointer += `/${typeof key === "number" ? key : escapeKey(key)}`;
  return pointer;
}

/** Hardly any key needs it, and large documents have hundreds of thousands. */
function escapeKey(key: string): string {
  return key.includes("~") || key.includes("/") ? key.replaceAll("~", "~0").replaceAll("/", "~1") : key;
}
