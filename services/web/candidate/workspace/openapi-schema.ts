import { asList, asObject, asText, follow, type Json, type Operation } from "./openapi.ts";

export interface SchemaRow {
  /** Dotted path, `[]` for the items of a list. */
  path: string;
  depth: number;
  type: string;
  required: boolean;
  description: string;
}

const DEEPEST = 4;
const MOST_ROWS = 200;

/** What kind of value a schema means, in a few words: `string (date-time)`, `list of Ticket`, `"open" | "closed"`. */
export function typeWords(document: Json, value: unknown, depth = 0): string {
  const schema = follow(document, value);
  if (depth > DEEPEST) return "any";
  const choices = asList(schema.enum);
  if (choices.length > 0)
    return choices
      .slice(0, 8)
      .map((item) => JSON.stringify(item))
      .join(" | ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const variants = [...asList(schema.oneOf), ...asList(schema.anyOf)];
  if (variants.length > 0) return variants.map((item) => typeWords(document, item, depth + 1)).join(" | ");
  const types = Array.isArray(schema.type) ? schema.type.map(String) : [asText(schema.type)].filter(Boolean);
  const words = types.map((type) =>
    type === "array" ? `list of ${typeWords(document, schema.items, depth + 1)}` : type,
  );
  const format = asText(schema.format);
  return `${words.join(" | ") || (schema.properties ? "object" : "any")}${format ? ` (${format})` : ""}`;
}

/** The properties of a schema, flattened for a list. */
export function schemaRows(document: Json, value: unknown): SchemaRow[] {
  const rows: SchemaRow[] = [];
  collectRows(document, value, "", 0, rows);
  return rows;
}

function collectRows(document: Json, value: unknown, prefix: string, depth: number, rows: SchemaRow[]): void {
  const schema = follow(document, value);
  if (depth > DEEPEST) return;
  for (const part of asList(schema.allOf)) collectRows(document, part, prefix, depth, rows);
  if (schema.items !== undefined) collectRows(document, schema.items, `${prefix}[]`, depth, rows);
  const required = new Set(asList(schema.required).map(String));
  for (const [name, child] of Object.entries(asObject(schema.properties))) {
    if (rows.length >= MOST_ROWS) return;
    const path = prefix ? `${prefix}.${name}` : name;
    const property = follow(document, child);
    rows.push({
      path,
      depth,
      type: typeWords(document, property),
      required: required.has(name),
      description: asText(property.description),
    });
    collectRows(document, property, path, depth + 1, rows);
  }
}

/** An example of a schema: its own where it has one, made up where it has none. */
export function exampleOf(document: Json, value: unknown, depth = 0): unknown {
  const schema = follow(document, value);
  const given = schema.example ?? asList(schema.examples)[0] ?? schema.default ?? schema.const;
  if (given !== undefined) return given;
  const choice = asList(schema.enum)[0] ?? undefined;
  if (choice !== undefined) return choice;
  if (depth > DEEPEST) return null;
  const variant = asList(schema.oneOf)[0] ?? asList(schema.anyOf)[0];
  if (variant !== undefined) return exampleOf(document, variant, depth + 1);
  if (asList(schema.allOf).length > 0)
    return Object.assign(
      {},
      ...asList(schema.allOf).map((part) => asObject(exampleOf(document, part, depth + 1))),
    );
  const type = Array.isArray(schema.type)
    ? schema.type[0]
    : (schema.type ?? (schema.properties ? "object" : ""));
  if (type === "object")
    return Object.fromEntries(
      Object.entries(asObject(schema.properties)).map(([name, child]) => [
        name,
        exampleOf(document, child, depth + 1),
      ]),
    );
  if (type === "array") return [exampleOf(document, schema.items, depth + 1)];
  return exampleOfScalar(String(type), asText(schema.format));
}

function exampleOfScalar(type: string, format: string): unknown {
  if (type === "integer" || type === "number") return 1;
  if (type === "boolean") return true;
  if (type !== "string") return null;
  if (format === "date-time") return "2026-03-01T09:00:00Z";
  return format === "date" ? "2026-03-01" : "text";
}

/** How the key is sent: the header of the document's first security scheme, else a bearer token. */
export function keyHeader(document: Json, apiKey: string): string {
  const schemes = asObject(asObject(document.components).securitySchemes);
  const scheme = follow(document, Object.values(schemes)[0]);
  return scheme.type === "apiKey" && scheme.in === "header" && asText(scheme.name)
    ? `${asText(scheme.name)}: ${apiKey}`
    : `Authorization: Bearer ${apiKey}`;
}

const shellQuote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** A command that calls the operation, ready for the terminal of the workspace. */
export function curlFor(
  document: Json,
  operation: Operation,
  baseUrl: string,
  apiKey: string | null,
): string {
  const query = operation.parameters
    .filter((parameter) => parameter.in === "query" && parameter.required)
    .map(
      (parameter) => `${parameter.name}=${encodeURIComponent(String(exampleOf(document, parameter.schema)))}`,
    );
  const path = operation.path.replace(/\{([^}]+)\}/g, (whole, name: string) => {
    const parameter = operation.parameters.find(
      (candidate) => candidate.in === "path" && candidate.name === name,
    );
    const example = parameter ? exampleOf(document, parameter.schema) : undefined;
    return example === undefined || example === "text" ? whole : encodeURIComponent(String(example));
  });
  const url = `${baseUrl.replace(/\/$/, "")}${path}${query.length > 0 ? `?${query.join("&")}` : ""}`;
  const lines = [`curl ${operation.method === "GET" ? "" : `-X ${operation.method} `}${shellQuote(url)}`];
  if (operation.secured && apiKey) lines.push(`-H ${shellQuote(keyHeader(document, apiKey))}`);
  if (operation.body) {
    const body = operation.body.example ?? exampleOf(document, operation.body.schema);
    lines.push(`-H ${shellQuote(`Content-Type: ${operation.body.contentType}`)}`);
    lines.push(`-d ${shellQuote(JSON.stringify(body))}`);
  }
  return lines.join(" \\\n  ");
}
