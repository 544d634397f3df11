import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Config } from "../../shared/config/config.ts";
import { PUBLIC } from "../access/policy.ts";
import type { App } from "../context.ts";
import { pagePolicy } from "./security-headers.ts";
import { type AnswerUnknown, PAGES_ROUTE } from "./unknown-address.ts";

/** Put by the build wherever a page needs the nonce of its style elements. */
const NONCE_PLACEHOLDER = "__WORKSAMPLE_CSP_NONCE__";
const YEAR_MS = 365 * 24 * 3600_000;

/**
 * Serves the built pages. Addresses without an extension are pages of the single-page app and get its
 * index.html; a missing file stays a 404, so that a stale asset is never answered with HTML.
 */
export async function registerPages(app: App, config: Config, answerUnknown: AnswerUnknown): Promise<void> {
  if (config.webDir)
    await app.register(fastifyStatic, {
      root: config.webDir,
      serve: false,
      dotfiles: "ignore",
      index: false,
    });
  app.get(
    PAGES_ROUTE,
    { config: { access: PUBLIC }, schema: { hide: true } },
    (request: FastifyRequest, reply: FastifyReply) => {
      const path = pathOf(request);
      if (!config.webDir || path === null || /^\/api(\/|$)/.test(path)) return answerUnknown(request, reply);
      if (!path.slice(path.lastIndexOf("/")).includes(".") || path === "/index.html")
        return sendPage(config, reply, path);
      const hashed = path.startsWith("/assets/");
      return reply.sendFile(path, { immutable: hashed, maxAge: hashed ? YEAR_MS : 0 });
    },
  );
}

/** Null for what no page and no built file is called: control characters, backslashes, a way up. */
function pathOf(request: FastifyRequest): string | null {
  try {
    const path = decodeURIComponent(request.url.split("?", 1)[0]!);
    return /[\p{Cc}\\]|\/\.\.?(\/|$)/u.test(path) ? null : path;
  } catch {
    return null;
  }
}

async function sendPage(config: Config, reply: FastifyReply, path: string) {
  const html = await readFile(join(config.webDir, "index.html"), "utf8");
  const nonce = html.includes(NONCE_PLACEHOLDER) ? randomBytes(18).toString("base64url") : null;
  return reply
    .type("text/html; charset=utf-8")
    .header("cache-control", "no-cache")
    .header("content-security-policy", pagePolicy(config, nonce, path))
    .send(nonce === null ? html : html.replaceAll(NONCE_PLACEHOLDER, nonce));
}
