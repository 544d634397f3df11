import type { FastifyRequest } from "fastify";
import { PlatformError } from "../../shared/contracts/problem.ts";
import type { App } from "../context.ts";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * A request that changes something must come from our own pages. Cookies alone do not say so: a candidate's app
 * on a sandbox origin can be same-site with us, and then SameSite cookies travel. Requests with an API token are
 * exempt, because no page of another site can add that header.
 */
export function registerCrossSiteProtection(app: App, publicUrl: string): void {
  const own = new URL(publicUrl).origin;
  app.addHook("onRequest", async (request) => {
    if (SAFE.has(request.method) || bearsToken(request) || comesFrom(own, request)) return;
    throw new PlatformError("cross_site_request", `The Origin header must be ${own}.`);
  });
}

function comesFrom(own: string, request: FastifyRequest): boolean {
  const { origin } = request.headers;
  if (origin !== undefined) return origin === own;
  return request.headers["sec-fetch-site"] === "same-origin";
}

/** Only where the token, and then nothing else, decides who is calling. */
function bearsToken(request: FastifyRequest): boolean {
  return request.routeOptions.config?.access?.kind === "staff" && request.headers.authorization !== undefined;
}
