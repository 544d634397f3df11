import type { AssessmentDraft, DraftCriterion } from "../../../../shared/contracts/assessment-draft.ts";
import { ROLE_TYPE_NAMES } from "../../../../shared/contracts/common.ts";
import { sameJson } from "../../../drafts/merge.ts";
import { durationWords, plural } from "../../../ui/time-words.ts";
import { nameOfPath } from "./path-words.ts";
import { policyFacts } from "./policy-words.ts";
import { AI_POLICY_NAMES, gigabytes, STAGE_NAMES } from "./value-words.ts";

/** One thing that is different, in words. */
export interface Difference {
  name: string;
  /** For example `2 hours → 90 minutes`, `12 lines added, 3 removed`. */
  words: string;
}

/** How the pins of one side are called; falls back to counting. */
export type PinNames = (versionId: string) => string | null;

/** What a reader of the history wants to know. Empty when both say the same. */
export function differencesOf(
  before: AssessmentDraft,
  after: AssessmentDraft,
  nameOfPin: PinNames = () => null,
): Difference[] {
  return [
    ...textDifferences(before, after),
    ...valueDifferences(before, after),
    ...rubricDifferences(before, after),
    ...pinDifferences(before, after, nameOfPin),
    ...policyDifferences(before, after, nameOfPin),
  ];
}

const LONG_TEXTS: [path: string[], read: (draft: AssessmentDraft) => string][] = [
  [["brief"], (draft) => draft.brief],
  [["expectations"], (draft) => draft.expectations],
  [["company", "about"], (draft) => draft.company.about],
  [["disclosures"], (draft) => draft.disclosures.join("\n")],
  [["aiPolicy", "statement"], (draft) => draft.aiPolicy.statement],
];

function textDifferences(before: AssessmentDraft, after: AssessmentDraft): Difference[] {
  return LONG_TEXTS.flatMap(([path, read]) => {
    const words = lineWords(read(before), read(after));
    return words === null ? [] : [{ name: nameOfPath(path), words }];
  });
}

/** Counts lines that only one side has, wherever they stand. */
function lineWords(before: string, after: string): string | null {
  if (before === after) return null;
  const added = missingFrom(before, after);
  const removed = missingFrom(after, before);
  if (added === 0 && removed === 0) return "lines in another order or spaced differently";
  if (before.trim() === "") return "written";
  if (after.trim() === "") return "removed";
  const part = (count: number, verb: string) =>
    count === 0 ? null : `${count} ${plural(count, "line")} ${verb}`;
  return [part(added, "added"), part(removed, "removed")].filter(Boolean).join(", ");
}

function missingFrom(text: string, other: string): number {
  const left = new Map<string, number>();
  for (const line of linesOf(text)) left.set(line, (left.get(line) ?? 0) + 1);
  return linesOf(other).filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  }).length;
}

const linesOf = (text: string) => text.split(/\r?\n/).filter((line) => line.trim() !== "");

const seconds = (value: number | null) => (value === null ? "not set" : durationWords(value));
const plain = (value: number | null) => (value === null ? "not set" : String(value));

const VALUES: [path: string[], read: (draft: AssessmentDraft) => string][] = [
  [["title"], (draft) => draft.title],
  [["company", "name"], (draft) => draft.company.name],
  [["role", "title"], (draft) => draft.role.title],
  [["role", "type"], (draft) => ROLE_TYPE_NAMES[draft.role.type]],
  [["stages"], (draft) => draft.stages.map((stage) => STAGE_NAMES[stage]).join(", ")],
  [["aiPolicy", "kind"], (draft) => AI_POLICY_NAMES[draft.aiPolicy.kind]],
  [["limitSec"], (draft) => seconds(draft.limitSec)],
  [["practiceLimitSec"], (draft) => seconds(draft.practiceLimitSec)],
  [["snapshotIntervalSec"], (draft) => seconds(draft.snapshotIntervalSec)],
  [["image"], (draft) => draft.image],
  [["limits", "cpus"], (draft) => plain(draft.limits.cpus)],
  [["limits", "memoryMib"], (draft) => gigabytes(draft.limits.memoryMib)],
  [["limits", "diskMib"], (draft) => gigabytes(draft.limits.diskMib)],
  [["limits", "pids"], (draft) => plain(draft.limits.pids)],
];

