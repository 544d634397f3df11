import type { TokenSealer } from "./sealed-token.ts";

/**
 * The key a candidate's program sends to a mock API. Derived, never stored: every process that knows the platform
 * secret gives the same one, and no two attempts or hosts share one.
 */
export function mockApiKey(sealer: TokenSealer, attemptId: string, hostname: string): string {
  return `key_${sealer.shortMac("mock-api-key", `${attemptId} ${hostname}`).toString("base64url")}`;
}

/** The same for a scratch instance of the studio's console. */
export function scratchApiKey(sealer: TokenSealer, scratchId: string): string {
  return `key_${sealer.shortMac("mock-api-scratch-key", scratchId).toString("base64url")}`;
}

/** The DNS label of a scratch instance below the sandbox domain. No attempt's label has this form. */
export function scratchLabel(scratchId: string): string {
  return `try-${scratchId}`;
}

/** The reverse of {@link scratchLabel}; null for any other label. */
export function parseScratchLabel(label: string): string | null {
  return /^try-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(label)?.[1] ?? null;
}
