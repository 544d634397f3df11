import type { AssessmentDraft } from "../../../../shared/contracts/assessment-draft.ts";
import { draftFindings } from "../../../../shared/domain/composer/draft-findings.ts";
import { type FilledSection, SECTION_OF } from "./sections.ts";

/** Something that keeps a draft from being published, as far as the draft itself shows it. */
export interface Gap {
  /** Path into the draft, joined by dots, for example `rubric.criteria.0.title`. */
  path: string;
  section: FilledSection;
  message: string;
  /** Nothing is there yet, which a new draft need not be told about at once. */
  isMissing: boolean;
}

/** By the very rules that the server checks drafts by. @param images those of this instance; null while unknown. */
export function findGaps(draft: AssessmentDraft, images: readonly string[] | null): Gap[] {
  const found = draftFindings(draft, images ?? [draft.image])
    .filter(({ severity }) => severity === "failed")
    .map(({ path, section, message, remedy }) => ({
      path,
      section: SECTION_OF[section],
      message: `${message} ${remedy}`,
      isMissing: isBlank(valueAt(draft, path)),
    }));
  return [...found, ...unpinned(draft)];
}

/** A pin that names no version is found by the server only. */
function unpinned({ datasets, mockApis }: AssessmentDraft): Gap[] {
  const gap = (path: string): Gap => ({
    path,
    section: "materials",
    message: "No version is chosen. Remove this, or add it anew.",
    isMissing: false,
  });
  return [
    ...datasets.flatMap((pin, index) => (pin.datasetVersionId ? [] : [gap(`datasets.${index}`)])),
    ...mockApis.flatMap((pin, index) => (pin.mockApiVersionId ? [] : [gap(`mockApis.${index}`)])),
  ];
}

function valueAt(draft: AssessmentDraft, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], draft);
}

/** Nothing typed, or, of a thing of several texts, one of them not. */
function isBlank(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === "string") return value.trim() === "";
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === "object" && Object.values(value).some(isBlank);
}

/** Finds the message for one field. */
export type GapAt = (path: string) => string | null;

/** @param showsMissing whether fields nobody has filled in are named, too. */
export const gapFinder =
  (gaps: readonly Gap[], showsMissing: boolean): GapAt =>
  (path) =>
    gaps.find((item) => item.path === path && (showsMissing || !item.isMissing))?.message ?? null;
