import { z } from "zod";
import { JsonValue } from "./common.ts";
import { Expansions, JsonPath, ListOperation, Name, ParameterName, Parent, Within } from "./mock-api-list.ts";

export * from "./mock-api-list.ts";

/**
 * How the operations of an uploaded OpenAPI document are backed by the tables of a dataset version. The document
 * says what the API looks like; the bindings say where its data comes from and what its writes do. Nothing in the
 * engine knows any particular API.
 */

const Json = JsonValue;

/** How values of a text column that should be one of a few are brought into line. */
export const ClosedValues = z.strictObject({
  allowed: z.array(z.string()).min(1),
  /** Other spelling (compared trimmed and in lower case) -> allowed value. */
  aliases: z.record(z.string(), z.string()).default({}),
  /** What a value that is neither becomes; without it the value is kept as it is. */
  otherwise: z.string().nullable().optional(),
});

export const MockApiProperty = z.strictObject({
  /** Column of the table; the property's own name by default. */
  column: z.string().min(1).max(120).optional(),
  /** What the API calls it, for example `FirstName` or, within an object, `address.city`; its own name by default. */
  as: JsonPath.optional(),
  /**
   * `time`: any notation -> UTC ISO 8601 with milliseconds. `date`: `yyyy-mm-dd`. `json`: text holding JSON.
   * `strings`: text holding a JSON array, or values separated by `;`, `|` or `,` -> array of strings.
   */
  type: z.enum(["string", "integer", "number", "boolean", "time", "date", "json", "strings"]),
  /** Whether null may be stored. */
  nullable: z.boolean().default(false),
  /** Left out of answers where it is null, for fields that may be absent and not null. */
  optional: z.boolean().default(false),
  /** What a missing value of a property that is not nullable becomes; its type's zero by default. */
  missing: Json.optional(),
  /** Kept and usable in filters and effects, never sent. */
  hidden: z.boolean().default(false),
  /** Collection whose identifiers this holds; writes naming a record that is not there are refused. */
  references: Name.optional(),
  values: ClosedValues.optional(),
});
export type MockApiProperty = z.infer<typeof MockApiProperty>;

export const MockApiCollection = z.strictObject({
  table: z.string().min(1).max(120),
  /** A string or integer property that identifies a record. Of rows with the same identifier the first counts. */
  id: Name,
  /** Records as JSON:API resource objects of this type: `{ type, id, attributes }`; flat when absent. */
  jsonApiType: z.string().min(1).max(100).optional(),
  properties: z.record(Name, MockApiProperty),
  /** Properties the full-text search of a list looks at. */
  search: z.array(Name).default([]),
});
export type MockApiCollection = z.infer<typeof MockApiCollection>;

/** A value computed when a record is written. */
export const ValueExpression = z.union([
  z.strictObject({ constant: Json }),
  /** The time of the request. */
  z.strictObject({ now: z.literal(true) }),
  z.strictObject({ parameter: ParameterName }),
  /** A property of the record that the request writes. */
  z.strictObject({ record: Name }),
  /** The present value plus this. */
  z.strictObject({ plus: z.int() }),
  z.strictObject({ uuid: z.literal(true) }),
  /** The next free identifier: prefix and zero-padded number; for an integer property the number alone. */
  z.strictObject({
    sequence: z.strictObject({ prefix: z.string().max(20), digits: z.int().min(1).max(15) }),
  }),
]);
export type ValueExpression = z.infer<typeof ValueExpression>;

/** All of what is given must hold. */
export const Condition = z.strictObject({
  /** `record`: as written; `before`: as it was; `parent`: what it belongs to; `target`: what the effect changes. */
  of: z.enum(["record", "before", "parent", "target"]),
  property: Name,
  in: z.array(Json).optional(),
  notIn: z.array(Json).optional(),
  isNull: z.boolean().optional(),
});
export type Condition = z.infer<typeof Condition>;

/** A change that a write entails, of the record itself or of another one. */
export const Effect = z.strictObject({
  /** The record itself when absent. */
  target: z.strictObject({ collection: Name, id: ValueExpression }).optional(),
  /** Only when one of these properties differs from before. */
  changed: z.array(Name).optional(),
  when: z.array(Condition).default([]),
  set: z.record(Name, ValueExpression).default({}),
  /** Adds to arrays, unless it is there already. */
  add: z.record(Name, ValueExpression).default({}),
  remove: z.record(Name, ValueExpression).default({}),
});
export type Effect = z.infer<typeof Effect>;

/** Refuses a write with a problem of the API's own. */
export const Guard = z.strictObject({
  when: z.array(Condition).min(1),
  status: z.union([z.literal(403), z.literal(409), z.literal(422)]),
  code: z.string().regex(/^[a-z][a-z0-9_]*$/),
  detail: z.string(),
});

