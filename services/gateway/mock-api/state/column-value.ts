import type { MockApiProperty } from "../../../shared/contracts/mock-api.ts";
import type { TimeReader } from "./canonical-time.ts";

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
/** A record by property name, with JSON values: what handlers work with and what Postgres keeps. */
export type StoredRecord = { [property: string]: Json };
/** What a cell of the engine's own database holds. */
export type Cell = string | number | null;

const TRUE = new Set(["1", "true", "t", "yes", "y"]);

/** The zero of a type, for missing values of properties that must have one. */
const ZERO: Record<MockApiProperty["type"], Json> = {
  string: "",
  integer: 0,
  number: 0,
  boolean: false,
  time: "1970-01-01T00:00:00.000Z",
  date: "1970-01-01",
  json: {},
  strings: [],
};

/** What stands for no value: null where it may be stored. */
export function emptyValue(property: MockApiProperty): Json {
  return property.nullable ? null : ((property.missing as Json | undefined) ?? ZERO[property.type]);
}

/** Brings a cell of a dataset, however it is written, to the JSON value of its property. */
export function readDatasetCell(cell: unknown, property: MockApiProperty, times: TimeReader): Json {
  const value = typedValue(cell, property, times);
  return value === null ? emptyValue(property) : value;
}

function typedValue(cell: unknown, property: MockApiProperty, times: TimeReader): Json {
  if (cell === null || cell === undefined || cell instanceof Uint8Array) return null;
  const text = String(cell);
  if (text.trim() === "") return property.type === "string" && !property.nullable ? text : null;
  switch (property.type) {
    case "string":
      return closedValue(text, property);
    case "integer": {
      const number = Math.round(Number(text));
      return Number.isSafeInteger(number) ? number : null;
    }
    case "number":
      return Number.isFinite(Number(text)) ? Number(text) : null;
    case "boolean":
      return TRUE.has(text.trim().toLowerCase());
    case "time":
      return times.read(text);
    case "date":
      return times.read(text)?.slice(0, 10) ?? null;
    case "json":
      return parseJson(text);
    case "strings":
      return stringList(text);
  }
}

function closedValue(text: string, { values }: MockApiProperty): string | null {
  if (!values || values.allowed.includes(text)) return text;
  const plain = text.trim().toLowerCase();
  if (values.allowed.includes(plain)) return plain;
  if (Object.hasOwn(values.aliases, plain)) return values.aliases[plain]!;
  return values.otherwise === undefined ? text : values.otherwise;
}

function stringList(text: string): string[] {
  const parsed = text.trimStart().startsWith("[") ? parseJson(text) : null;
  const items = Array.isArray(parsed) ? parsed : text.split(/[;|,]/);
  return [
    ...new Set(
      items
        .filter((item) => typeof item === "string")
        .map((item) => item.trim())
        .filter(Boolean),
    ),
  ];
}

function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

export function toCell(value: Json | undefined, property: MockApiProperty): Cell {
  if (value === null || value === undefined) return null;
  if (property.type === "json" || property.type === "strings") return JSON.stringify(value);
  if (typeof value === "boolean") return value ? 1 : 0;
  return value as string | number;
}

export function fromCell(cell: unknown, property: MockApiProperty): Json {
  if (cell === null || cell === undefined) return null;
  if (property.type === "json" || property.type === "strings") return JSON.parse(cell as string) as Json;
  return property.type === "boolean" ? cell === 1 : (cell as string | number);
}
