import { z } from "zod";
import { Ratings, Recommendation } from "../../shared/contracts/rubric.ts";

/** What a browser keeps of a review until the server has it. */
export const StoredContent = z.object({
  ratings: Ratings,
  summary: z.string(),
  recommendation: Recommendation.nullable(),
});

/** One per reviewer and submission, so that two people at one machine never meet each other's words. */
export const localCopyKey = (staffId: string, submissionId: string) =>
  `worksample:review-draft:${staffId}:${submissionId}`;
