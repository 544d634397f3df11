import type { JsonObject } from "../compile/document.ts";
import { type Field, fieldsOf, schemaType } from "./read-operations.ts";

/** An object and where it stands in its body: names joined by dots, or null for the body itself. */
export interface Placed {
  at: string | null;
  fields: Field[];
}

/** A list and where it stands. */
export interface PlacedList extends Placed {
  /** Fields of the envelope by their path, without the items. */
  around: Map<string, Field>;
}

const MAX_DEPTH = 3;
/** Envelopes have a handful; objects that hold one another a hundred times over have millions. */
const MAX_FIELDS = 1000;

/** The array of objects in an answer: the answer itself, or the first one in it. Null when there is none. */
export function findList(root: JsonObject, answer: JsonObject | null): PlacedList | null {
  if (!answer) return null;
  if (schemaType(root, answer) === "array")
    return { at: null, fields: fieldsOf(root, answer.items), around: new Map() };
  const around = new Map<string, Field>();
  collect(root, answer, "", 0, around);
  for (const [path, field] of around) {
    if (schemaType(root, field.schema) !== "array") continue;
    const fields = fieldsOf(root, field.schema.items);
    if (fields.length === 0) continue;
    around.delete(path);
    return { at: path, fields, around };
  }
  return null;
}

function collect(
  root: JsonObject,
  schema: JsonObject,
  path: string,
  depth: number,
  found: Map<string, Field>,
): void {
  if (found.size >= MAX_FIELDS) return;
  const fields = fieldsOf(root, schema).slice(0, MAX_FIELDS);
  for (const field of fields) found.set(path === "" ? field.name : `${path}.${field.name}`, field);
  if (depth + 1 >= MAX_DEPTH) return;
  for (const field of fields)
    if (schemaType(root, field.schema) === "object")
      collect(root, field.schema, path === "" ? field.name : `${path}.${field.name}`, depth + 1, found);
}

/**
 * The record in a body: of the body and the objects directly in it, the one that has most of the columns.
 * @param known tells whether a field could come from the table
 */
export function findRecord(
  root: JsonObject,
  body: JsonObject | null,
  known: (field: Field) => boolean,
): Placed | null {
  if (!body || schemaType(root, body) === "array") return null;
  const own = fieldsOf(root, body);
  const candidates: Placed[] = [
    { at: null, fields: own },
    ...own
      .filter((field) => schemaType(root, field.schema) === "object")
      .map((field) => ({ at: field.name, fields: fieldsOf(root, field.schema) })),
  ];
  const count = (placed: Placed) => placed.fields.filter(known).length;
  const best = candidates.toSorted((left, right) => count(right) - count(left))[0]!;
  return count(best) > 0 ? best : null;
}
