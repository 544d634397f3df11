import type { MockApiBindings, MockApiProperty } from "../contracts/mock-api.ts";

/** A property as the API writes it. */
export interface ShownProperty {
  name: string;
  definition: MockApiProperty;
  /** Where it stands in the record's JSON: one name, or several when it is within objects. */
  path: string[];
}

/** How records of a collection look in requests and answers. */
export interface CollectionShape {
  id: string;
  idType: MockApiProperty["type"];
  properties: ReadonlyMap<string, ShownProperty>;
  /** What is sent, in order. */
  shown: ShownProperty[];
  /** Property by the name that the API gives it. */
  byPath: ReadonlyMap<string, string>;
  jsonApiType: string | null;
}

export function shapeCollections(bindings: MockApiBindings): Map<string, CollectionShape> {
  return new Map(
    Object.entries(bindings.collections).map(([name, collection]) => {
      const properties = Object.entries(collection.properties).map(([property, definition]) => ({
        name: property,
        definition,
        path: (definition.as ?? property).split("."),
      }));
      return [
        name,
        {
          id: collection.id,
          idType: collection.properties[collection.id]?.type ?? "string",
          properties: new Map(properties.map((property) => [property.name, property])),
          shown: properties.filter(({ definition }) => !definition.hidden),
          byPath: new Map(properties.map(({ name: own, path }) => [path.join("."), own])),
          jsonApiType: collection.jsonApiType ?? null,
        },
      ];
    }),
  );
}

/** Puts a value where a path of names leads, making the objects on the way. */
export function setAt(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let owner = target;
  for (const name of path.slice(0, -1)) {
    const next = Object.hasOwn(owner, name) ? owner[name] : undefined;
    if (typeof next === "object" && next !== null && !Array.isArray(next))
      owner = next as Record<string, unknown>;
    else {
      const made: Record<string, unknown> = {};
      owner[name] = made;
      owner = made;
    }
  }
  owner[path.at(-1)!] = value;
}

/** The value where a path of names leads through own properties, or undefined. */
export function valueAt(source: unknown, path: readonly string[]): unknown {
  let value = source;
  for (const name of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}
