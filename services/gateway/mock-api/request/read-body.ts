import type { IncomingMessage } from "node:http";
import type { CompiledBody } from "../../../shared/mock-api/compile/compiled-api.ts";
import type { Check } from "../../../shared/mock-api/compile/schema-validator.ts";
import { ApiProblem } from "../api-problem.ts";

export const MAX_BODY_BYTES = 256 * 1024;
const MAX_DEPTH = 64;

/**
 * The body as JSON that matches the document, or undefined when there is none and none is needed.
 * @throws ApiProblem 400, 415, 422; the stream's own error when it breaks
 */
export async function readBody(request: IncomingMessage, body: CompiledBody | null): Promise<unknown> {
  if (!body) return undefined;
  const announced = request.headers["content-length"] ?? request.headers["transfer-encoding"];
  if (announced === undefined || announced === "0") {
    if (!body.required) return undefined;
    throw ApiProblem.of("malformed_body", "A body is required.");
  }
  const check = mediaTypeCheck(request, body);
  const value = parseJson(await readAll(request));
  const violation = check(value);
  if (violation) throw ApiProblem.invalid([{ in: "body", ...violation }]);
  return value;
}

function mediaTypeCheck(request: IncomingMessage, body: CompiledBody): Check {
  const [type = "", ...parameters] = (request.headers["content-type"] ?? "")
    .split(";")
    .map((part) => part.trim().toLowerCase());
  const check = body.mediaTypes.get(type);
  const charset = parameters.find((parameter) => parameter.startsWith("charset="));
  const encoding = request.headers["content-encoding"] ?? "identity";
  if (check && (!charset || /^charset="?utf-?8"?$/.test(charset)) && encoding === "identity") return check;
  const accepted = [...body.mediaTypes.keys()].join(", ");
  throw ApiProblem.of("unsupported_media_type", `Send the body as ${accepted}, in UTF-8, not compressed.`, {
    headers: { accept: accepted },
  });
}

async function readAll(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function parseJson(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw ApiProblem.of("malformed_body", "The body is not UTF-8.");
  }
  if (deeperThan(text, MAX_DEPTH))
    throw ApiProblem.of("malformed_body", `The body nests deeper than ${MAX_DEPTH} levels.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw ApiProblem.of("malformed_body", "The body is not JSON.");
  }
  requireStorableText(value, "");
  return value;
}

/** Counts brackets before anything recursive sees the text. */
function deeperThan(text: string, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (inString) {
      if (character === "\\") index++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === "{" || character === "[") {
      if (++depth > limit) return true;
    } else if (character === "}" || character === "]") depth--;
  }
  return false;
}

/** NUL and half of a surrogate pair are legal in JSON text and cannot be stored in Postgres. */
function requireStorableText(value: unknown, pointer: string): void {
  if (typeof value === "string") {
    if (value.includes("\0") || !value.isWellFormed())
      throw ApiProblem.invalid([
        { in: "body", pointer, message: "must not hold NUL characters or unpaired surrogates" },
      ]);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, part] of Object.entries(value)) {
      requireStorableText(key, pointer);
      requireStorableText(part, `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`);
    }
  }
}
