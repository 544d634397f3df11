import type { HTTPVersion, Instance } from "find-my-way";
import type { MockApiBindings, MockApiOperation } from "../../contracts/mock-api.ts";
import type { CollectionShape } from "../collection-shape.ts";
import type { StoragePlan } from "../storage-plan.ts";
import type { Check } from "./schema-validator.ts";

/** An OpenAPI document and its bindings, made ready to serve. Never changes. */
export interface CompiledApi {
  bindings: MockApiBindings;
  storage: StoragePlan;
  /** How records look, by collection. */
  shapes: ReadonlyMap<string, CollectionShape>;
  /** Every path once; `store` is its {@link CompiledPath}. */
  router: Instance<HTTPVersion.V1>;
  operations: ReadonlyMap<string, CompiledOperation>;
}

export interface CompiledPath {
  template: string;
  /** Names of the path parameters, in order; the router knows them as `p0`, `p1` … */
  names: string[];
  methods: ReadonlyMap<string, CompiledOperation>;
}

export interface CompiledOperation {
  operationId: string;
  method: string;
  template: string;
  parameters: CompiledParameter[];
  body: CompiledBody | null;
  /** Any of these lets a request in; none at all means that no key is needed. */
  security: KeyPlace[];
  successStatus: number;
  /** Whether the answer to a success has a body. */
  successBody: boolean;
  /** What stands behind it; without one, answers come from the document alone. */
  binding: MockApiOperation | null;
  /** For tests and admins: does this answer match the document? Throws for an undocumented status. */
  checkResponse: (status: number, body: unknown) => { pointer: string; message: string } | null;
}

export interface CompiledParameter {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  style: "form" | "simple";
  explode: boolean;
  /** What the text is turned into before it is checked. */
  shape: ParameterShape;
  fallback: unknown;
  check: Check;
}

export type ScalarType = "string" | "integer" | "number" | "boolean";
export interface ParameterShape {
  array: boolean;
  type: ScalarType;
}

export interface CompiledBody {
  required: boolean;
  /** Lower-case media types, for example `application/json`. */
  mediaTypes: Map<string, Check>;
}

/** Where an API key is looked for. */
export type KeyPlace = { in: "bearer" } | { in: "header"; name: string } | { in: "query"; name: string };
