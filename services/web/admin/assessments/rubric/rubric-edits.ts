import type { DraftCriterion } from "../../../../shared/contracts/assessment-draft.ts";

export const LEVELS = [1, 2, 3, 4, 5] as const;

type Criteria = readonly DraftCriterion[];

/** A criterion with five levels to describe. Its id never changes, so that reviews stay with it. */
export function newCriterion(criteria: Criteria): DraftCriterion {
  const taken = new Set(criteria.map(({ id }) => id));
  let number = criteria.length + 1;
  while (taken.has(`criterion_${number}`)) number += 1;
  const anchors = LEVELS.map((level) => ({ level, title: "", description: "" }));
  return { id: `criterion_${number}`, title: "", guidance: "", weight: 1, anchors };
}

/** The same criterion once more, right behind the first. */
export function duplicateCriterion(criteria: Criteria, id: string): DraftCriterion[] {
  const at = criteria.findIndex((criterion) => criterion.id === id);
  const original = criteria[at];
  if (!original) return [...criteria];
  const copy = { ...original, id: newCriterion(criteria).id, title: `${original.title} (copy)` };
  return [...criteria.slice(0, at + 1), copy, ...criteria.slice(at + 1)];
}

export const removeCriterion = (criteria: Criteria, id: string) =>
  criteria.filter((criterion) => criterion.id !== id);

export const changeCriterion = (criteria: Criteria, id: string, change: Partial<DraftCriterion>) =>
  criteria.map((criterion) => (criterion.id === id ? { ...criterion, ...change } : criterion));

/** Puts one criterion before or after another. */
export function moveCriterion(
  criteria: Criteria,
  id: string,
  target: string,
  position: "before" | "after",
): DraftCriterion[] {
  const moved = criteria.find((criterion) => criterion.id === id);
  if (!moved || id === target) return [...criteria];
  const rest = removeCriterion(criteria, id);
  const at = rest.findIndex((criterion) => criterion.id === target);
  if (at < 0) return [...criteria];
  const place = position === "before" ? at : at + 1;
  return [...rest.slice(0, place), moved, ...rest.slice(place)];
}

/** One place up or down; the first and the last stay where they are. */
export function shiftCriterion(criteria: Criteria, id: string, by: -1 | 1): DraftCriterion[] {
  const target = criteria[criteria.findIndex((criterion) => criterion.id === id) + by];
  return target ? moveCriterion(criteria, id, target.id, by < 0 ? "before" : "after") : [...criteria];
}

/** How much of the whole a criterion counts, from 0 to 1; null while a weight is missing or wrong. */
export function shareOf(criteria: Criteria, id: string): number | null {
  const weights = criteria.map(({ weight }) => weight);
  if (!weights.every((weight) => weight !== null && weight > 0)) return null;
  const total = weights.reduce<number>((sum, weight) => sum + (weight ?? 0), 0);
  return (criteria.find((criterion) => criterion.id === id)?.weight ?? 0) / total;
}

/** Its text fields that are filled in, of those that must be: a title, and title and description of each level. */
export function filledOf(criterion: DraftCriterion): { filled: number; of: number } {
  const levels = LEVELS.map((level) => criterion.anchors.find((anchor) => anchor.level === level));
  const texts = [criterion.title, ...levels.flatMap((anchor) => [anchor?.title, anchor?.description])];
  return { filled: texts.filter((text) => text?.trim()).length, of: texts.length };
}
