import type { ReviewView } from "../../shared/contracts/review.ts";
import type { Rating, Ratings, Rubric } from "../../shared/contracts/rubric.ts";

export type ReviewContent = Pick<ReviewView, "ratings" | "summary" | "recommendation">;

export const EMPTY_RATING: Rating = { level: null, evidence: "" };
export const ratingOf = (ratings: Ratings, id: string): Rating =>
  Object.hasOwn(ratings, id) ? ratings[id]! : EMPTY_RATING;

export type Gap =
  | { kind: "level" | "evidence"; criterionId: string; title: string }
  | { kind: "recommendation" | "summary" };

/** What still stands between a draft and its submission, in the order of the page. */
export function findGaps(rubric: Rubric, content: ReviewContent): Gap[] {
  const gaps: Gap[] = [];
  for (const { id, title } of rubric.criteria) {
    const rating = ratingOf(content.ratings, id);
    if (rating.level === null) gaps.push({ kind: "level", criterionId: id, title });
    if (rating.evidence.trim() === "") gaps.push({ kind: "evidence", criterionId: id, title });
  }
  if (content.recommendation === null) gaps.push({ kind: "recommendation" });
  if (content.summary.trim() === "") gaps.push({ kind: "summary" });
  return gaps;
}

export function isRated(rating: Rating): boolean {
  return rating.level !== null && rating.evidence.trim() !== "";
}

export function countRated(rubric: Rubric, ratings: Ratings): number {
  return rubric.criteria.filter(({ id }) => isRated(ratingOf(ratings, id))).length;
}

/** Σ level × weight / Σ weight over the rated criteria, from 1 to 5; null while nothing is rated. */
export function weightedScore(rubric: Rubric, ratings: Ratings): number | null {
  let sum = 0;
  let weights = 0;
  for (const { id, weight } of rubric.criteria) {
    const { level } = ratingOf(ratings, id);
    if (level === null) continue;
    sum += level * weight;
    weights += weight;
  }
  return weights === 0 ? null : sum / weights;
}
