import type { z } from "zod";
import type { AssessmentVersionItem } from "../../shared/contracts/admin.ts";
import { ROLE_TYPE_NAMES } from "../../shared/contracts/common.ts";
import { durationWords } from "../ui/time-words.ts";

export const FACTORS = [
  { value: "1", label: "None" },
  { value: "1.25", label: "A quarter more" },
  { value: "1.5", label: "Half as much again" },
  { value: "2", label: "Twice the time" },
  { value: "3", label: "Three times the time" },
];

/** The usual ones, and the one that holds now where it is another. */
export function factorsWith(current: number) {
  if (FACTORS.some(({ value }) => Number(value) === current)) return FACTORS;
  return [...FACTORS, { value: String(current), label: `${current} × the time` }];
}

export function versionOptions(versions: readonly z.infer<typeof AssessmentVersionItem>[]) {
  return versions.map((version) => ({
    value: version.id,
    label: `${version.assessmentTitle}, version ${version.number}`,
    description: `${version.roleTitle} · ${ROLE_TYPE_NAMES[version.roleType]} · ${durationWords(version.limitSec)}`,
  }));
}