/** What the record of a request is found by: a path parameter, else a query parameter or a part of the body. */
export const RecordKey = z.union([
  ParameterName,
  z.strictObject({ query: ParameterName }),
  z.strictObject({ body: JsonPath }),
]);
export type RecordKey = z.infer<typeof RecordKey>;

const Identified = {
  collection: Name,
  parameter: RecordKey,
  /** The property that `parameter` is compared with; the collection's `id` by default. */
  key: Name.optional(),
  within: Within,
};
/** How an answer holds its one record. */
const Answering = {
  expand: Expansions,
  /** Where the record stands in the answer, for example `ticket` or `data`; the answer itself when absent. */
  wrap: JsonPath.optional(),
};
const Writing = {
  ...Answering,
  parent: Parent.optional(),
  guards: z.array(Guard).default([]),
  effects: z.array(Effect).default([]),
};
/** Where in the body the record's properties are; the body itself when absent. */
const bodyAt = JsonPath.optional();

export const ReadOperation = z.strictObject({ kind: z.literal("read"), ...Identified, ...Answering });
export type ReadOperation = z.infer<typeof ReadOperation>;

export const CreateOperation = z.strictObject({
  kind: z.literal("create"),
  collection: Name,
  within: Within,
  ...Writing,
  /** Properties taken from the body. */
  accept: z.array(Name),
  bodyAt,
  /** Properties filled in where the body gives none. */
  defaults: z.record(Name, ValueExpression),
});
export type CreateOperation = z.infer<typeof CreateOperation>;

export const PatchOperation = z.strictObject({
  kind: z.literal("patch"),
  ...Identified,
  ...Writing,
  accept: z.array(Name),
  bodyAt,
});
export type PatchOperation = z.infer<typeof PatchOperation>;

/** Replaces a record: what the body leaves out of `accept` gets its default, or is emptied. */
export const PutOperation = z.strictObject({
  kind: z.literal("put"),
  ...Identified,
  ...Writing,
  accept: z.array(Name),
  bodyAt,
  /** Properties filled in where the body gives none. */
  defaults: z.record(Name, ValueExpression).default({}),
  /** Whether a record that is not there is created; otherwise that is a 404. */
  createMissing: z.boolean().default(false),
});
export type PutOperation = z.infer<typeof PutOperation>;

export const DeleteOperation = z.strictObject({ kind: z.literal("delete"), ...Identified, ...Writing });
export type DeleteOperation = z.infer<typeof DeleteOperation>;

/** Changes a record by its effects alone, for example adding a tag. */
export const ActionOperation = z.strictObject({ kind: z.literal("action"), ...Identified, ...Writing });
export type ActionOperation = z.infer<typeof ActionOperation>;

/** Always the same answer, for example a health check. */
export const ConstantOperation = z.strictObject({ kind: z.literal("constant"), body: Json });

export const MockApiOperation = z.discriminatedUnion("kind", [
  ListOperation,
  ReadOperation,
  CreateOperation,
  PatchOperation,
  PutOperation,
  DeleteOperation,
  ActionOperation,
  ConstantOperation,
]);
export type MockApiOperation = z.infer<typeof MockApiOperation>;

export const MockApiBindings = z.strictObject({
  formatVersion: z.literal(1),
  /** IANA zone of times written without one. */
  timeZone: z.string().default("UTC"),
  /** How `01/02/2025` is read. */
  dateOrder: z.enum(["day-first", "month-first"]).default("day-first"),
  collections: z.record(Name, MockApiCollection),
  /**
   * By `operationId`, or `GET /tickets/{id}` for an operation without one. What is not here answers from the
   * document alone.
   */
  operations: z.record(z.string().min(1), MockApiOperation),
  apiKey: z
    .strictObject({
      /**
       * Variable of the sandbox that holds the attempt's key: a name that ends in _KEY, _TOKEN or _SECRET, else the one
       * made of the hostname (`nameVariables`).
       */
      environment: z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/),
    })
    .optional(),
  rateLimit: z
    .strictObject({ requestsPerMinute: z.int().min(1).max(6_000_000), burst: z.int().min(1).max(1_000_000) })
    .default({ requestsPerMinute: 600, burst: 100 }),
  /** How much one attempt may write. */
  quota: z
    .strictObject({ records: z.int().min(1).max(1_000_000), bytes: z.int().min(1024).max(1_073_741_824) })
    .default({ records: 10_000, bytes: 33_554_432 }),
});
export type MockApiBindings = z.infer<typeof MockApiBindings>;
/** Bindings as written by hand, before defaults are filled in. */
export type MockApiBindingsInput = z.input<typeof MockApiBindings>;
