export type JsonObject = Record<string, unknown>;

/** The value if it is an object, and no list. */
export function objectOf(value: unknown): JsonObject | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** A place in a list, as events give it; 0 for what is no such number. */
export function placeOf(value: unknown): number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : 0;
}

/** The item at a place, made when it is asked for first. */
export function itemAt<Item>(items: Map<number, Item>, place: number, make: () => Item): Item {
  const known = items.get(place);
  if (known) return known;
  const item = make();
  items.set(place, item);
  return item;
}

/** The items in the order of their places. */
export function inPlace<Item>(items: ReadonlyMap<number, Item>): Item[] {
  return [...items].toSorted(([a], [b]) => a - b).map(([, item]) => item);
}

/** Pieces of a text put together, without so many characters at its end. */
export function joinPieces(pieces: readonly string[], dropped: number): string {
  const text = pieces.join("");
  return dropped === 0 ? text : text.slice(0, Math.max(0, text.length - dropped));
}
