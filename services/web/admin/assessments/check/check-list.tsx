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

const URGENCY: readonly Status[] = ["failed", "warning"];

/** What needs somebody comes first, once everything is known; until then lines stay where they are. */
function inOrder(items: readonly Item[]): readonly Item[] {
  if (items.some(({ status }) => status === "pending" || status === "running")) return items;
  const rank = ({ status }: Item) => {
    const place = URGENCY.indexOf(status);
    return place < 0 ? URGENCY.length : place;
  };
  return [...items].sort((a, b) => rank(a) - rank(b));
}

/** Every line of a check as it stands, with what to do about it and the way there. */
export function CheckList({ items, onGoTo }: CheckListProps) {
  return (
    <ol
      aria-label="What is checked"
      className="divide-y divide-line rounded-lg border border-line"
      data-testid="check-list"
    >
      {inOrder(items).map((item) => (
        <li
          key={item.id}
          className="flex items-start gap-3 px-4 py-2"
          data-testid={`check-${item.id}`}
          data-status={item.status}
        >
          <span className="mt-0.5 grid size-5 shrink-0 place-items-center">
            {MARKS[item.status].icon}
            <span className="sr-only">{MARKS[item.status].word}: </span>
          </span>
          <div className="flex min-w-0 flex-1 flex-wrap items-start gap-x-4 gap-y-1.5">
            <CheckWords item={item} />
            <GoThere item={item} onGoTo={onGoTo} />
          </div>
        </li>
      ))}
    </ol>
  );
}

/** What went well takes one line; what did not takes what it needs. */
function CheckWords({ item }: { item: Item }) {
  const needsSomebody = URGENCY.includes(item.status);
  const isQuiet = item.status === "pending" || item.status === "skipped";
  const tookSec =
    item.durationMs !== null && item.durationMs >= 1000 ? (item.durationMs / 1000).toFixed(1) : null;
  return (
    <div
      className={classNames(
        "min-w-0 flex-[1_1_16rem] [overflow-wrap:anywhere]",
        !needsSomebody && "grid gap-x-4 sm:grid-cols-[18rem_minmax(0,1fr)]",
      )}
    >
      <p className={isQuiet ? "text-ink-soft" : "font-medium"}>
        {item.title}
        {tookSec ? (
          <span className="ml-2 text-[0.84rem] font-normal text-ink-faint tabular-nums">{tookSec} s</span>
        ) : null}
      </p>
      {item.message ? <p className="text-[0.9rem] leading-[1.7] text-ink-soft">{item.message}</p> : null}
      {item.remedy ? <p className="text-[0.9rem] text-ink">{item.remedy}</p> : null}
    </div>
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
