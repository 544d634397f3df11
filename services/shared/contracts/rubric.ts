import { z } from "zod";

/** What one level of a criterion looks like in a submission. */
export const Anchor = z.object({
  level: z.int().min(1).max(5),
  title: z.string().min(1).max(80),
  description: z.string().min(1).max(1000),
});

export const Criterion = z.object({
  id: z.string().regex(/^[a-z][a-z0-9_]{1,40}$/),
  title: z.string().min(1).max(120),
  /** What to look at and where, for the reviewer. */
  guidance: z.string().max(2000),
  weight: z.number().positive().max(10).default(1),
  anchors: z.array(Anchor).length(5),
});
export type Criterion = z.infer<typeof Criterion>;

/** Frozen with its assessment version. */
export const Rubric = z
  .object({ criteria: z.array(Criterion).min(1).max(20) })
  .refine((rubric) => new Set(rubric.criteria.map((c) => c.id)).size === rubric.criteria.length, {
    message: "criterion ids must be distinct",
  });
export type Rubric = z.infer<typeof Rubric>;

export const Recommendation = z.enum(["strong_no", "no", "yes", "strong_yes"]);
export type Recommendation = z.infer<typeof Recommendation>;

/** One reviewer's judgement of one criterion. `level` is null while undecided. */
export const Rating = z.object({
  level: z.int().min(1).max(5).nullable(),
  evidence: z.string().max(5000),
});
export type Rating = z.infer<typeof Rating>;

/** Criterion id -> rating. */
export const Ratings = z.record(z.string().regex(/^[a-z][a-z0-9_]{1,40}$/), Rating);
export type Ratings = z.infer<typeof Ratings>;
