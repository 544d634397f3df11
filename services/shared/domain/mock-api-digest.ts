import { createHash } from "node:crypto";

/** What a mock API version consists of. */
export interface MockApiContent {
  document: unknown;
  bindings: unknown;
  weather: unknown;
  datasetVersionId: string | null;
}

/** SHA-256 that identifies the content of a mock API version, whatever the order of keys. */
export function mockApiDigest({ document, bindings, weather, datasetVersionId }: MockApiContent): string {
  const content = canonicalJson({ document, bindings, weather, datasetVersionId });
  return createHash("sha256").update(content).digest("hex");
}

/** JSON with sorted keys and no spaces, so that equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([left], [right]) => (left < right ? -1 : 1)))
      : part,
  );
}
