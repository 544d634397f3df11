import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { CompiledOperation, KeyPlace } from "../../../shared/mock-api/compile/compiled-api.ts";
import { ApiProblem } from "../api-problem.ts";

/** @param key the attempt's key. @throws ApiProblem 401 */
export function authenticate(
  request: IncomingMessage,
  query: URLSearchParams,
  operation: CompiledOperation,
  key: string,
): void {
  if (operation.security.length === 0) return;
  const given = operation.security.map((place) => keyAt(place, request, query)).filter((one) => one !== null);
  if (given.some((one) => equal(one, key))) return;
  const code = given.length === 0 ? "api_key_required" : "api_key_invalid";
  const detail = `Send the API key of this workspace as ${operation.security.map(describe).join(" or ")}.`;
  const challenge = given.length === 0 ? 'Bearer realm="api"' : 'Bearer realm="api", error="invalid_token"';
  throw ApiProblem.of(code, detail, { headers: { "www-authenticate": challenge } });
}

function keyAt(place: KeyPlace, request: IncomingMessage, query: URLSearchParams): string | null {
  if (place.in === "query") return query.get(place.name);
  if (place.in === "bearer")
    return /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? "")?.[1] ?? null;
  const value = request.headers[place.name];
  return typeof value === "string" && value !== "" ? value : null;
}

/** Digests have one length, so the comparison tells nothing about how much of a key was right. */
function equal(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

function describe(place: KeyPlace): string {
  if (place.in === "bearer") return "Authorization: Bearer <key>";
  return place.in === "header" ? `${place.name}: <key>` : `query parameter ${place.name}`;
}
