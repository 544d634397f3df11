import type { CandidateView } from "../../../shared/contracts/candidate.ts";

export type RequestKind = CandidateView["requests"][number]["kind"];

export const REQUEST_WORDS: Record<
  RequestKind,
  { noun: string; button: string; title: string; hint: string; example: string }
> = {
  new_date: {
    noun: "Another date",
    button: "Ask for another date",
    title: "Ask for another date",
    hint: "Say what does not fit, and when it would.",
    example: "I have exams until the 20th. Any day of the week after would suit me.",
  },
  extra_time: {
    noun: "Extra time",
    button: "Ask for extra time",
    title: "Ask for extra time",
    hint: "As much as you want to tell. Only the people who invite read it.",
    example: "I am dyslexic and usually get a quarter more time.",
  },
};

const DAY = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" });

/** @param day for example `2026-03-01`; a day is the same everywhere */
export function dayWords(day: string): string {
  return DAY.format(new Date(`${day}T00:00:00Z`));
}
