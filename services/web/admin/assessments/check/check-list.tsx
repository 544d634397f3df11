import { CircleAlert, CircleCheck, CircleDashed, CircleMinus, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { z } from "zod";
import type { CheckItem, CheckStatus } from "../../../../shared/contracts/composer.ts";
import { Button } from "../../../ui/button.tsx";
import { classNames } from "../../../ui/class-names.ts";
import { Spinner } from "../../../ui/spinner.tsx";
import { SECTION_OF, SECTIONS, type SectionId } from "../composer/sections.ts";

type Item = z.infer<typeof CheckItem>;
type Status = z.infer<typeof CheckStatus>;

const MARKS: Record<Status, { icon: ReactNode; word: string }> = {
  pending: { icon: <CircleDashed aria-hidden size={18} className="text-ink-faint" />, word: "waiting" },
  running: { icon: <Spinner className="size-4.5!" />, word: "running" },
  passed: { icon: <CircleCheck aria-hidden size={18} className="text-accent" />, word: "passed" },
  warning: { icon: <TriangleAlert aria-hidden size={18} className="text-warn" />, word: "warning" },
  failed: { icon: <CircleAlert aria-hidden size={18} className="text-danger" />, word: "failed" },
  skipped: { icon: <CircleMinus aria-hidden size={18} className="text-ink-faint" />, word: "left out" },
};

export interface CheckListProps {
  items: readonly Item[];
  onGoTo: (section: SectionId, at?: string) => void;
}

/** Every line of a check as it stands, with what to do about it and the way there. */
export function CheckList({ items, onGoTo }: CheckListProps) {
  return (
    <ol
      aria-label="What is checked"
      className="divide-y divide-line rounded-lg border border-line"
      data-testid="check-list"
    >
      {items.map((item) => (
        <li
          key={item.id}
          className="flex items-start gap-3 px-4 py-2.5"
          data-testid={`check-${item.id}`}
          data-status={item.status}
        >
          <span className="mt-0.5 grid size-5 shrink-0 place-items-center">
            {MARKS[item.status].icon}
            <span className="sr-only">{MARKS[item.status].word}: </span>
          </span>
          <div className="flex min-w-0 flex-1 flex-wrap items-start gap-x-4 gap-y-1.5">
            <div className="min-w-0 flex-[1_1_16rem]">
              <p
                className={classNames(
                  "[overflow-wrap:anywhere]",
                  item.status === "pending" || item.status === "skipped" ? "text-ink-soft" : "font-medium",
                )}
              >
                {item.title}
                {item.durationMs !== null && item.durationMs >= 1000 ? (
                  <span className="ml-2 text-[0.84rem] font-normal text-ink-faint tabular-nums">
                    {(item.durationMs / 1000).toFixed(1)} s
                  </span>
                ) : null}
              </p>
              {item.message ? (
                <p className="text-[0.9rem] text-ink-soft [overflow-wrap:anywhere]">{item.message}</p>
              ) : null}
              {item.remedy ? (
                <p className="text-[0.9rem] text-ink [overflow-wrap:anywhere]">{item.remedy}</p>
              ) : null}
            </div>
            <GoThere item={item} onGoTo={onGoTo} />
          </div>
        </li>
      ))}
    </ol>
  );
}

function GoThere({ item, onGoTo }: { item: Item; onGoTo: CheckListProps["onGoTo"] }) {
  if (!item.target || (item.status !== "failed" && item.status !== "warning")) return null;
  const section = SECTION_OF[item.target.section];
  return (
    <Button
      size="small"
      onPress={() => onGoTo(section, item.target?.path || undefined)}
      aria-label={`Go to ${SECTIONS[section].title}: ${item.title}`}
    >
      Go to {SECTIONS[section].title}
    </Button>
  );
}
