import type { AnySchema, ErrorObject, ValidateFunction } from "ajv";
import { Ajv2020, type Options } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { ApiDocument, type JsonObject } from "./document.ts";
import { compilePattern, type SafePattern } from "./safe-pattern.ts";
import { COST, type Direction, SchemaSource } from "./schema-source.ts";
import { WorkBudget, WorkExhaustedError } from "./work-budget.ts";

/** What is wrong with a value, and where in it (JSON pointer). */
export interface Flaw {
  pointer: string;
  message: string;
}

/** Null when the value matches, else what is wrong, at most {@link MAX_FLAWS} of it. */
export type Check = (value: unknown) => Flaw[] | null;

export const MAX_FLAWS = 20;
/** Visited keywords until a check is given up: about a tenth of a second. */
const WORK = 2_000_000;
/** Naming everything that is wrong costs more than finding that something is. */
const WORK_FOR_ALL = 100_000;
const MAX_FORMATTED_LENGTH = 2048;
const UNBOUNDED_FORMATS = new Set(["byte", "binary", "password"]);

/**
 * Compiles the schemas of one document. It is the only place that turns a document into code, and the code is made
 * from known keywords only ({@link SchemaSource}), matches expressions in linear time and counts its work.
 */
export class SchemaValidator {
  readonly #budget = new WorkBudget();
  readonly #patterns = new Map<string, SafePattern | null>();
  readonly #source: SchemaSource;
  /** Stops at the first flaw: for the many values that have none. */
  readonly #first: Ajv2020;
  /** Names all flaws; made when a first value has some. */
  #all: Ajv2020 | undefined;

  constructor(document: JsonObject | ApiDocument) {
    const api = document instanceof ApiDocument ? document : new ApiDocument(document);
    this.#source = new SchemaSource(api, (pattern) => this.#pattern(pattern) !== null);
    this.#first = this.#engine(false);
  }

  /** What the document asks for and is not checked. */
  get notes(): string[] {
    return [...this.#source.notes];
  }

  /**
   * Looks the schema up now; its code is made when it is first used.
   *
   * @param pointer JSON pointer of the schema within the document
   * @throws Error when it, or one it refers to, is not there
   */
  compile(pointer: string, direction: Direction = "request"): Check {
    const key = this.#source.add(pointer, direction);
    let first: ValidateFunction | undefined;
    let all: ValidateFunction | undefined;
    return (value) => {
      try {
        first ??= this.#code(this.#first, key);
        this.#budget.refill(WORK);
        if (first(value)) return null;
        const found = describeAll(first.errors!);
        try {
          this.#all ??= this.#engine(true);
          all ??= this.#code(this.#all, key);
          this.#budget.refill(WORK_FOR_ALL);
          return all(value) ? found : describeAll(all.errors!);
        } catch {
          return found;
        }
      } catch (error) {
        // A schema that leads back to itself without end overflows the stack.
        if (error instanceof WorkExhaustedError || error instanceof RangeError)
          return [{ pointer: "", message: "is too complex to check" }];
        throw error;
      }
    };
  }

  #code(engine: Ajv2020, key: string): ValidateFunction {
    const wanted = [key];
    for (const one of wanted) this.#register(engine, one, wanted);
    return engine.getSchema(`schema:${encodeURIComponent(key)}`)!;
  }

  #register(engine: Ajv2020, key: string, wanted: string[]): void {
    const id = `schema:${encodeURIComponent(key)}`;
    if (engine.schemas[id] || engine.refs[id]) return;
    const schema = linked(this.#source.get(key) ?? true, wanted);
    engine.addSchema(schema, id);
  }

  #pattern(source: string): SafePattern | null {
    const known = this.#patterns.get(source);
    if (known !== undefined) return known;
    const pattern = compilePattern(source, this.#budget);
    this.#patterns.set(source, pattern);
    return pattern;
  }

