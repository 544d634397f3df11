/** Anything JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** One value that two places changed in different ways. */
export interface Collision {
  /** Keys from the root; the elements of a list are named by their `id`. */
  path: readonly string[];
  mine: Json | undefined;
  theirs: Json | undefined;
}

export interface MergeResult<Content> {
  /** Where both sides changed a value it holds mine: what was typed here is never dropped silently. */
  content: Content;
  collisions: Collision[];
}

/**
 * Three-way merge of drafts, value by value. Objects are merged by key, lists whose elements all have an `id` by
 * element, everything else (text, numbers, other lists) as a whole. @param take whose value wins where both changed.
 */
export function mergeDrafts<Content>(
  base: Content,
  mine: Content,
  theirs: Content,
  take: "mine" | "theirs" = "mine",
): MergeResult<Content> {
  const collisions: Collision[] = [];
  const content = merge(base as Json, mine as Json, theirs as Json, { path: [], collisions, take });
  return { content: content as Content, collisions };
}

/** Equal as JSON; the order of keys does not count, and a key without a value equals a key that is absent. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [x, y] = [a as Record<string, unknown>, b as Record<string, unknown>];
  if (Array.isArray(a) && a.length !== (b as unknown[]).length) return false;
  return [...new Set([...Object.keys(x), ...Object.keys(y)])].every((key) => sameJson(x[key], y[key]));
}

interface Place {
  path: readonly string[];
  collisions: Collision[];
  take: "mine" | "theirs";
}

type Value = Json | undefined;
type Keyed = Record<string, Value>;

function merge(base: Value, mine: Value, theirs: Value, place: Place): Value {
  if (sameJson(mine, theirs) || sameJson(theirs, base)) return mine;
  if (sameJson(mine, base)) return theirs;
  if (isObject(mine) && isObject(theirs)) {
    return mergeKeys(isObject(base) ? base : {}, mine, theirs, place);
  }
  if (isKeyedList(mine) && isKeyedList(theirs)) {
    return mergeElements(isKeyedList(base) ? base : [], mine, theirs, place);
  }
  place.collisions.push({ path: place.path, mine, theirs });
  return place.take === "mine" ? mine : theirs;
}

function mergeKeys(base: Keyed, mine: Keyed, theirs: Keyed, place: Place): Json {
  const keys = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])];
  const entries = keys.map((key) => [
    key,
    merge(base[key], mine[key], theirs[key], { ...place, path: [...place.path, key] }),
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Json;
}

type Element = Record<string, Json> & { id: string };

/** Each element as it was merged; in my order where I changed the order, else in theirs. */
function mergeElements(
  base: readonly Element[],
  mine: readonly Element[],
  theirs: readonly Element[],
  place: Place,
): Json {
  const [b, m, t] = [base, mine, theirs].map((list) => new Map(list.map((item) => [item.id, item])));
  const merged = new Map(
    [...new Set([...m!.keys(), ...t!.keys()])].map((id) => [
      id,
      merge(b!.get(id), m!.get(id), t!.get(id), { ...place, path: [...place.path, id] }),
    ]),
  );
  const order = (list: readonly Element[]) => list.map(({ id }) => id);
  const [first, second] = sameJson(order(mine), order(base)) ? [theirs, mine] : [mine, theirs];
  const ids = [...new Set([...order(first), ...order(second)])];
  return ids.map((id) => merged.get(id)).filter((item) => item !== undefined);
}

function isObject(value: Value): value is Record<string, Json> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isKeyedList(value: Value): value is readonly Element[] {
  return Array.isArray(value) && value.every((item) => isObject(item as Json) && typeof item.id === "string");
}
