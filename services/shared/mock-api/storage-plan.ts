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
  /** Besides the identifier's own. */
  indexes: IndexPlan[];
  /** Prefixes of generated identifiers, whose highest number is noted. */
  sequences: string[];
}

/** Rows by their values in `filtered`, and those with the same ones in `order`. */
export interface IndexPlan {
  filtered: string[];
  order: string[];
  /**
   * What else lists filter by and has few values: such filters leave many rows to look at, and a row is large. What
   * the index carries is looked at in the index.
   */
  carried: string[];
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
  const indexes = new IndexPlans(collection);
  const elements = new Set<string>();
  const sequences = new Set<string>();
  let order: string | undefined;
  for (const operation of Object.values(bindings.operations)) {
    if (!("collection" in operation) || operation.collection !== name) continue;
    const within = "within" in operation ? Object.values(operation.within) : [];
    if ("key" in operation && operation.key) indexes.add([operation.key], [collection.id]);
    if (operation.kind === "create" || operation.kind === "put") {
      for (const value of Object.values(operation.defaults))
        if ("sequence" in value) sequences.add(value.sequence.prefix);
    }
    if (operation.kind !== "list") continue;
    const usual = operation.sort.default.replace(/^-/, "");
    order ??= usual;
    const filters = Object.values(operation.filters);
    const carried = filters
      .map(({ property }) => property)
      .filter((property) => indexes.hasFewValues(property));
    for (const property of operation.sort.properties) indexes.add([], [property, collection.id], carried);
    const usually = [usual, collection.id];
    if (operation.parent) indexes.add([operation.parent.property], usually, carried);
    if (within.length > 0) indexes.add(within, usually, carried);
    for (const { property, comparison } of filters) {
      if (comparison === "contains") elements.add(property);
      else indexes.add([property], usually, indexes.hasFewValues(property) ? carried : []);
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
    indexes: indexes.all(),
    sequences: [...sequences],
  };
}

/** A filter by such a property leaves a large part of the rows. */
export function hasFewValues({ type, values }: MockApiProperty): boolean {
  return type === "boolean" || (type === "string" && values !== undefined);
}

/** The indexes of one collection, each once. */
class IndexPlans {
  readonly #collection: MockApiCollection;
  readonly #plans = new Map<string, IndexPlan>();

  constructor(collection: MockApiCollection) {
    this.#collection = collection;
  }

  add(filtered: string[], order: string[], carried: string[] = []): void {
    const further = order.filter((property) => !filtered.includes(property));
    // Where nothing is missing, looking a value up and sorting by it take the same index.
    const lookups = filtered.map((property) => (this.#isNullable(property) ? `${property}=` : property));
    const key = [...lookups, ...further].join();
    const known = this.#plans.get(key) ?? { filtered, order: further, carried: [] };
    const columns = new Set([...filtered, ...further]);
    const all = new Set([...known.carried, ...carried.filter((property) => !columns.has(property))]);
    this.#plans.set(key, { ...known, carried: [...all] });
  }

  all(): IndexPlan[] {
    return [...this.#plans.values()];
  }

  hasFewValues(property: string): boolean {
    const definition = this.#collection.properties[property];
    return definition !== undefined && hasFewValues(definition);
  }

  #isNullable(property: string): boolean {
    return this.#collection.properties[property]?.nullable ?? false;
  }
}
