import type { IncomingHttpHeaders } from "node:http";

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);
const FRAME_DESTINATIONS = new Set(["document", "iframe", "frame"]);

/**
 * Whether a sandbox origin takes this request, given who made the browser send it.
 *
 * The session cookie goes with requests from any page (it must, inside the platform's page), so the page is
 * checked here. From other origins only navigations are taken: the platform's own frame, or a link. What changes
 * something must come from the origin itself, and a browser says so in Origin, or, where a page hides its
 * referrer, in Sec-Fetch-Site.
 */
export function mayRequest(method: string, headers: IncomingHttpHeaders, ownOrigin: string): boolean {
  const { origin, "sec-fetch-site": site } = headers;
  if (!SAFE_METHODS.has(method))
    return origin === ownOrigin || (site === "same-origin" && (origin === undefined || origin === "null"));
  if (site === "same-origin" || site === "none") return true;
  if (site === undefined) return origin === undefined || origin === ownOrigin;
  const destination = headers["sec-fetch-dest"];
  return (
    headers["sec-fetch-mode"] === "navigate" &&
    typeof destination === "string" &&
    FRAME_DESTINATIONS.has(destination)
  );
}

/** WebSockets know no preflight and no CORS: only pages of the origin itself may open one. */
export function mayOpenWebSocket(headers: IncomingHttpHeaders, ownOrigin: string): boolean {
  return headers.origin === ownOrigin;
}