  #engine(allErrors: boolean): Ajv2020 {
    const regExp = Object.assign((source: string) => this.#pattern(source) as unknown as RegExp, {
      code: "pattern",
    });
    const options: Options = {
      strict: false,
      allErrors,
      inlineRefs: false,
      ownProperties: true,
      // Amounts of money: 0.07 is a multiple of 0.01.
      multipleOfPrecision: 9,
      validateSchema: false,
      meta: false,
      addUsedSchema: false,
      logger: false,
      code: { regExp },
    };
    const engine = new Ajv2020(options);
    formats.default(engine);
    boundFormats(engine);
    engine.removeKeyword("uniqueItems");
    engine.addKeyword({
      keyword: "uniqueItems",
      type: "array",
      schemaType: "boolean",
      error: { message: "must not hold the same item twice" },
      validate: (_schema: boolean, items: unknown[]) => hasOnlyDifferent(items),
    });
    engine.addKeyword({
      keyword: COST,
      schemaType: "number",
      before: "allOf",
      validate: (cost: number) => {
        this.#budget.spend(cost);
        return true;
      },
    });
    return engine;
  }
}

/** References become identifiers that the engine knows, and what they name is wanted too. */
function linked(schema: unknown, wanted: string[]): AnySchema {
  return JSON.parse(JSON.stringify(schema), (name, value) => {
    if (name !== "allOf" || !Array.isArray(value)) return value;
    return value.map((part) => {
      if (typeof part?.$ref !== "string") return part;
      wanted.push(part.$ref);
      return { $ref: `schema:${encodeURIComponent(part.$ref)}` };
    });
  });
}

/** Formats are matched by backtracking expressions of the library's own, which short texts cannot slow down. */
function boundFormats(engine: Ajv2020): void {
  for (const [name, format] of Object.entries(engine.formats)) {
    if (UNBOUNDED_FORMATS.has(name) || typeof format === "boolean" || format === undefined) continue;
    const definition =
      format instanceof RegExp || typeof format === "function" ? { validate: format } : format;
    const { validate } = definition as { validate: RegExp | ((value: never) => boolean) };
    if ((definition as { type?: string }).type === "number") continue;
    const test =
      validate instanceof RegExp
        ? (text: string) => validate.test(text)
        : (validate as (text: string) => boolean);
    engine.addFormat(name, {
      type: "string",
      validate: (text: string) => text.length <= MAX_FORMATTED_LENGTH && test(text),
    });
  }
}

/** In time linear in the size of the items, whatever they are. */
function hasOnlyDifferent(items: unknown[]): boolean {
  const seen = new Set<string>();
  for (const item of items) seen.add(canonical(item));
  return seen.size === items.length;
}

function canonical(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "";
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${entries.map(([name, part]) => `${JSON.stringify(name)}:${canonical(part)}`).join()}}`;
}

function describeAll(errors: ErrorObject[]): Flaw[] {
  const flaws: Flaw[] = [];
  const seen = new Set<string>();
  for (const error of errors) {
    // What is said about the part is said where it is.
    if (error.keyword === "if") continue;
    const flaw = describe(error);
    const key = `${flaw.pointer}\0${flaw.message}`;
    if (seen.has(key)) continue;
    seen.add(key);
    flaws.push(flaw);
    if (flaws.length === MAX_FLAWS) break;
  }
  return flaws.length > 0 ? flaws : [describe(errors[0]!)];
}

function describe(error: ErrorObject): Flaw {
  const { params, instancePath } = error;
  switch (error.keyword) {
    case "additionalProperties":
    case "unevaluatedProperties": {
      const name = params.additionalProperty ?? params.unevaluatedProperty;
      return { pointer: `${instancePath}/${escapeName(name)}`, message: "is not a known property" };
    }
    case "required":
      return { pointer: `${instancePath}/${escapeName(params.missingProperty)}`, message: "is required" };
    case "enum":
      return {
        pointer: instancePath,
        message: `must be one of ${listed(params.allowedValues as unknown[])}`,
      };
    case "const":
      return { pointer: instancePath, message: `must be ${JSON.stringify(params.allowedValue)}` };
    default:
      return { pointer: instancePath, message: error.message ?? "is not valid" };
  }
}

function listed(values: unknown[]): string {
  const shown = values
    .slice(0, 30)
    .map((value) => (typeof value === "object" ? JSON.stringify(value) : String(value)));
  return values.length > shown.length ? `${shown.join(", ")} … (${values.length} in all)` : shown.join(", ");
}

function escapeName(name: unknown): string {
  return String(name).slice(0, 200).toWellFormed().replaceAll("~", "~0").replaceAll("/", "~1");
}
