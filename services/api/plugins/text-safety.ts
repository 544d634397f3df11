import { Stream } from "node:stream";
import { PlatformError } from "../../shared/contracts/problem.ts";
import type { App } from "../context.ts";
import { PAGES_ROUTE } from "./unknown-address.ts";

/**
 * Refuses strings that Postgres cannot hold (NUL, unpaired surrogates) anywhere in a body, query or path, so that
 * no schema has to remember to.
 */
export function registerTextSafety(app: App): void {
  app.addHook("preValidation", async (request) => {
    // The address of a page names a file; what does not exist is answered as such.
    if (request.routeOptions.url === PAGES_ROUTE) return;
    const path =
      findUnstorableText(request.body) ??
      findUnstorableText(request.query) ??
      findUnstorableText(request.params);
    if (path !== null)
      throw new PlatformError("invalid_request", undefined, {
        errors: [{ path, message: "must not contain NUL characters or unpaired surrogates" }],
      });
  });
}

/** The path of the first such string or key; null when there is none. Iterative: a body may nest deeply. */
export function findUnstorableText(root: unknown): string | null {
  const open: [value: unknown, path: string][] = [[root, ""]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [value, path] = next;
    if (typeof value === "string" && !isStorable(value)) return path;
    if (typeof value !== "object" || value === null) continue;
    // Bytes are no text yet.
    if (value instanceof Stream || ArrayBuffer.isView(value)) continue;
    for (const [key, child] of Object.entries(value)) {
      if (!isStorable(key)) return path;
      // Deep nesting must not make paths of quadratic length.
      open.push([child, path.length > 200 ? path : path ? `${path}.${key}` : key]);
    }
  }
  return null;
}

function isStorable(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}
