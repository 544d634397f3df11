import type { IncomingHttpHeaders, OutgoingHttpHeaders, ServerResponse } from "node:http";

/**
 * What browsers may do with a scratch instance: the studio's pages may call it, nobody else's may. A document comes
 * from outside and decides what its answers say, so nothing of them may act in a browser either: no cookies, no
 * scripts, no permissions for other origins.
 */
export type Verdict = "serve" | "preflight" | "refuse";

/** @param ownPages the origin of the studio, for example `https://worksample.example.com` */
export function judgeCaller(method: string, headers: IncomingHttpHeaders, ownPages: string): Verdict {
  const { origin, "sec-fetch-site": site } = headers;
  if (origin !== undefined) {
    if (origin !== ownPages) return "refuse";
    const isPreflight = method === "OPTIONS" && headers["access-control-request-method"] !== undefined;
    return isPreflight ? "preflight" : "serve";
  }
  // Not a browser, an address that somebody typed, or a link that somebody followed. Images, scripts and frames of
  // other sites come without Origin, too.
  if (site === undefined || site === "none" || site === "same-origin") return "serve";
  const isLink = headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document";
  return isLink && (method === "GET" || method === "HEAD") ? "serve" : "refuse";
}

const METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, TRACE";
const HEADER_NAMES = /^[A-Za-z0-9!#$%&'*+.^_`|~, -]{1,2000}$/;

export function answerPreflight(
  response: ServerResponse,
  headers: IncomingHttpHeaders,
  ownPages: string,
): void {
  const asked = headers["access-control-request-headers"];
  response.writeHead(204, {
    ...protection(ownPages),
    "access-control-allow-methods": METHODS,
    ...(asked !== undefined && HEADER_NAMES.test(asked) ? { "access-control-allow-headers": asked } : {}),
    "access-control-max-age": "600",
  });
  response.end();
}

/** Headers that this place decides about, whatever an answer says. */
const OURS =
  /^(?:access-control-.+|set-cookie2?|content-security-policy(?:-report-only)?|x-content-type-options|cross-origin-.+|clear-site-data|strict-transport-security|service-worker-allowed|refresh|report-to|nel|alt-svc|referrer-policy)$/i;

/** From here on every answer carries our headers, and none of its own in their place. @param origin of the caller */
export function guardAnswer(response: ServerResponse, origin: string | undefined, ownPages: string): void {
  const ours = protection(origin === ownPages ? ownPages : null);
  const writeHead = response.writeHead.bind(response) as (
    status: number,
    headers: OutgoingHttpHeaders,
  ) => ServerResponse;
  response.writeHead = ((status: number, headers: OutgoingHttpHeaders = {}) => {
    const kept = Object.entries(headers).filter(([name]) => !OURS.test(name));
    return writeHead(status, { ...Object.fromEntries(kept), ...ours });
  }) as typeof response.writeHead;
}

function protection(allowed: string | null): Record<string, string> {
  return {
    "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    vary: "origin",
    ...(allowed === null
      ? {}
      : { "access-control-allow-origin": allowed, "access-control-expose-headers": "*" }),
  };
}
