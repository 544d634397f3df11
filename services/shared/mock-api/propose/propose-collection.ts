import type { DatasetTable } from "../../contracts/dataset.ts";
import type { MockApiCollection, MockApiProperty } from "../../contracts/mock-api.ts";
import { isObject, type JsonObject } from "../compile/document.ts";
import { bindingName, likeness, plain, singular } from "./names.ts";
import { type Field, schemaType, takesNull } from "./read-operations.ts";

/** A kind of thing that an API lets its callers read or write. */
export interface Resource {
  /** Path up to its list, for example `/customers/{id}/tickets`. */
  base: string;
  /** What it is called in the path. */
  name: string;
  /** Name of the parameter that identifies one. */
  idParameter: string | null;
  fields: Field[];
}

export interface Match {
  table: DatasetTable;
  /** 0 to 1. */
  score: number;
  why: string[];
  /** Field -> column. */
  columns: Map<string, string>;
}

/** The table that a resource most likely is a view of; null when none is alike enough. */
export function matchTable(resource: Resource, tables: readonly DatasetTable[]): Match | null {
  const matches = tables
    .map((table) => scoreOf(resource, table))
    .toSorted((left, right) => right.score - left.score);
  const best = matches[0];
  return best && best.score >= 0.45 && best.columns.size > 0 ? best : null;
}

function scoreOf(resource: Resource, table: DatasetTable): Match {
  const name = likeness(resource.name, table.name);
  const columns = matchColumns(resource.fields, table, resource.name);
  const share = resource.fields.length === 0 ? 0 : columns.size / resource.fields.length;
  const why = [
    ...(name === 1 ? [`"${resource.name}" in the path is the table "${table.name}".`] : []),
    ...(name > 0 && name < 1 ? [`"${resource.name}" in the path resembles the table "${table.name}".`] : []),
    `${columns.size} of ${resource.fields.length} fields are columns of the table.`,
  ];
  return { table, score: name * 0.5 + share * 0.5, why, columns };
}

/** `id` of a ticket may be the column `ticket_id`, and the other way round. */
export function matchColumns(
  fields: readonly Field[],
  table: DatasetTable,
  resource: string,
): Map<string, string> {
  const columns = columnsByName(table);
  const taken = new Set<string>();
  const found = new Map<string, string>();
  const prefixes = [singular(resource), singular(table.name)];
  const take = (field: Field, wanted: string) => {
    const column = columns.get(wanted);
    if (column === undefined || taken.has(wanted) || found.has(field.name)) return;
    found.set(field.name, column);
    taken.add(wanted);
  };
  for (const field of fields) take(field, plain(field.name));
  for (const field of fields)
    for (const prefix of prefixes) {
      const name = plain(field.name);
      take(field, prefix + name);
      if (name.startsWith(prefix)) take(field, name.slice(prefix.length));
    }
  return found;
}

const COLUMNS = new WeakMap<DatasetTable, ReadonlyMap<string, string>>();

/** Column by its plain name. A table is compared with every resource of a document. */
function columnsByName(table: DatasetTable): ReadonlyMap<string, string> {
  const known = COLUMNS.get(table);
  if (known) return known;
  const columns = new Map(table.columns.map(({ name }) => [plain(name), name]));
  COLUMNS.set(table, columns);
  return columns;
}

export interface ProposedCollection {
  name: string;
  collection: MockApiCollection;
  /** What the API calls a property -> property. */
  byField: Map<string, string>;
  /** Column -> property. */
  byColumn: Map<string, string>;
}

