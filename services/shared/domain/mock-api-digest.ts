import { createHash } from "node:crypto";

/** SHA-256 that identifies a mock API version: its document and its bindings, whatever the order of their keys. */
export function mockApiDigest(document: unknown, bindings: unknown): string {
  return createHash("sha256").update(canonicalJson({ document, bindings })).digest("hex");
}

/** JSON with sorted keys and no spaces, so that equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([left], [right]) => (left < right ? -1 : 1)))
      : part,
  );
}
