import type { Rubric } from "../../shared/contracts/rubric.ts";
import { RECOMMENDATION_NAMES } from "./recommendation-field.tsx";

/** What a value of a review is called on the page. */
export function nameOfPath(path: readonly string[], rubric: Rubric): string {
  const [part, criterionId, field] = path;
  if (part !== "ratings") return part === "recommendation" ? "Recommendation" : "Summary";
  const title = rubric.criteria.find(({ id }) => id === criterionId)?.title ?? criterionId;
  return `${title}: ${field}`;
}

/** A value of a review in words; null says it as it is. */
export function wordsOfValue(path: readonly string[], value: unknown): string | null {
  if (path[0] !== "recommendation") return null;
  return RECOMMENDATION_NAMES[value as keyof typeof RECOMMENDATION_NAMES] ?? null;
}
