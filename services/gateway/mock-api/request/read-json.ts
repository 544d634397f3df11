import { deeperThan } from "../../http/json-text.ts";
import { ApiProblem } from "../api-problem.ts";

const MAX_DEPTH = 64;

/** @throws ApiProblem 400, 422 */
export function parseBody(bytes: Uint8Array): unknown {
  const text = utf8(bytes);
  if (deeperThan(text, MAX_DEPTH))
    throw ApiProblem.of("malformed_body", `The body nests deeper than ${MAX_DEPTH} levels.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw ApiProblem.of("malformed_body", "The body is not JSON.");
  }
  // Neither can be written but by an escape, or as a whole code unit that is not valid in UTF-8.
  if (text.includes("\\u")) requireStorableText(value, "");
  return value;
}

const DECODER = new TextDecoder("utf-8", { fatal: true });

/** @throws ApiProblem 400 */
export function utf8(bytes: Uint8Array): string {
  try {
    return DECODER.decode(bytes);
  } catch {
    throw ApiProblem.of("malformed_body", "The body is not UTF-8.");
  }
}

/** NUL and half of a surrogate pair are legal in JSON text and cannot be stored in Postgres. @throws ApiProblem 422 */
export function requireStorableText(value: unknown, pointer: string): void {
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
