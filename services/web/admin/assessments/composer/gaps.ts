import type { z } from "zod";
import { AssessmentSpec } from "../../../../shared/contracts/assessment.ts";
import {
  type AssessmentDraft,
  MOCK_API_HOSTNAME,
  MOUNT_NAME,
  RESERVED_HOSTNAMES,
} from "../../../../shared/contracts/composer.ts";
import { type FilledSection, sectionOfPath } from "./sections.ts";

/** Something that keeps a draft from being published, as far as the page can tell by itself. */
export interface Gap {
  /** Path into the draft, joined by dots, for example `rubric.criteria.0.title`. */
  path: string;
  section: FilledSection;
  message: string;
  /** Nothing is there yet, which a new draft need not be told about at once. */
  isMissing: boolean;
}

/** The digests are worked out by the check, from the files. */
const Publishable = AssessmentSpec.omit({ starterTreeSha256: true, practiceTreeSha256: true });

const FILL_IN = "Fill this in.";
const NO_CRITERION = "Add at least one criterion.";
const NO_DISCLOSURE = "Say at least what is recorded.";
const MISSING = new Set([FILL_IN, NO_CRITERION, NO_DISCLOSURE]);

/** What the rules of a published version say about this draft, and the names of its materials. */
export function findGaps(draft: AssessmentDraft): Gap[] {
  const parsed = Publishable.safeParse(draft);
  const issues = parsed.success ? [] : parsed.error.issues;
  return [
    ...issues.map((issue) => gap(issue.path, wordsFor(issue))),
    ...draft.datasets.flatMap((pin, index) => datasetGaps(draft, pin.mountName, index)),
    ...draft.mockApis.flatMap((pin, index) => mockApiGaps(draft, pin.hostname, index)),
  ];
}

const gap = (path: readonly PropertyKey[], message: string): Gap => ({
  path: path.map(String).join("."),
  section: sectionOfPath(path),
  message,
  isMissing: MISSING.has(message),
});

function datasetGaps(draft: AssessmentDraft, mountName: string, index: number): Gap[] {
  const found: Gap[] = [];
  const { datasetVersionId } = draft.datasets[index]!;
  if (datasetVersionId === null) found.push(gap(["datasets", index], "Choose a version."));
  const at = ["datasets", index, "mountName"];
  if (mountName === "") found.push(gap(at, "Give it a name."));
  else if (!MOUNT_NAME.test(mountName))
    found.push(gap(at, "Lower-case letters, digits and hyphens, beginning with a letter or digit."));
  else if (draft.datasets.findIndex((pin) => pin.mountName === mountName) < index)
    found.push(gap(at, "Another dataset has this name."));
  return found;
}

function mockApiGaps(draft: AssessmentDraft, hostname: string, index: number): Gap[] {
  const found: Gap[] = [];
  if (draft.mockApis[index]!.mockApiVersionId === null)
    found.push(gap(["mockApis", index], "Choose a version."));
  const at = ["mockApis", index, "hostname"];
  if (hostname === "" || hostname === ".internal") found.push(gap(at, "Give it a name."));
  else if (!MOCK_API_HOSTNAME.test(hostname))
    found.push(gap(at, "Lower-case letters, digits and hyphens, ending in .internal."));
  else if (RESERVED_HOSTNAMES.includes(hostname))
    found.push(gap(at, "The platform itself answers at this name."));
  else if (draft.mockApis.findIndex((pin) => pin.hostname === hostname) < index)
    found.push(gap(at, "Another API has this name."));
  return found;
}

type Issue = z.core.$ZodIssue;

/** A finding of the contract in words for the person who fills in the form. */
function wordsFor(issue: Issue): string {
  const key = String(issue.path.at(-1));
  if (key === "anchors") return "Describe all five levels.";
  if (key === "criteria" && issue.code === "too_small") return NO_CRITERION;
  if (key === "disclosures" && issue.code === "too_small") return NO_DISCLOSURE;
  if (issue.code === "too_small") return tooSmall(issue);
  if (issue.code === "too_big") return tooBig(issue);
  if (issue.code === "invalid_type") return FILL_IN;
  return issue.message;
}

function tooSmall(issue: Extract<Issue, { code: "too_small" }>): string {
  if (issue.origin === "string" || issue.origin === "array") return FILL_IN;
  return issue.inclusive ? `At least ${amount(issue)}.` : `More than ${amount(issue)}.`;
}

function tooBig(issue: Extract<Issue, { code: "too_big" }>): string {
  const over = Number(issue.maximum).toLocaleString("en-GB");
  if (issue.origin === "string") return `At most ${over} characters.`;
  if (issue.origin === "array") return `At most ${over}.`;
  return `At most ${amount(issue)}.`;
}

/** In the unit the page shows: minutes for seconds, GB for MiB. */
function amount(issue: Extract<Issue, { code: "too_small" | "too_big" }>): string {
  const value = Number(issue.code === "too_small" ? issue.minimum : issue.maximum);
  const key = String(issue.path.at(-1));
  const number = (n: number) => n.toLocaleString("en-GB", { maximumFractionDigits: 2 });
  if (key === "limitSec" || key === "practiceLimitSec") return `${number(value / 60)} minutes`;
  if (key === "snapshotIntervalSec") return `${number(value)} seconds`;
  if (key === "memoryMib" || key === "diskMib") return `${number(value / 1024)} GB`;
  return number(value);
}

/** Finds the message for one field. */
export type GapAt = (path: string) => string | null;

/** @param showsMissing whether fields nobody has filled in are named, too. */
export const gapFinder =
  (gaps: readonly Gap[], showsMissing: boolean): GapAt =>
  (path) =>
    gaps.find((item) => item.path === path && (showsMissing || !item.isMissing))?.message ?? null;
