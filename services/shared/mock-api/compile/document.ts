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
      const value = this.#at(current);
      if (!isObject(value)) throw new Error(`there is no object at #${current}`);
      if (typeof value.$ref !== "string") return { value, pointer: current };
      if (!value.$ref.startsWith("#/")) throw new Error(`the reference ${value.$ref} leaves the document`);
      current = decodeURIComponent(value.$ref.slice(1));
    }
    throw new Error(`the references from #${pointer} do not end`);
  }

  #at(pointer: string): unknown {
    let value: unknown = this.root;
    for (const part of pointer.split("/").slice(1)) {
      const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
      if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
      value = (value as JsonObject)[key];
    }
    return value;
  }
}

export function pointerTo(base: string, ...keys: (string | number)[]): string {
  return [base, ...keys.map((key) => String(key).replaceAll("~", "~0").replaceAll("/", "~1"))].join("/");
}
