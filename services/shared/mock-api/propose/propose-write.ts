import type { DatasetTable } from "../../contracts/dataset.ts";
import type { Effect, ValueExpression } from "../../contracts/mock-api.ts";
import { plain } from "./names.ts";
import type { ProposedCollection } from "./propose-collection.ts";
import type { Field } from "./read-operations.ts";

/** Properties that a body may set: all of its fields that are columns, but for the identifier. */
export function acceptedOf({ collection, byField }: ProposedCollection, fields: readonly Field[]): string[] {
  const found = fields.map(({ name }) => byField.get(name)).filter((name) => name !== undefined);
  return [...new Set(found)].filter((name) => name !== collection.id);
}

/** What a new record is filled with where its body says nothing. */
export function defaultsOf(
  { collection }: ProposedCollection,
  table: DatasetTable,
  fields: readonly Field[],
  byField: ReadonlyMap<string, string>,
): Record<string, ValueExpression> {
  const { id, properties } = collection;
  const defaults: Record<string, ValueExpression> = { [id]: newId(collection, table) };
  for (const [name, { type }] of Object.entries(properties))
    if (type === "time" && /^(created|updated|modified|inserted|opened)/.test(plain(name)))
      defaults[name] = { now: true };
  for (const field of fields) {
    const name = byField.get(field.name);
    const value = field.schema.default;
    if (name !== undefined && name !== id && isScalar(value)) defaults[name] = { constant: value };
  }
  return defaults;
}

function isScalar(value: unknown): value is string | number | boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}

/** Goes on counting where identifiers are a prefix and a number; else a UUID. */
function newId({ id, properties }: ProposedCollection["collection"], table: DatasetTable): ValueExpression {
  const definition = properties[id]!;
  if (definition.type === "integer") return { sequence: { prefix: "", digits: 1 } };
  const index = table.columns.findIndex(({ name }) => name === (definition.column ?? id));
  const samples = table.preview.map((row) => row[index] ?? "").filter((text) => text !== "");
  const parts = samples.map((text) => /^(\D{0,20}?)(\d{1,15})$/.exec(text));
  const [first] = parts;
  if (!first || parts.some((part) => part?.[1] !== first[1])) return { uuid: true };
  const digits = Math.min(...parts.map((part) => part![2]!.length));
  return { sequence: { prefix: first[1]!, digits } };
}

/** Notes the time of a change, where the table has a column for it. */
export function touched({ collection }: ProposedCollection): Effect[] {
  const name = Object.entries(collection.properties).find(
    ([property, { type }]) =>
      type === "time" && /^(updated|modified|lastmodified|lastupdated)/.test(plain(property)),
  )?.[0];
  return name === undefined ? [] : [{ when: [], set: { [name]: { now: true } }, add: {}, remove: {} }];
}
