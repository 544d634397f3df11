import { hash } from "node:crypto";
import type { ModelLimits, ServedModel } from "../../../shared/contracts/models.ts";
import type { TokenBound } from "../../../shared/domain/model-cost.ts";
import { deeperThan } from "../../http/json-text.ts";
import { ModelError } from "../model-error.ts";
import type { Endpoint } from "../route.ts";
import { checkContent, type Images } from "./content.ts";
import { chooseFields, type Fields } from "./parameters.ts";

export type { Fields };

/** One request, understood: what is sent on, and the most it can use. */
export interface ModelRequest {
  endpoint: Endpoint;
  alias: string;
  /** Without `model`, which every target calls something else. */
  fields: Fields;
  stream: boolean;
  /** The program asked for the usage at the end of a stream of chat completions itself. */
  wantsUsage: boolean;
  bound: TokenBound;
  /** The longest answer was set here, because the program left it open. */
  defaultedOutput: boolean;
  /** Of the body without its images. */
  bytes: number;
  /** As it came, for the transcript. */
  text: string;
  /** Equal for requests that must have equal answers, streamed or not. */
  sha256: string;
}

const MAX_DEPTH = 64;
const MAX_CHOICES = 8;
/** More than any provider's way of cutting an image into tiles comes to. */
const TOKENS_PER_IMAGE = 50_000;
/** For what a chat template adds around the messages. */
const TEMPLATE_TOKENS = 256;

export interface ParsedBody {
  text: string;
  body: Fields;
  bytes: number;
}

/** @throws ModelError invalid_json */
export function parseRequest(bytes: Uint8Array): ParsedBody {
  const text = decode(bytes);
  if (deeperThan(text, MAX_DEPTH))
    throw new ModelError("invalid_json", `The body nests deeper than ${MAX_DEPTH} levels.`);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    throw new ModelError("invalid_json", "The body is not JSON.", { cause: error });
  }
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw new ModelError("invalid_json", "The body must be a JSON object.");
  return { text, body: body as Fields, bytes: bytes.length };
}

const DECODER = new TextDecoder("utf-8", { fatal: true });

function decode(bytes: Uint8Array): string {
  try {
    return DECODER.decode(bytes);
  } catch (error) {
    throw new ModelError("invalid_json", "The body is not UTF-8.", { cause: error });
  }
}

/** @throws ModelError for everything that this gateway does not send on */
export function readRequest(
  endpoint: Endpoint,
  { text, body, bytes }: ParsedBody,
  model: ServedModel,
  limits: ModelLimits,
): ModelRequest {
  requireKind(endpoint, model);
  const { model: _, stream = false, stream_options: streamOptions, ...fields } = chooseFields(endpoint, body);
  if (typeof stream !== "boolean")
    throw new ModelError("invalid_value", "`stream` must be true or false.", { param: "stream" });
  const images = checkContent(endpoint, fields);
  const longest =
    endpoint === "embeddings" ? NO_OUTPUT : boundOutput(endpoint, fields, limits.maxOutputTokens);
  const sha256 = hash("sha256", JSON.stringify([endpoint, model.alias, fields]));
  return {
    endpoint,
    alias: model.alias,
    fields,
    stream,
    wantsUsage: (streamOptions as Fields | undefined)?.include_usage === true,
    bound: { input: boundInput(bytes, images), output: longest.tokens },
    defaultedOutput: longest.isDefault,
    bytes: bytes - images.bytes,
    text,
    sha256,
  };
}

/** The alias that a body names. @throws ModelError invalid_value */
export function aliasOf(body: Fields): string {
  if (typeof body.model !== "string" || body.model === "")
    throw new ModelError("invalid_value", "`model` must name one of the models of /v1/models.", {
      param: "model",
    });
  return body.model;
}

function requireKind(endpoint: Endpoint, { alias, kind }: ServedModel): void {
  const fits = (kind === "embedding") === (endpoint === "embeddings");
  if (fits) return;
  throw new ModelError(
    "invalid_value",
    kind === "embedding"
      ? `${alias} makes embeddings; it does not answer /v1/${endpoint}.`
      : `${alias} does not make embeddings.`,
    { param: "model" },
  );
}

/**
 * The tokens that a body of so many bytes can be at most: no tokenizer makes more of a text than it has bytes, and
 * the JSON around it only adds to these.
 */
function boundInput(bytes: number, images: Images): number {
  return bytes - images.bytes + images.count * TOKENS_PER_IMAGE + TEMPLATE_TOKENS;
}

const NO_OUTPUT = { tokens: 0, isDefault: false };

/** Writes the longest answer into the fields, where the program did not. */
function boundOutput(endpoint: Endpoint, fields: Fields, most: number): typeof NO_OUTPUT {
  const names = endpoint === "responses" ? ["max_output_tokens"] : ["max_completion_tokens", "max_tokens"];
  const given = names.filter((name) => fields[name] !== undefined);
  for (const name of given) requireCount(name, fields[name], most);
  const each = given.length === 0 ? most : Math.max(...given.map((name) => fields[name] as number));
  if (given.length === 0) fields[names[0]!] = most;
  if (fields.n !== undefined) requireCount("n", fields.n, MAX_CHOICES);
  return { tokens: each * ((fields.n as number | undefined) ?? 1), isDefault: given.length === 0 };
}

function requireCount(param: string, value: unknown, most: number): void {
  if (Number.isInteger(value) && (value as number) >= 1 && (value as number) <= most) return;
  throw new ModelError("invalid_value", `\`${param}\` must be a whole number from 1 to ${most} here.`, {
    param,
  });
}
