import type { IncomingMessage } from "node:http";
import type {
  CompiledOperation,
  CompiledParameter,
  ScalarType,
} from "../../../shared/mock-api/compile/compiled-api.ts";
import { pointerTo } from "../../../shared/mock-api/compile/document.ts";
import { ApiProblem, type Violation } from "../api-problem.ts";
import type { Match } from "./match-route.ts";

/** Decoded, typed and checked against the document. */
export interface Parameters {
  path: ReadonlyMap<string, unknown>;
  query: ReadonlyMap<string, unknown>;
  header: ReadonlyMap<string, unknown>;
}

const MAX_QUERY_LENGTH = 8192;
const MAX_VALUES = 200;

/** @throws ApiProblem 400 when it cannot be decoded */
export function parseQuery(query: string): URLSearchParams {
  if (query.length > MAX_QUERY_LENGTH)
    throw ApiProblem.of("malformed_request", `The query is longer than ${MAX_QUERY_LENGTH} bytes.`);
  try {
    decodeURIComponent(query);
  } catch {
    throw ApiProblem.of(
      "malformed_request",
      "The query holds a percent sign that starts no UTF-8 character.",
    );
  }
  return new URLSearchParams(query);
}

/** @throws ApiProblem 422 naming every parameter that is not as documented */
export function readParameters(match: Match, query: URLSearchParams, request: IncomingMessage): Parameters {
  const violations: Violation[] = unknownNames(match.operation, query);
  const parameters = { path: new Map(), query: new Map(), header: new Map() };
  for (const parameter of match.operation.parameters) {
    const texts = textsOf(parameter, match, query, request);
    const read = readParameter(parameter, texts);
    if ("message" in read) {
      const pointer = pointerTo("", parameter.name) + read.pointer;
      violations.push({ in: parameter.in, pointer, message: read.message });
    } else if (read.value !== undefined) parameters[parameter.in].set(parameter.name, read.value);
  }
  if (violations.length > 0) throw ApiProblem.invalid(violations);
  return parameters;
}

/** A misspelt filter that is silently ignored gives wrong answers, so unknown names are refused. */
function unknownNames(operation: CompiledOperation, query: URLSearchParams): Violation[] {
  const known = new Set(operation.parameters.filter((one) => one.in === "query").map((one) => one.name));
  for (const place of operation.security) if (place.in === "query") known.add(place.name);
  return [...new Set(query.keys())]
    .filter((name) => !known.has(name))
    .slice(0, 10)
    .map((name) => ({
      in: "query",
      pointer: pointerTo("", name.slice(0, 100).toWellFormed()),
      message: "is not a known parameter",
    }));
}

function textsOf(
  parameter: CompiledParameter,
  match: Match,
  query: URLSearchParams,
  request: IncomingMessage,
): string[] {
  if (parameter.in === "query") return query.getAll(parameter.name);
  if (parameter.in === "path") return [match.pathParameters.get(parameter.name) ?? ""];
  const value = request.headers[parameter.name];
  return value === undefined ? [] : [String(value)];
}

type Reading = { value: unknown } | { pointer: string; message: string };

function readParameter(parameter: CompiledParameter, texts: string[]): Reading {
  if (texts.length === 0) {
    if (parameter.required) return { pointer: "", message: "is required" };
    return { value: parameter.fallback };
  }
  const repeatable = parameter.shape.array && parameter.style === "form" && parameter.explode;
  if (texts.length > 1 && !repeatable) return { pointer: "", message: "must be given only once" };
  const parts = parameter.shape.array && !repeatable ? texts[0]!.split(",") : texts;
  if (parts.length > MAX_VALUES) return { pointer: "", message: `must have at most ${MAX_VALUES} values` };
  if (parts.some((part) => part.includes("\0")))
    return { pointer: "", message: "must not hold NUL characters" };
  const values = parts.map((part) => coerce(part, parameter.shape.type));
  const value = parameter.shape.array ? values : values[0];
  return parameter.check(value) ?? { value };
}

/** Text that is not of the type stays text, and the schema says what it should have been. */
function coerce(text: string, type: ScalarType): unknown {
  if (type === "integer" && /^-?\d{1,15}$/.test(text)) return Number(text);
  if (type === "number" && /^-?\d{1,300}(\.\d{1,300})?([eE][+-]?\d{1,2})?$/.test(text)) return Number(text);
  if (type === "boolean" && (text === "true" || text === "false")) return text === "true";
  return text;
}
