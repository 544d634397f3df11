import type { MockApiBindings, MockApiCollection, MockApiProperty } from "../contracts/mock-api.ts";

/** What the engine's database holds for one collection. Plain data: it crosses into the building thread. */
export interface CollectionPlan {
  name: string;
  table: string;
  id: string;
  idType: MockApiProperty["type"];
  properties: { name: string; column: string; definition: MockApiProperty }[];
  search: string[];
  /** Array properties looked up by element; each has a side table. */
  elements: string[];
  /**
   * Property by which rows of the base are laid down (then by identifier), so that reading them by position is
   * reading them in the usual order of the lists.
   */
  order: string;
  /** Columns of each index, besides the identifier's own. */
  indexes: string[][];
  /** Prefixes of generated identifiers, whose highest number is noted. */
  sequences: string[];
}

export interface StoragePlan {
  timeZone: string;
  dateOrder: "day-first" | "month-first";
  collections: CollectionPlan[];
}

export function planStorage(bindings: MockApiBindings): StoragePlan {
  return {
    timeZone: bindings.timeZone,
    dateOrder: bindings.dateOrder,
    collections: Object.entries(bindings.collections).map(([name, collection]) =>
      planCollection(bindings, name, collection),
    ),
  };
}

function planCollection(
  bindings: MockApiBindings,
  name: string,
  collection: MockApiCollection,
): CollectionPlan {
  const indexes = new Map<string, string[]>();
  const elements = new Set<string>();
  const sequences = new Set<string>();
  let order: string | undefined;
  const addIndex = (...columns: string[]) => {
    const distinct = [...new Set(columns)];
    indexes.set(distinct.join(), distinct);
  };
  for (const operation of Object.values(bindings.operations)) {
    if (!("collection" in operation) || operation.collection !== name) continue;
    const within = "within" in operation ? Object.values(operation.within) : [];
    if ("key" in operation && operation.key) addIndex(operation.key, collection.id);
    if (operation.kind === "create" || operation.kind === "put") {
      for (const value of Object.values(operation.defaults))
        if ("sequence" in value) sequences.add(value.sequence.prefix);
    }
    if (operation.kind !== "list") continue;
    const usual = operation.sort.default.replace(/^-/, "");
    order ??= usual;
    for (const property of operation.sort.properties) addIndex(property, collection.id);
    if (operation.parent) addIndex(operation.parent.property, usual, collection.id);
    if (within.length > 0) addIndex(...within, usual, collection.id);
    for (const filter of Object.values(operation.filters)) {
      if (filter.comparison === "contains") elements.add(filter.property);
      else addIndex(filter.property, usual, collection.id);
    }
  }
  return {
    name,
    table: collection.table,
    id: collection.id,
    idType: collection.properties[collection.id]?.type ?? "string",
    properties: Object.entries(collection.properties).map(([property, definition]) => ({
      name: property,
      column: definition.column ?? property,
      definition,
    })),
    search: collection.search,
    elements: [...elements],
    order: order ?? collection.id,
    indexes: [...indexes.values()],
    sequences: [...sequences],
  };
}
