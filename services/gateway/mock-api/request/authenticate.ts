import { hash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { CompiledOperation, KeyPlace } from "../../../shared/mock-api/compile/compiled-api.ts";
import { ApiProblem } from "../api-problem.ts";
import { decodePercent, RawPairs } from "./raw-pairs.ts";

/**
 * Lets a request in that has the key everywhere one of the operation's alternatives wants it.
 *
 * @param key digest of the attempt's key, which has every scope there is
 * @throws ApiProblem 401
 */
export function authenticate(
  request: IncomingMessage,
  query: RawPairs,
  { security }: CompiledOperation,
  key: Buffer,
): void {
  if (security.length === 0) return;
  let anyGiven = false;
  for (const requirement of security) {
    const given = requirement.map((place) => keysAt(place, request, query));
    if (given.every((keys) => keys.some((one) => equal(one, key)))) return;
    anyGiven ||= given.some((keys) => keys.length > 0);
  }
  const ways = security.map((requirement) => requirement.map(describe).join(" together with "));
  const detail = `Send the API key of this workspace as ${ways.join(" or ")}.`;
  throw ApiProblem.of(anyGiven ? "api_key_invalid" : "api_key_required", detail, {
    headers: { "www-authenticate": challengeOf(security.flat(), anyGiven) },
  });
}

/** What stands where a key should; of Basic credentials both parts. */
function keysAt(place: KeyPlace, request: IncomingMessage, query: RawPairs): string[] {
  const { headers } = request;
  switch (place.in) {
    case "query":
      return query.getAll(place.name).slice(0, 1).map(decodePercent);
    case "cookie":
      return RawPairs.ofCookies(headers.cookie ?? "")
        .getAll(place.name)
        .slice(0, 1)
        .map(decodePercent);
    case "bearer":
      return credentialsOf("bearer", headers.authorization);
    case "basic":
      return credentialsOf("basic", headers.authorization).flatMap(partsOfBasic);
    case "header": {
      const value = headers[place.name];
      return typeof value === "string" && value !== "" ? [value] : [];
    }
  }
}

function credentialsOf(scheme: string, authorization: string | undefined): string[] {
  const [, given, credentials] = /^(\S+) +(\S+) *$/.exec(authorization ?? "") ?? [];
  return given?.toLowerCase() === scheme ? [credentials!] : [];
}

function partsOfBasic(credentials: string): string[] {
  const text = Buffer.from(credentials, "base64").toString();
  const colon = text.indexOf(":");
  return colon < 0 ? [text] : [text.slice(colon + 1), text.slice(0, colon)];
}

export function digestKey(key: string): Buffer {
  return hash("sha256", key, "buffer");
}

/** Digests have one length, so the comparison tells nothing about how much of a key was right. */
function equal(given: string, expected: Buffer): boolean {
  return timingSafeEqual(digestKey(given), expected);
}

function challengeOf(places: KeyPlace[], anyGiven: boolean): string {
  const basic = places.some((place) => place.in === "basic");
  const bearer = !basic || places.some((place) => place.in === "bearer");
  const challenges = bearer ? [`Bearer realm="api"${anyGiven ? ', error="invalid_token"' : ""}`] : [];
  if (basic) challenges.push('Basic realm="api", charset="UTF-8"');
  return challenges.join(", ");
}

function describe(place: KeyPlace): string {
  switch (place.in) {
    case "bearer":
      return "Authorization: Bearer <key>";
    case "basic":
      return "Authorization: Basic with the key as password";
    case "header":
      return `${place.name}: <key>`;
    case "query":
      return `query parameter ${place.name}`;
    case "cookie":
      return `cookie ${place.name}`;
  }
}
