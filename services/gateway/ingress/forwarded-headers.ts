import type { SandboxOrigin } from "./origin.ts";
import { confineSetCookie, withoutSession } from "./session-cookie.ts";

/** Header names and values in one flat list, as in `IncomingMessage.rawHeaders`. */
export type RawHeaders = string[];

const HOP_BY_HOP = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Statements about the way here that only we may make. */
const FROM_CLIENT_UNTRUSTED = new Set(["host", "expect", "forwarded", "via", "x-real-ip"]);

/** What would act on more than the one answer: on storage, on transport, on reporting, on framing (which is ours). */
const FROM_SANDBOX_REFUSED = new Set([
  "alt-svc",
  "clear-site-data",
  "nel",
  "public-key-pins",
  "public-key-pins-report-only",
  "referrer-policy",
  "report-to",
  "strict-transport-security",
  "x-frame-options",
]);

/** Request headers for the sandbox: without our cookie, without hop-by-hop headers, without forged X-Forwarded-*. */
export function headersForSandbox(raw: RawHeaders, origin: SandboxOrigin, scheme: string): RawHeaders {
  const out: RawHeaders = ["Host", origin.host, "X-Forwarded-Host", origin.host, "X-Forwarded-Proto", scheme];
  const nominated = nominatedByConnection(raw);
  eachHeader(raw, (name, value, key) => {
    if (HOP_BY_HOP.has(key) || nominated.has(key) || FROM_CLIENT_UNTRUSTED.has(key)) return;
    if (key.startsWith("x-forwarded-")) return;
    const kept = key === "cookie" ? withoutSession(value) : value;
    if (kept !== undefined) out.push(name, kept);
  });
  return out;
}

export interface BrowserHeaderRules {
  origin: SandboxOrigin;
  /** Origins that may show this one in a frame, besides itself. */
  frameAncestors: string[];
  mapLocation(location: string): string;
}

/** Response headers for the browser. Values with characters that HTTP does not allow make `writeHead` throw. */
export function headersForBrowser(raw: RawHeaders, rules: BrowserHeaderRules): RawHeaders {
  const out: RawHeaders = [];
  const nominated = nominatedByConnection(raw);
  eachHeader(raw, (name, value, key) => {
    if (HOP_BY_HOP.has(key) || nominated.has(key) || FROM_SANDBOX_REFUSED.has(key)) return;
    const kept = confineValue(key, value, rules);
    if (kept !== null) out.push(name, kept);
  });
  out.push("Content-Security-Policy", `frame-ancestors 'self' ${rules.frameAncestors.join(" ")}`);
  // Not `no-referrer`: with that, browsers send `Origin: null` with forms, and the app (and we) could not tell
  // its own forms from forged ones.
  out.push("Referrer-Policy", "same-origin", "Origin-Agent-Cluster", "?1");
  // An app under construction may well serve files under odd types; VS Code does not.
  if (rules.origin.target === "ide" && !has(raw, "x-content-type-options"))
    out.push("X-Content-Type-Options", "nosniff");
  return out;
}

function confineValue(key: string, value: string, rules: BrowserHeaderRules): string | null {
  if (key === "set-cookie") return confineSetCookie(value);
  if (key === "location") return rules.mapLocation(value);
  if (key === "content-security-policy") return withoutFrameAncestors(value);
  return value;
}

/** Who may frame a sandbox origin is ours to say; an app that forbids it for its own sake would hide its preview. */
function withoutFrameAncestors(header: string): string | null {
  const policies = header.split(",").map((policy) =>
    policy
      .split(";")
      .map((directive) => directive.trim())
      .filter((directive) => directive !== "" && !/^frame-ancestors(\s|$)/i.test(directive))
      .join("; "),
  );
  return policies.filter((policy) => policy !== "").join(", ") || null;
}

function nominatedByConnection(raw: RawHeaders): Set<string> {
  const names = new Set<string>();
  eachHeader(raw, (_name, value, key) => {
    if (key !== "connection") return;
    for (const name of value.split(",")) names.add(name.trim().toLowerCase());
  });
  return names;
}

function has(raw: RawHeaders, wanted: string): boolean {
  let found = false;
  eachHeader(raw, (_name, _value, key) => {
    found ||= key === wanted;
  });
  return found;
}

function eachHeader(raw: RawHeaders, visit: (name: string, value: string, key: string) => void): void {
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index]!;
    visit(name, raw[index + 1]!, name.toLowerCase());
  }
}
