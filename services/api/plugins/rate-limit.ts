import { createHash } from "node:crypto";
import rateLimit from "@fastify/rate-limit";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Redis } from "ioredis";
import { PlatformError } from "../../shared/contracts/problem.ts";
import type { App } from "../context.ts";

/** Requests per minute and address unless said otherwise. */
export interface RateLimits {
  global: number;
  openLink: number;
  signIn: number;
  /** Sign-ins per e-mail address in five minutes, wherever they come from. */
  signInPerEmail: number;
}

export const DEFAULT_LIMITS: RateLimits = { global: 1200, openLink: 30, signIn: 20, signInPerEmail: 10 };

/** Files of the pages: a page has dozens, and a whole office of candidates may share one address. */
const UNCOUNTED: ReadonlySet<string> = new Set(["/healthz", "/*"]);

/**
 * Counters are in Valkey, so they hold for all api processes together. Without Valkey the general limit is
 * lifted (people in an attempt must go on working) but the strict ones refuse: guessing must never be free.
 */
export async function registerRateLimit(app: App, redis: Redis, limits: RateLimits): Promise<void> {
  await app.register(rateLimit, {
    global: false,
    redis,
    nameSpace: "worksample-rate:",
    errorResponseBuilder: (_request, context) => tooMany(context.after),
  });
  // A hook of the app, not of each route: those run after the access check, and a flood of refused requests
  // would not count.
  const count = app.createRateLimit({ max: limits.global, timeWindow: 60_000, skipOnError: true });
  app.addHook("onRequest", async (request, reply) => {
    if (!UNCOUNTED.has(request.routeOptions.url ?? "")) refuseExceeded(reply, await count(request));
  });
}

export function strictLimit(max: number) {
  return { rateLimit: { max, timeWindow: 60_000, skipOnError: false } };
}

/** A hook that counts what `keyOf` reads from the body. Register as `preHandler`. */
export function limitBy(app: App, name: string, max: number, keyOf: (request: FastifyRequest) => string) {
  const count = app.createRateLimit({
    max,
    timeWindow: 5 * 60_000,
    skipOnError: false,
    // Digested: what people type into a sign-in form does not belong into a cache.
    keyGenerator: (request) => `${name}:${createHash("sha256").update(keyOf(request)).digest("base64url")}`,
  });
  return async (request: FastifyRequest, reply: FastifyReply) => refuseExceeded(reply, await count(request));
}

type Count = Awaited<ReturnType<ReturnType<App["createRateLimit"]>>>;

function refuseExceeded(reply: FastifyReply, count: Count): void {
  if (count.isAllowed || !count.isExceeded) return;
  reply.header("retry-after", count.ttlInSeconds);
  throw tooMany(`${count.ttlInSeconds} seconds`);
}

function tooMany(after: string): PlatformError {
  return new PlatformError("rate_limited", `Try again in ${after}.`);
}
