import { createHash } from "node:crypto";
import type { AssessmentSpec } from "../contracts/assessment.ts";
import { offersOf } from "./offers.ts";

/** What of a version a candidate accepts. */
export type Conditions = Pick<AssessmentSpec, "disclosures" | "aiPolicy" | "models" | "packages">;

/**
 * Names what a candidate accepts: a digest of exactly the conditions the lobby shows, so that consent to one
 * wording never counts for another. 16 hexadecimal digits.
 */
export function consentVersionOf(spec: Conditions): string {
  const conditions: unknown[] = [spec.disclosures, spec.aiPolicy.kind, spec.aiPolicy.statement];
  const offers = offersOf(spec);
  // Left out where there are none, so that what was accepted before there were any is still accepted.
  if (offers.models.length + offers.packages.length > 0) conditions.push(offers);
  return createHash("sha256").update(JSON.stringify(conditions)).digest("hex").slice(0, 16);
}
