import type { Fault } from "../../../shared/contracts/weather.ts";
import { chooseName } from "../../../shared/domain/weather.ts";

export type SchemaDrift = Extract<Fault, { kind: "schema_drift" }>;

type JsonObject = Record<string, unknown>;

/**
 * The answer with one field changed, wherever it occurs, and the field's pointer; null when it has no such field.
 * @param text JSON @param key decides, the same way each time, which field it is where the fault names none
 */
export function driftJson(
  text: string,
  drift: SchemaDrift,
  key: string,
): { text: string; pointer: string } | null {
  let value: unknown;
  try {
    value = JSON.parse(text, keepNumber as (name: string, value: unknown) => unknown);
  } catch {
    return null;
  }
  const steps = drift.pointer === undefined ? chooseField(value, key) : stepsOf(drift.pointer);
  if (!steps) return null;
  const name = steps.at(-1)!;
  let changed = 0;
  for (const holder of holdersOf(value, steps.slice(0, -1)))
    for (const field of name === "*" ? Object.keys(holder) : [name])
      if (change(holder, field, drift)) changed++;
  return changed > 0 ? { text: JSON.stringify(value), pointer: pointerOf(steps) } : null;
}

/** Numbers that a double cannot hold (identifiers of 18 digits) stay as they are written. */
function keepNumber(_name: string, value: unknown, { source }: { source?: string }): unknown {
  return typeof value === "number" && source !== undefined && String(value) !== source
    ? new WrittenNumber(source)
    : value;
}

class WrittenNumber {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
  toJSON(): unknown {
    return (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(this.source);
  }
}

/** A field of the record, of each record of a list, or of each record of the first list in an envelope. */
function chooseField(value: unknown, key: string): string[] | null {
  const path = pathToRecords(value);
  const records = path && [...holdersOf(value, path)];
  const names = new Set(records?.flatMap((record) => Object.keys(record)));
  const name = chooseName(key, [...names]);
  return path && name !== undefined ? [...path, name] : null;
}

function pathToRecords(value: unknown): string[] | null {
  if (Array.isArray(value)) return ["*"];
  if (!isObject(value)) return null;
  const list = Object.keys(value).find((name) => {
    const part = value[name];
    return Array.isArray(part) && part.some(isObject);
  });
  return list === undefined ? [] : [list, "*"];
}

/** The objects at a path; `*` stands for every item or member. */
function* holdersOf(value: unknown, steps: readonly string[]): Generator<JsonObject> {
  const [step, ...rest] = steps;
  if (step === undefined) {
    if (isObject(value)) yield value;
  } else if (step === "*") {
    if (typeof value === "object" && value !== null)
      for (const part of Object.values(value)) yield* holdersOf(part, rest);
  } else if (Array.isArray(value)) {
    if (/^\d{1,9}$/.test(step)) yield* holdersOf(value[Number(step)], rest);
  } else if (isObject(value) && Object.hasOwn(value, step)) yield* holdersOf(value[step], rest);
}

function change(holder: JsonObject, name: string, drift: SchemaDrift): boolean {
  if (!Object.hasOwn(holder, name)) return false;
  const value = holder[name];
  switch (drift.change) {
    case "removed":
      return delete holder[name];
    case "nulled":
      if (value === null) return false;
      holder[name] = null;
      return true;
    case "retyped":
      holder[name] = retyped(value);
      return true;
    case "renamed": {
      const renameTo = drift.renameTo ?? otherSpelling(name);
      if (renameTo === name || Object.hasOwn(holder, renameTo)) return false;
      delete holder[name];
      holder[renameTo] = value;
      return true;
    }
  }
}

/** The same information as another type, as happens when a service is rewritten. */
function retyped(value: unknown): unknown {
  if (value instanceof WrittenNumber) return value.source;
  switch (typeof value) {
    case "number":
    case "boolean":
      return String(value);
    case "string":
      return { value };
    default:
      return value === null ? "" : JSON.stringify(value);
  }
}

/** `created_at` <-> `createdAt`; one word gets an underscore and `value`. */
function otherSpelling(name: string): string {
  if (/._+[A-Za-z0-9]/.test(name))
    return name.replace(/(?<=.)_+([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  const snake = name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return snake === name ? `${name}_value` : snake;
}

function stepsOf(pointer: string): string[] {
  return pointer
    .slice(1)
    .split("/")
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function pointerOf(steps: readonly string[]): string {
  return steps.map((step) => `/${step.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

function isObject(value: unknown): value is JsonObject {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof WrittenNumber)
  );
}
