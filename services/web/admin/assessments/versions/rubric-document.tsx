import type { DraftCriterion } from "../../../../shared/contracts/assessment-draft.ts";
import { shareOf } from "../rubric/rubric-edits.ts";

/** The rubric to read: criteria in their order, levels from the highest down. */
export function RubricDocument({ criteria }: { criteria: readonly DraftCriterion[] }) {
  if (criteria.length === 0) return <p>No criterion.</p>;
  return (
    <ol className="flex flex-col gap-7">
      {criteria.map((criterion) => {
        const share = shareOf(criteria, criterion.id);
        return (
          <li key={criterion.id}>
            <h3 className="flex flex-wrap items-baseline gap-x-3 font-[620] text-ink">
              {criterion.title || "Untitled"}
              {share === null ? null : (
                <span className="text-[0.867rem] font-normal text-ink-faint">
                  {Math.round(share * 100)} %
                </span>
              )}
            </h3>
            {criterion.guidance ? <p className="mt-1">{criterion.guidance}</p> : null}
            <ol className="mt-3 divide-y divide-line border-y border-line text-[0.933rem]">
              {[...criterion.anchors]
                .sort((a, b) => b.level - a.level)
                .map((anchor) => (
                  <li
                    key={anchor.level}
                    className="grid gap-x-4 py-2 sm:grid-cols-[1.5rem_10rem_minmax(0,1fr)]"
                  >
                    <span className="font-[620] text-ink tabular-nums">{anchor.level}</span>
                    <span className="text-ink">{anchor.title || "–"}</span>
                    <span>{anchor.description || "–"}</span>
                  </li>
                ))}
            </ol>
          </li>
        );
      })}
    </ol>
  );
}
