import { ListChecks, Plus } from "lucide-react";
import { useEffect, useState } from "react";
import type { DraftCriterion } from "../../../../shared/contracts/assessment-draft.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { EmptyState } from "../../../ui/states.tsx";
import type { SectionProps } from "../composer/section-props.ts";
import { CriterionEditor } from "./criterion-editor.tsx";
import { CriterionList } from "./criterion-list.tsx";
import {
  changeCriterion,
  duplicateCriterion,
  newCriterion,
  removeCriterion,
  shiftCriterion,
} from "./rubric-edits.ts";

const MOST = 20;

/** Criteria at the left in their order, the chosen one at the right. */
export function RubricSection({ content, edit, gapAt }: SectionProps) {
  const { criteria } = content.rubric;
  const [chosenId, choose] = useChosen(criteria);
  const set = (change: (criteria: DraftCriterion[]) => DraftCriterion[]) =>
    edit((draft) => ({ ...draft, rubric: { ...draft.rubric, criteria: change(draft.rubric.criteria) } }));
  const add = () => {
    const criterion = newCriterion(criteria);
    set((before) => [...before, criterion]);
    choose(criterion.id);
  };
  const addButton = (
    <Button size="small" onPress={add} isDisabled={criteria.length >= MOST} data-testid="add-criterion">
      <Plus aria-hidden size={15} />
      Add a criterion
    </Button>
  );
  const chosen = criteria.find(({ id }) => id === chosenId);
  if (!chosen) return <NoCriterion action={addButton} gap={gapAt("rubric.criteria")} />;
  const index = criteria.indexOf(chosen);
  return (
    <div className="grid items-start gap-5 xl:grid-cols-[19rem_minmax(0,1fr)]">
      <Card padding="none" className="overflow-hidden">
        <CriterionList criteria={criteria} chosenId={chosen.id} onChoose={choose} onReorder={set} />
        <div className="border-t border-line px-4 py-3">{addButton}</div>
      </Card>
      <CriterionEditor
        key={chosen.id}
        criterion={chosen}
        index={index}
        criteria={criteria}
        gapAt={gapAt}
        onChange={(change) => set((before) => changeCriterion(before, chosen.id, change))}
        onShift={(by) => set((before) => shiftCriterion(before, chosen.id, by))}
        onDuplicate={() => set((before) => duplicateCriterion(before, chosen.id))}
        onRemove={() => {
          choose((criteria[index + 1] ?? criteria[index - 1])?.id ?? null);
          set((before) => removeCriterion(before, chosen.id));
        }}
      />
    </div>
  );
}

function NoCriterion({ action, gap }: { action: React.ReactNode; gap: string | null }) {
  return (
    <Card data-testid="rubric-empty">
      <div data-path="rubric">
        <EmptyState
          icon={<ListChecks aria-hidden size={28} strokeWidth={1.5} />}
          title="No criterion yet"
          actions={action}
        >
          Four to six are easiest to judge well. Each says what to look at, and what five levels of it look
          like in a submission.
        </EmptyState>
        {gap ? <p className="text-center text-[0.867rem] text-danger">{gap}</p> : null}
      </div>
    </Card>
  );
}

/** The chosen criterion; the first one when the chosen one is gone. */
function useChosen(criteria: readonly DraftCriterion[]) {
  const [chosenId, choose] = useState<string | null>(criteria[0]?.id ?? null);
  const isThere = criteria.some(({ id }) => id === chosenId);
  const first = criteria[0]?.id ?? null;
  useEffect(() => {
    if (!isThere) choose(first);
  }, [isThere, first]);
  return [isThere ? chosenId : first, choose] as const;
}
