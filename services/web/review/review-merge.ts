import { EMPTY_RATING, type ReviewContent, ratingOf } from "./rubric-progress.ts";

/** One field of a review that two places changed in different ways. */
export interface Collision {
  field: "summary" | "recommendation" | "level" | "evidence";
  /** Null for the fields of the whole review. */
  criterionId: string | null;
  mine: string | number | null;
  theirs: string | number | null;
}

export interface MergeResult {
  /** Where both sides changed a field, it holds mine: what was typed here is never dropped silently. */
  content: ReviewContent;
  collisions: Collision[];
}

/** Three-way merge, field by field. */
export function mergeReviews(base: ReviewContent, mine: ReviewContent, theirs: ReviewContent): MergeResult {
  const collisions: Collision[] = [];
  const pick = <Value extends string | number | null>(
    field: Collision["field"],
    criterionId: string | null,
    [before, here, there]: [Value, Value, Value],
  ): Value => {
    if (here === there || there === before) return here;
    if (here === before) return there;
    collisions.push({ field, criterionId, mine: here, theirs: there });
    return here;
  };
  const ids = new Set([...Object.keys(mine.ratings), ...Object.keys(theirs.ratings)]);
  const ratings = Object.fromEntries(
    [...ids].map((id) => {
      const [b, m, t] = [base, mine, theirs].map((side) => ratingOf(side.ratings, id));
      const level = pick("level", id, [b!.level, m!.level, t!.level]);
      const evidence = pick("evidence", id, [b!.evidence, m!.evidence, t!.evidence]);
      return [id, { level, evidence }];
    }),
  );
  const summary = pick("summary", null, [base.summary, mine.summary, theirs.summary]);
  const recommendation = pick("recommendation", null, [
    base.recommendation,
    mine.recommendation,
    theirs.recommendation,
  ]);
  return { content: { ratings, summary, recommendation }, collisions };
}

/** Equal as far as a reader can tell: a criterion that is absent equals one left empty. */
export function sameContent(a: ReviewContent, b: ReviewContent): boolean {
  if (a.summary !== b.summary || a.recommendation !== b.recommendation) return false;
  const ids = new Set([...Object.keys(a.ratings), ...Object.keys(b.ratings)]);
  return [...ids].every((id) => {
    const [x, y] = [ratingOf(a.ratings, id), ratingOf(b.ratings, id)];
    return x.level === y.level && x.evidence === y.evidence;
  });
}

/** Takes the other side's value in every collision. */
export function takeTheirs(content: ReviewContent, collisions: readonly Collision[]): ReviewContent {
  const result: ReviewContent = { ...content, ratings: { ...content.ratings } };
  for (const { field, criterionId, theirs } of collisions) {
    if (criterionId === null) Object.assign(result, { [field]: theirs });
    else {
      const rating = result.ratings[criterionId] ?? EMPTY_RATING;
      result.ratings[criterionId] = { ...rating, [field]: theirs };
    }
  }
  return result;
}
