import type { IncomingMessage } from "node:http";
import type { CompiledOperation, CompiledParameter } from "../../../shared/mock-api/compile/compiled-api.ts";
import { pointerTo } from "../../../shared/mock-api/compile/document.ts";
import type { Flaw } from "../../../shared/mock-api/compile/schema-validator.ts";
import { ApiProblem, type Violation } from "../api-problem.ts";
import { isAmbiguous, parseJson, readNamed, readPlaced, StyleError } from "./deserialise.ts";
import type { Match } from "./match-route.ts";
import { decodePercent, RawPairs } from "./raw-pairs.ts";

/** Decoded, typed and checked against the document. */
export interface Parameters {
  path: ReadonlyMap<string, unknown>;
  query: ReadonlyMap<string, unknown>;
  header: ReadonlyMap<string, unknown>;
  cookie: ReadonlyMap<string, unknown>;
}

const MAX_QUERY_LENGTH = 8192;

/** @throws ApiProblem 400 when it cannot be decoded */
export function parseQuery(query: string): RawPairs {
  if (query.length > MAX_QUERY_LENGTH)
    throw ApiProblem.of("malformed_request", `The query is longer than ${MAX_QUERY_LENGTH} bytes.`);
  if (query.includes("%"))
    try {
      decodeURIComponent(query);
    } catch {
      throw ApiProblem.of(
        "malformed_request",
        "The query holds a percent sign that starts no UTF-8 character.",
      );
    }
  return RawPairs.ofQuery(query);
}

interface Sources {
  match: Match;
  query: RawPairs;
  request: IncomingMessage;
  cookies: RawPairs | null;
}

/** What is read and what is wrong with it; the body adds to both. */
export interface ReadParameters {
  parameters: Parameters;
  violations: Violation[];
}

export function readParameters(match: Match, query: RawPairs, request: IncomingMessage): ReadParameters {
  const violations = unknownNames(match.operation, query);
  const parameters = { path: new Map(), query: new Map(), header: new Map(), cookie: new Map() };
  const sources: Sources = { match, query, request, cookies: null };
  for (const parameter of match.operation.parameters) {
    const read = readParameter(parameter, sources);
    if (Array.isArray(read))
      for (const { pointer, message } of read)
        violations.push({ in: parameter.in, pointer: pointerTo("", parameter.name) + pointer, message });
    else if (read.value !== undefined) parameters[parameter.in].set(parameter.name, read.value);
  }
  return { parameters, violations };
}

/** A misspelt filter that is silently ignored gives wrong answers, so unknown names are refused. */
function unknownNames({ queryNames, parameters }: CompiledOperation, query: RawPairs): Violation[] {
  if (!queryNames) return [];
  const unknown: Violation[] = [];
  for (const name of query.names) {
    if (queryNames.has(name) || unknown.length === 10) continue;
    const owner = name.includes("[") ? name.slice(0, name.indexOf("[")) : null;
    if (owner && parameters.some((one) => one.style === "deepObject" && one.name === owner)) continue;
    const pointer = pointerTo("", name.slice(0, 100).toWellFormed());
    unknown.push({ in: "query", pointer, message: "is not a known parameter" });
  }
  return unknown;
}

function readParameter(parameter: CompiledParameter, sources: Sources): { value: unknown } | Flaw[] {
  try {
    const value = valueIn(parameter, sources, false);
    if (value === undefined) {
      if (parameter.required) return [{ pointer: "", message: "is required" }];
      return { value: parameter.fallback };
    }
    if (value === "" && parameter.allowEmptyValue) return { value };
    const flaws = parameter.check(value);
    if (!flaws) return { value };
    if (!isAmbiguous(parameter.shape)) return flaws;
    const text = valueIn(parameter, sources, true);
    return parameter.check(text) ? flaws : { value: text };
  } catch (error) {
    if (error instanceof StyleError) return [{ pointer: "", message: error.message }];
    throw error;
  }
}

function valueIn(parameter: CompiledParameter, sources: Sources, asText: boolean): unknown {
  const { name } = parameter;
  const reading = { decode: decodePercent, asText };
  switch (parameter.in) {
    case "query":
      if (parameter.mediaType) return contentOf(parameter, sources.query.getAll(name), decodePercent);
      return readNamed(name, parameter, sources.query, reading);
    case "cookie": {
      sources.cookies ??= RawPairs.ofCookies(sources.request.headers.cookie ?? "");
      if (parameter.mediaType) return contentOf(parameter, sources.cookies.getAll(name), decodePercent);
      return readNamed(name, parameter, sources.cookies, reading);
    }
    case "path": {
      const text = sources.match.pathParameters.get(name);
      if (text === undefined) return undefined;
      if (parameter.mediaType) return contentOf(parameter, [text], decodePercent);
      return readPlaced(name, parameter, text, reading);
    }
    case "header": {
      const value = sources.request.headers[name];
      if (value === undefined) return undefined;
      const text = String(value);
      if (parameter.mediaType) return contentOf(parameter, [text], (given) => given);
      return readPlaced(name, parameter, text, { decode: (given) => given, asText });
    }
  }
}

/** A parameter that is a document of its own; only JSON is taken apart. */
function contentOf(
  { mediaType }: CompiledParameter,
  texts: string[],
  decode: (text: string) => string,
): unknown {
  if (texts.length === 0) return undefined;
  if (texts.length > 1) throw new StyleError("must be given only once");
  const text = decode(texts[0]!);
  if (text.includes("\0")) throw new StyleError("must not hold NUL characters");
  return /[/+]json$/.test(mediaType ?? "") ? parseJson(text) : text;
}
