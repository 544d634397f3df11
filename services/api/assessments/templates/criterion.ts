import type { DraftCriterion } from "../../../shared/contracts/assessment-draft.ts";

/** A criterion with weight 1; anchors from level 1 up, each a title and what one sees. */
export function criterion(
  id: string,
  title: string,
  guidance: string,
  anchors: readonly (readonly [title: string, description: string])[],
): DraftCriterion {
  return {
    id,
    title,
    guidance,
    weight: 1,
    anchors: anchors.map(([anchor, description], index) => ({
      level: index + 1,
      title: anchor,
      description,
    })),
  };
}
