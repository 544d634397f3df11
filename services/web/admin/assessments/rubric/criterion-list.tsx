import { Check, GripVertical } from "lucide-react";
import {
  Button,
  DropIndicator,
  type DropIndicatorRenderProps,
  GridList,
  GridListItem,
  useDragAndDrop,
} from "react-aria-components";
import type { DraftCriterion } from "../../../../shared/contracts/assessment-draft.ts";
import { classNames } from "../../../ui/class-names.ts";
import { filledOf, moveCriterion, shareOf } from "./rubric-edits.ts";

export interface CriterionListProps {
  criteria: readonly DraftCriterion[];
  chosenId: string;
  onChoose: (id: string) => void;
  onReorder: (change: (criteria: DraftCriterion[]) => DraftCriterion[]) => void;
}

/** Dragged by pointer or touch; by keyboard with Enter on the handle, arrows, and Enter again. */
export function CriterionList({ criteria, chosenId, onChoose, onReorder }: CriterionListProps) {
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => [...keys].map((key) => ({ "text/plain": titleOf(criteria, String(key)) })),
    onReorder: ({ keys, target }) => {
      const [id] = keys;
      const { key, dropPosition } = target;
      if (id === undefined || dropPosition === "on") return;
      onReorder((before) => moveCriterion(before, String(id), String(key), dropPosition));
    },
    renderDropIndicator: (target) => <DropIndicator target={target} className={indicatorClass} />,
  });
  return (
    <GridList
      aria-label="Criteria, in the order reviewers see them"
      items={criteria.map((criterion) => ({
        ...criterion,
        share: shareOf(criteria, criterion.id),
        progress: filledOf(criterion),
      }))}
      selectionMode="single"
      selectionBehavior="replace"
      disallowEmptySelection
      selectedKeys={[chosenId]}
      onSelectionChange={(keys) => {
        const [id] = keys === "all" ? [] : keys;
        if (id !== undefined) onChoose(String(id));
      }}
      dragAndDropHooks={dragAndDropHooks}
      data-testid="criterion-list"
      className="flex flex-col p-1.5 outline-none"
    >
      {(item) => (
        <GridListItem
          id={item.id}
          textValue={item.title || "Untitled"}
          data-testid={`criterion-${item.id}`}
          className={classNames(
            "group flex cursor-pointer items-center gap-2 rounded-md px-1.5 py-2 transition-colors data-hovered:bg-ink/4",
            "data-selected:bg-accent-soft data-dragging:opacity-50 data-focus-visible:-outline-offset-2",
          )}
        >
          <Button
            slot="drag"
            className="grid size-7 shrink-0 cursor-grab place-items-center rounded text-ink-faint data-hovered:text-ink"
          >
            <GripVertical aria-hidden size={16} />
          </Button>
          <span className="min-w-0 flex-1">
            <span
              className={classNames(
                "block leading-snug font-[560] [overflow-wrap:anywhere]",
                !item.title && "text-ink-faint",
              )}
            >
              {item.title || "Untitled"}
            </span>
            <span className="block text-[0.8rem] text-ink-soft tabular-nums">
              {item.share === null ? "weight missing" : `${Math.round(item.share * 100)} % of the whole`}
            </span>
          </span>
          <Progress {...item.progress} />
        </GridListItem>
      )}
    </GridList>
  );
}

function Progress({ filled, of }: { filled: number; of: number }) {
  if (filled === of) {
    return (
      <span className="pr-1 text-accent">
        <Check aria-hidden size={16} strokeWidth={2.4} />
        <span className="sr-only">complete</span>
      </span>
    );
  }
  return (
    <span className="pr-1 text-[0.8rem] text-warn tabular-nums">
      <span className="sr-only">filled in: </span>
      {filled}/{of}
    </span>
  );
}

const indicatorClass = ({ isDropTarget }: DropIndicatorRenderProps) =>
  classNames("h-0.5 rounded-full", isDropTarget && "bg-accent");

const titleOf = (criteria: readonly DraftCriterion[], id: string) =>
  criteria.find((criterion) => criterion.id === id)?.title ?? "";
