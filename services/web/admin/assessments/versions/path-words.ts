import type { AssessmentDraft } from "../../../../shared/contracts/assessment-draft.ts";
import { ROLE_TYPE_NAMES, type RoleType } from "../../../../shared/contracts/common.ts";
import { durationWords } from "../../../ui/time-words.ts";
import { AI_POLICY_NAMES, gigabytes } from "./value-words.ts";

const NAMES: Record<string, string> = {
  title: "Title",
  "company.name": "Company",
  "company.about": "About the company",
  "role.title": "Role",
  "role.type": "Role type",
  stages: "Stages",
  brief: "Brief",
  expectations: "What to expect",
  disclosures: "What is recorded",
  "aiPolicy.kind": "AI policy",
  "aiPolicy.statement": "Words about AI",
  limitSec: "Time",
  practiceLimitSec: "Practice time",
  snapshotIntervalSec: "Saved every",
  image: "Image",
  "limits.cpus": "Processors",
  "limits.memoryMib": "Memory",
  "limits.diskMib": "Disk",
  "limits.pids": "Processes",
  starter: "Starter files",
  practiceStarter: "Practice files",
  datasets: "Datasets",
  mockApis: "Mock APIs",
  packages: "Packages",
  models: "Models",
};
/** A value where the page shows it in another form than the draft holds it; null for all others. */
export function wordsOfValue(path: readonly string[], value: unknown): string | null {
  const place = path.join(".");
  if (typeof value === "number" && place.endsWith("Sec")) return durationWords(value);
  if (typeof value === "number" && place.endsWith("Mib")) return gigabytes(value);
  if (place === "role.type") return ROLE_TYPE_NAMES[value as RoleType];
  if (place === "aiPolicy.kind") return AI_POLICY_NAMES[value as AssessmentDraft["aiPolicy"]["kind"]];
  return null;
}

const CRITERION_FIELDS: Record<string, string> = { title: "title", guidance: "guidance", weight: "weight" };

/**
 * What a place in a draft is called on the page. Elements of the rubric are found by their id.
 * @param drafts where a criterion's title is looked up, first one that has it.
 */
export function nameOfPath(path: readonly string[], ...drafts: AssessmentDraft[]): string {
  if (path[0] === "rubric") return nameInRubric(path, drafts);
  return NAMES[path.join(".")] ?? NAMES[path[0] ?? ""] ?? path.join(" ");
}

function nameInRubric([, , id, field, level]: readonly string[], drafts: AssessmentDraft[]): string {
  if (id === undefined) return "Rubric";
  const title = drafts
    .flatMap((draft) => draft.rubric.criteria)
    .find((criterion) => criterion.id === id)?.title;
  const criterion = title ? `“${title}”` : "A criterion";
  if (field === undefined) return criterion;
  if (field === "anchors") return `${criterion}: ${level === undefined ? "levels" : `level ${level}`}`;
  return `${criterion}: ${CRITERION_FIELDS[field] ?? field}`;
}
