import { z } from "zod";
import { Ratings, Recommendation } from "../../shared/contracts/rubric.ts";
import type { LocalCopy } from "./review-draft.ts";

/** What this browser keeps of a draft until the server has it. Anyone can edit it, so it is parsed like any input. */
const Content = z.object({
  ratings: Ratings,
  summary: z.string(),
  recommendation: Recommendation.nullable(),
});
const Stored = z.object({ revision: z.int(), acknowledged: Content, content: Content });

/** One per reviewer and submission, so that two people at one machine never meet each other's words. */
export const localCopyKey = (staffId: string, submissionId: string) =>
  `worksample:review-draft:${staffId}:${submissionId}`;

type KeyedText = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export function readLocalCopy(storage: KeyedText, key: string): LocalCopy | null {
  try {
    const parsed = Stored.safeParse(JSON.parse(storage.getItem(key) ?? "null"));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Storage may be full or switched off; the autosave still runs, so this fails quietly. */
export function writeLocalCopy(storage: KeyedText, key: string, copy: LocalCopy | null): void {
  try {
    if (copy === null) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify(copy));
  } catch {}
}
