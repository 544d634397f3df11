import type { AssessmentDraft } from "../../../../shared/contracts/assessment-draft.ts";
import { suggestedDisclosures } from "../../../../shared/domain/composer/disclosure-findings.ts";

/** Sentences nobody has changed follow the draft: a mock API that is added, the company's name. Own words stay. */
export function withDisclosures(before: AssessmentDraft, after: AssessmentDraft): AssessmentDraft {
  if (after.disclosures !== before.disclosures) return after;
  const suggested = suggestedDisclosures(before);
  const isUntouched =
    suggested.length === before.disclosures.length &&
    suggested.every((sentence, index) => sentence === before.disclosures[index]);
  return isUntouched ? { ...after, disclosures: suggestedDisclosures(after) } : after;
}
