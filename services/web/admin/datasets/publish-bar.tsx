import { Button } from "../../ui/button.tsx";
import { formatCount } from "../../ui/chart-scale.ts";
import { SaveMark, type SavePhase } from "../../ui/save-mark.tsx";
import { plural } from "../../ui/time-words.ts";
import type { ChoiceSummary } from "./import-choices.ts";

export interface PublishBarProps {
  phase: SavePhase;
  summary: ChoiceSummary;
  onPublish: () => void;
}

/** Always in sight: what the choices come to, whether they are saved, and the way on. */
export function PublishBar({ phase, summary, onPublish }: PublishBarProps) {
  return (
    <div className="sticky bottom-0 z-20 -mx-4 border-t border-line bg-page/95 px-4 py-3 backdrop-blur-sm sm:mx-0 sm:rounded-t-xl sm:border-x sm:px-5">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-56">
          <p className="text-[0.933rem] font-medium">{changeWords(summary)}</p>
          <SaveMark phase={phase} />
        </div>
        <Button
          variant="primary"
          onPress={onPublish}
          isDisabled={summary.isNothingLeft || phase === "conflict"}
          data-testid="publish"
        >
          Publish…
        </Button>
      </div>
    </div>
  );
}

/** `2 columns dropped, 1 pseudonymised`. */
export function changeWords({ columns, tablesLeftOut, isNothingLeft, keptSensitive }: ChoiceSummary): string {
  if (isNothingLeft) return "Nothing would be left. Keep at least one column.";
  const changed = [
    [columns.drop, "dropped"],
    [columns.mask, "masked"],
    [columns.pseudonymise, "pseudonymised"],
  ] as const;
  const parts = changed
    .filter(([count]) => count > 0)
    .map(([count, word], index) =>
      index === 0
        ? `${formatCount(count)} ${plural(count, "column")} ${word}`
        : `${formatCount(count)} ${word}`,
    );
  if (tablesLeftOut > 0) parts.push(`${tablesLeftOut} ${plural(tablesLeftOut, "table")} left out`);
  if (keptSensitive.length > 0)
    parts.push(`${keptSensitive.length} sensitive ${plural(keptSensitive.length, "column")} kept`);
  return parts.length > 0 ? parts.join(", ") : "Every column is kept as it is";
}
