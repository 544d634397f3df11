import { createHash } from "node:crypto";
import type { AssessmentSpec } from "../contracts/assessment.ts";

/**
 * Names what a candidate accepts: a digest of exactly the conditions the lobby shows, so that consent to one
 * wording never counts for another. 16 hexadecimal digits.
 */
export function consentVersionOf(spec: Pick<AssessmentSpec, "disclosures" | "aiPolicy">): string {
  const conditions = JSON.stringify([spec.disclosures, spec.aiPolicy.kind, spec.aiPolicy.statement]);
  return createHash("sha256").update(conditions).digest("hex").slice(0, 16);
}