/** Every column becomes a property; those that no field shows stay hidden, for filters and parents. */
export function proposeCollection(
  root: JsonObject,
  resource: Resource,
  { table, columns }: Match,
  taken: ReadonlySet<string>,
): ProposedCollection | null {
  const fieldOf = new Map([...columns].map(([field, column]) => [column, field]));
  const schemas = new Map(resource.fields.map((field) => [field.name, field]));
  const byColumn = new Map<string, string>();
  const byField = new Map<string, string>();
  const properties: Record<string, MockApiProperty> = {};
  for (const column of table.columns) {
    const name = bindingName(column.name, new Set(byColumn.values()));
    const field = schemas.get(fieldOf.get(column.name) ?? "");
    byColumn.set(column.name, name);
    if (field) byField.set(field.name, name);
    properties[name] = propertyOf(root, name, column, field);
  }
  const id = idOf(resource, table, byColumn, byField);
  if (id === null) return null;
  const { type, ...rest } = properties[id]!;
  const idType = type === "integer" ? "integer" : "string";
  properties[id] = { ...rest, type: idType, nullable: false, optional: false };
  const search = searchable(properties, id);
  return {
    name: bindingName(table.name, taken),
    collection: { table: table.name, id, properties, search },
    byField,
    byColumn,
  };
}

function propertyOf(
  root: JsonObject,
  name: string,
  column: DatasetTable["columns"][number],
  field: Field | undefined,
): MockApiProperty {
  const type = field ? typeOfSchema(root, field.schema) : null;
  const allowed =
    field && Array.isArray(field.schema.enum)
      ? field.schema.enum.filter((one) => typeof one === "string")
      : [];
  return {
    ...(column.name === name ? {} : { column: column.name }),
    ...(field && field.name !== name && isPath(field.name) ? { as: field.name } : {}),
    type: type ?? typeOfColumn(column.type),
    ...absence(root, field),
    hidden: field === undefined || !isPath(field.name),
    ...(allowed.length > 0 && (type ?? "string") === "string" ? { values: { allowed, aliases: {} } } : {}),
  };
}

/** What a row without a value becomes: null, or nothing where the field may be absent; else its type's zero. */
function absence(root: JsonObject, field: Field | undefined): { nullable: boolean; optional: boolean } {
  if (!field || takesNull(root, field.schema)) return { nullable: true, optional: false };
  return { nullable: !field.required, optional: !field.required };
}

function isPath(name: string): boolean {
  return /^[A-Za-z0-9_$@:-]{1,100}$/.test(name) && name !== "__proto__";
}

function typeOfSchema(root: JsonObject, schema: JsonObject): MockApiProperty["type"] | null {
  switch (schemaType(root, schema)) {
    case "string":
      return schema.format === "date-time" ? "time" : schema.format === "date" ? "date" : "string";
    case "integer":
      return "integer";
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    case "array":
      return isObject(schema.items) && schemaType(root, schema.items) === "string" ? "strings" : "json";
    case "object":
      return "json";
    default:
      return null;
  }
}

function typeOfColumn(type: string): MockApiProperty["type"] {
  if (/int/i.test(type)) return "integer";
  if (/double|float|real|decimal|numeric|number/i.test(type)) return "number";
  if (/bool/i.test(type)) return "boolean";
  if (/timestamp|datetime|^time$/i.test(type)) return "time";
  return /^date$/i.test(type) ? "date" : "string";
}

function idOf(
  resource: Resource,
  table: DatasetTable,
  byColumn: ReadonlyMap<string, string>,
  byField: ReadonlyMap<string, string>,
): string | null {
  const names = [
    resource.idParameter ?? "id",
    "id",
    `${singular(resource.name)}id`,
    `${singular(table.name)}id`,
  ];
  for (const wanted of names) {
    const column = table.columns.find(({ name }) => plain(name) === plain(wanted));
    if (column) return byColumn.get(column.name)!;
    const field = [...byField.keys()].find((name) => plain(name) === plain(wanted));
    if (field !== undefined) return byField.get(field)!;
  }
  const first = table.columns[0];
  return first && /(id|key|number|code|uuid)$/i.test(first.name) ? byColumn.get(first.name)! : null;
}

/** Texts that people write. */
function searchable(properties: Record<string, MockApiProperty>, id: string): string[] {
  const isText = /(name|title|subject|summary|description|body|text|comment|message|note)/i;
  return Object.entries(properties)
    .filter(
      ([name, { type, values, hidden }]) =>
        name !== id && type === "string" && !values && !hidden && isText.test(name),
    )
    .map(([name]) => name)
    .slice(0, 4);
}