function valueDifferences(before: AssessmentDraft, after: AssessmentDraft): Difference[] {
  const values = VALUES.flatMap(([path, read]) => {
    const [was, is] = [read(before), read(after)];
    return was === is ? [] : [{ name: nameOfPath(path), words: `${was || "empty"} → ${is || "empty"}` }];
  });
  const files = (["starter", "practiceStarter"] as const).filter((key) => !sameJson(before[key], after[key]));
  return [...values, ...files.map((key) => ({ name: nameOfPath([key]), words: "other files" }))];
}

function rubricDifferences(before: AssessmentDraft, after: AssessmentDraft): Difference[] {
  const [was, is] = [before.rubric.criteria, after.rubric.criteria];
  const name = (criterion: DraftCriterion) => `“${criterion.title || "Untitled"}”`;
  const removed = was.filter(({ id }) => !is.some((criterion) => criterion.id === id));
  const found = is.flatMap((criterion): Difference[] => {
    const old = was.find(({ id }) => id === criterion.id);
    if (!old) return [{ name: "Rubric", words: `${name(criterion)} added` }];
    const words = criterionWords(old, criterion);
    return words === null ? [] : [{ name: name(criterion), words }];
  });
  const order = (list: readonly DraftCriterion[], other: readonly DraftCriterion[]) =>
    list.map(({ id }) => id).filter((id) => other.some((criterion) => criterion.id === id));
  const isReordered = !sameJson(order(was, is), order(is, was));
  return [
    ...removed.map((criterion) => ({ name: "Rubric", words: `${name(criterion)} removed` })),
    ...found,
    ...(isReordered ? [{ name: "Rubric", words: "in another order" }] : []),
  ];
}

function criterionWords(before: DraftCriterion, after: DraftCriterion): string | null {
  const levels = after.anchors.filter((anchor, index) => !sameJson(anchor, before.anchors[index]));
  const words = [
    before.title === after.title ? null : `was “${before.title}”`,
    before.weight === after.weight ? null : `weight ${plain(before.weight)} → ${plain(after.weight)}`,
    before.guidance === after.guidance ? null : "guidance reworded",
    levels.length === 0
      ? null
      : `${plural(levels.length, "level")} ${levels.map(({ level }) => level).join(", ")} reworded`,
  ].filter((part) => part !== null);
  return words.length === 0 ? null : words.join("; ");
}

function pinDifferences(before: AssessmentDraft, after: AssessmentDraft, nameOfPin: PinNames): Difference[] {
  const datasets = (draft: AssessmentDraft) =>
    draft.datasets.map((pin) => ({
      place: `/datasets/${pin.mountName}`,
      versionId: pin.datasetVersionId,
      more: pin.delivery as unknown,
    }));
  const apis = (draft: AssessmentDraft) =>
    draft.mockApis.map((pin) => ({
      place: pin.hostname,
      versionId: pin.mockApiVersionId,
      more: null as unknown,
    }));
  return [datasets, apis].flatMap((read) => {
    const [was, is] = [read(before), read(after)];
    const places = [...new Set([...was, ...is].map(({ place }) => place))];
    return places.flatMap((place): Difference[] => {
      const [old, now] = [was, is].map((pins) => pins.find((pin) => pin.place === place));
      if (sameJson(old, now)) return [];
      const words = (id: string | null | undefined) => (id ? (nameOfPin(id) ?? "another version") : "none");
      if (!old) return [{ name: place, words: `${words(now!.versionId)} added` }];
      if (!now) return [{ name: place, words: "removed" }];
      if (old.versionId === now.versionId) return [{ name: place, words: "delivered differently" }];
      return [{ name: place, words: `${words(old.versionId)} → ${words(now.versionId)}` }];
    });
  });
}

/** Models and packages. */
function policyDifferences(
  before: AssessmentDraft,
  after: AssessmentDraft,
  nameOfPin: PinNames,
): Difference[] {
  const [was, is] = [policyFacts(before, nameOfPin), policyFacts(after, nameOfPin)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((name): Difference[] => {
    const [old, now] = [was.get(name) ?? "none", is.get(name) ?? "none"];
    return old === now ? [] : [{ name, words: `${old} → ${now}` }];
  });
}
