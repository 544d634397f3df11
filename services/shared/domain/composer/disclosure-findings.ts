import type { AssessmentDraft } from "../../contracts/assessment-draft.ts";
import { type Finding, Findings } from "./finding.ts";

/** What the platform keeps or shows, and how one can tell that a disclosure speaks of it. */
interface Topic {
  applies: (draft: AssessmentDraft) => boolean;
  mentioned: RegExp;
  what: string;
  /** A sentence that says it. */
  suggestion: (draft: AssessmentDraft) => string;
}

const always = () => true;

const TOPICS: readonly Topic[] = [
  {
    applies: always,
    mentioned: /\b(files?|workspace|snapshots?|saved)\b/i,
    what: "that the files of the workspace are recorded",
    suggestion: ({ snapshotIntervalSec }) =>
      `Recorded: the files in your workspace, saved ${everyInterval(snapshotIntervalSec)}; your notes to the reviewers; when you started and submitted.`,
  },
  {
    applies: ({ mockApis }) => mockApis.length > 0,
    mentioned: /\b(apis?|help desk|requests (your|that)|calls (your|that))\b/i,
    what: "that requests to the API are recorded",
    suggestion: () =>
      "Recorded: the requests that your code makes to the API of this attempt, and what it writes there.",
  },
  {
    applies: ({ models }) => models.kind !== "none",
    mentioned: /\b(models?|prompts?)\b/i,
    what: "that what is sent to language models is recorded",
    suggestion: ({ models }) =>
      models.kind !== "none" && models.assistant
        ? "Recorded: what your programs and the coding assistant send to language models, and the answers."
        : "Recorded: what your programs send to language models, and the answers.",
  },
  {
    applies: ({ packages }) => packages.kind !== "none",
    mentioned: /\b(packages?|install(ed|s)?)\b/i,
    what: "that the packages they install are recorded",
    suggestion: () => "Recorded: which packages you install.",
  },
  {
    applies: ({ datasets }) => datasets.some(({ delivery }) => delivery.canary),
    mentioned: /\b(mark(ed|ers?)?|watermark(ed)?|trace(able|d)?|yours alone|copy of your own)\b/i,
    what: "that the data is marked as the candidate's copy",
    suggestion: () => "The dataset in your workspace is a marked copy of your own; please do not pass it on.",
  },
  {
    applies: always,
    mentioned: /\b(read|seen|looked at|reviewed|reviewers?|rated)\b/i,
    what: "who reads the submission",
    suggestion: ({ company }) =>
      `Read by: engineers of ${company.name.trim() || "the company"}, without your name or e-mail address.`,
  },
  {
    applies: always,
    mentioned: /\b(kept|keep|deleted?|retained|retention|stored)\b/i,
    what: "how long it is kept",
    suggestion: () =>
      "Kept until the hiring decision is made, and deleted on request: write to the person who invited you.",
  },
];

/** Sentences that say what this draft makes the platform record; a start for what is shown in the lobby. */
export function suggestedDisclosures(draft: AssessmentDraft): string[] {
  return TOPICS.filter((topic) => topic.applies(draft)).map((topic) => topic.suggestion(draft));
}

/** Disclosures must be there, leave out nothing that is recorded, and give the interval of saving as it is. */
export function disclosureFindings(draft: AssessmentDraft): Finding[] {
  const findings = new Findings("disclosures");
  const { disclosures } = draft;
  if (disclosures.length === 0)
    findings.fail("disclosures", "Candidates are not told what is recorded.", "Add what is suggested.");
  for (const [index, text] of disclosures.entries())
    findings.requireText(`disclosures.${index}`, "This disclosure", text, 500);
  // "Not recorded: your screen" must not pass for "your screen is recorded".
  const positive = disclosures.filter((text) => !/^\s*(not|never)\b/i.test(text)).join("\n");
  for (const topic of TOPICS)
    if (disclosures.length > 0 && topic.applies(draft) && !topic.mentioned.test(positive))
      findings.warn(
        "disclosures",
        `Candidates are not told ${topic.what}.`,
        `Add, for example: "${topic.suggestion(draft)}"`,
      );
  checkStatedIntervals(findings, draft);
  return findings.all;
}

function checkStatedIntervals(
  findings: Findings,
  { disclosures, snapshotIntervalSec }: AssessmentDraft,
): void {
  if (snapshotIntervalSec === null) return;
  for (const [index, text] of disclosures.entries()) {
    const stated = statedIntervalSec(text);
    if (stated !== null && stated < snapshotIntervalSec)
      findings.fail(
        `disclosures.${index}`,
        `It promises a save every ${stated} seconds, and the workspace is saved every ${snapshotIntervalSec}.`,
        `Say "${everyInterval(snapshotIntervalSec)}", or change the time between saves.`,
      );
  }
}

/** Seconds between saves that a sentence speaks of, null when it speaks of none. */
export function statedIntervalSec(text: string): number | null {
  if (!/\bsave(d|s)?\b/i.test(text)) return null;
  const [, half, count, unit] = /\bevery (half(?: a)? )?(\d+ )?(second|minute)s?\b/i.exec(text) ?? [];
  if (unit === undefined) return null;
  const seconds = unit.toLowerCase() === "minute" ? 60 : 1;
  return (half ? 0.5 : 1) * (count ? Number(count) : 1) * seconds;
}

function everyInterval(seconds: number | null): string {
  if (seconds === null) return "all the time";
  if (seconds === 30) return "every half minute";
  if (seconds === 60) return "every minute";
  return seconds % 60 === 0 ? `every ${seconds / 60} minutes` : `every ${seconds} seconds`;
}
