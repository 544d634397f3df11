import type { MockApiBindings, MockApiOperation } from "../../contracts/mock-api.ts";
import type { CollectionShape } from "../collection-shape.ts";
import type { StoragePlan } from "../storage-plan.ts";
import type { ApiDocument } from "./document.ts";
import type { ValueShape } from "./parameter-shape.ts";
import type { RouteTable } from "./route-table.ts";
import type { Check, Flaw } from "./schema-validator.ts";

/** An OpenAPI document and its bindings, made ready to serve. Never changes. */
export interface CompiledApi {
  bindings: MockApiBindings;
  storage: StoragePlan;
  /** How records look, by collection. */
  shapes: ReadonlyMap<string, CollectionShape>;
  /** Every path once, whatever its methods. */
  routes: RouteTable<CompiledPath>;
  operations: ReadonlyMap<string, CompiledOperation>;
  document: ApiDocument;
  /** What the document asks for and is not done, for whoever uploads it. */
  notes: string[];
}

export interface CompiledPath {
  template: string;
  methods: ReadonlyMap<string, CompiledOperation>;
  /** For an `Allow` header. */
  allow: string;
}

export interface CompiledOperation {
  operationId: string;
  method: string;
  template: string;
  parameters: CompiledParameter[];
  /** Names a query may have; null when an object parameter takes any name. */
  queryNames: ReadonlySet<string> | null;
  body: CompiledBody | null;
  /** Any of these lets a request in; none at all means that no key is needed. */
  security: Requirement[];
  /** By `200`, `4XX` or `default`. */
  responses: ReadonlyMap<string, CompiledResponse>;
  successStatus: number;
  /** Whether the answer to a success has a body. */
  successBody: boolean;
  /** Of a success, in lower case; JSON first. */
  successTypes: string[];
  callbacks: { name: string; method: string; expression: string }[];
  /** What stands behind it; without one, answers come from the document alone. */
  binding: MockApiOperation | null;
  /** For tests, admins and the log: is this answer as documented? Throws for an undocumented status. */
  checkResponse: (status: number, body: unknown) => Flaw[] | null;
}

export type ParameterPlace = "path" | "query" | "header" | "cookie";
export type ParameterStyle =
  | "simple"
  | "label"
  | "matrix"
  | "form"
  | "spaceDelimited"
  | "pipeDelimited"
  | "deepObject";

export interface CompiledParameter {
  /** Of a header in lower case. */
  name: string;
  in: ParameterPlace;
  required: boolean;
  style: ParameterStyle;
  explode: boolean;
  /** Of a parameter with `content`, which holds its value as a document of this type. */
  mediaType: string | null;
  allowEmptyValue: boolean;
  shape: ValueShape;
  fallback: unknown;
  check: Check;
}

/**
 * `text` covers XML: it is taken as it is, its structure unchecked; `binary` is everything else that is not a form
 * or JSON.
 */
export type BodyKind = "json" | "form" | "multipart" | "text" | "binary";

export interface CompiledBody {
  required: boolean;
  /** By lower-case media type or range, for example `application/json` or `text/*`. */
  mediaTypes: Map<string, CompiledMediaType>;
}

export interface CompiledMediaType {
  type: string;
  kind: BodyKind;
  /** Of a form. */
  fields: ReadonlyMap<string, CompiledField>;
  /** Null where nothing of the body is checked. */
  check: Check | null;
}

export interface CompiledField {
  shape: ValueShape;
  style: ParameterStyle;
  explode: boolean;
  /** Media types a part of a multipart form may have; none when any will do. */
  contentTypes: string[];
}

export interface CompiledResponse {
  media: ResponseMedia[];
  headers: { name: string; schema: string | null; example: unknown }[];
}

export interface ResponseMedia {
  /** In lower case, parameters included. */
  type: string;
  /** JSON pointer of the schema. */
  schema: string | null;
  check: Check;
  /** By name, in the order of the document. */
  examples: ReadonlyMap<string, unknown>;
}

/** All of these together; an empty one lets everybody in. */
export type Requirement = KeyPlace[];

/** Where a key is looked for. Of `basic` credentials, the user or the password is the key. */
export type KeyPlace =
  | { in: "bearer" }
  | { in: "basic" }
  | { in: "header"; name: string }
  | { in: "query"; name: string }
  | { in: "cookie"; name: string };
