import type { IncomingMessage } from "node:http";
import { ApiProblem } from "../api-problem.ts";
import type { RawPairs } from "../request/raw-pairs.ts";

/** What the caller would rather get than what the operation does: see RFC 7240, with the names that Prism uses. */
export interface Preference {
  /** Answer with this documented status. */
  code: number | null;
  /** Answer with the documented example of this name. */
  example: string | null;
  /** Make the answer up from the schema, whatever examples there are. */
  dynamic: boolean;
}

const NONE: Preference = { code: null, example: null, dynamic: false };
const MAX_LENGTH = 500;

/** From `Prefer: code=404, example=name, dynamic=true`, or the query: `__code`, `__example`, `__dynamic`. @throws ApiProblem 400 */
export function readPreference(request: IncomingMessage, query: RawPairs): Preference {
  const header = request.headers.prefer;
  const given = new Map<string, string>();
  if (header !== undefined)
    for (const part of String(header).slice(0, MAX_LENGTH).split(/[,;]/)) {
      const [name = "", value = ""] = part.split("=", 2);
      if (!given.has(name.trim().toLowerCase()))
        given.set(name.trim().toLowerCase(), value.trim().replace(/^"(.*)"$/, "$1"));
    }
  for (const name of ["code", "example", "dynamic"])
    for (const value of query.getAll(`__${name}`).slice(0, 1))
      if (!given.has(name)) given.set(name, decodeURIComponent(value));
  if (given.size === 0) return NONE;
  const code = given.get("code");
  if (code !== undefined && !/^[2-5]\d\d$/.test(code))
    throw ApiProblem.of("malformed_request", "The preferred code must be a status between 200 and 599.");
  return {
    code: code === undefined ? null : Number(code),
    example: given.get("example") ?? null,
    dynamic: given.get("dynamic") === "true",
  };
}

export function isPreference({ code, example, dynamic }: Preference): boolean {
  return code !== null || example !== null || dynamic;
}
