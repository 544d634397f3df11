import helmet from "@fastify/helmet";
import type { Config } from "../../shared/config/config.ts";
import type { App } from "../context.ts";

/** JSON has nothing to load and nothing to frame. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

export async function registerSecurityHeaders(app: App, config: Config): Promise<void> {
  const https = config.publicUrl.startsWith("https:");
  await app.register(helmet, {
    contentSecurityPolicy: false,
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    // Personal links must not leave with a referrer; our own requests still carry a true Origin.
    referrerPolicy: { policy: "same-origin" },
    frameguard: { action: "deny" },
  });
  app.addHook("onRequest", async (_request, reply) => {
    reply.header("content-security-policy", DATA_POLICY);
    reply.header("cache-control", "no-store");
    reply.header(
      "permissions-policy",
      "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()",
    );
  });
}

/** Pages with an API reference, a program of others that writes styles and calls scratch instances. */
const REFERENCE_PAGES = /^\/reference$|^\/admin\/mock-apis\/[^/]+\/console$/;

/**
 * @param styleNonce lets in the style elements of one page; null allows inline styles.
 * @param path of the page; a few need more than the others.
 */
export function pagePolicy(
  config: Pick<Config, "sandboxScheme" | "sandboxDomain" | "publicUrl">,
  styleNonce: string | null,
  path: string,
): string {
  const isReference = REFERENCE_PAGES.test(path);
  const sandboxes = `${config.sandboxScheme}://*.${config.sandboxDomain}`;
  const directives = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' ${styleNonce === null || isReference ? "'unsafe-inline'" : `'nonce-${styleNonce}'`}`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${isReference ? ` ${sandboxes}` : ""}`,
    "manifest-src 'self'",
    `frame-src ${sandboxes}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(config.publicUrl.startsWith("https:") ? ["upgrade-insecure-requests"] : []),
  ];
  return directives.join("; ");
}
