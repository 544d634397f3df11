import { ArrowDown, ArrowUp, Copy, Trash2 } from "lucide-react";
import type { z } from "zod";
import type { DraftAnchor, DraftCriterion } from "../../../../shared/contracts/assessment-draft.ts";
import { IconButton } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { TextArea, TextField } from "../../../ui/field.tsx";
import { NumberField } from "../../../ui/number-field.tsx";
import type { GapAt } from "../composer/gaps.ts";
import { LEVELS, shareOf } from "./rubric-edits.ts";

type Anchor = z.infer<typeof DraftAnchor>;

export interface CriterionEditorProps {
  criterion: DraftCriterion;
  index: number;
  criteria: readonly DraftCriterion[];
  gapAt: GapAt;
  onChange: (change: Partial<DraftCriterion>) => void;
  onShift: (by: -1 | 1) => void;
  onDuplicate: () => void;
  onRemove: () => void;
}

export function CriterionEditor(props: CriterionEditorProps) {
  const { criterion, index, criteria, gapAt, onChange } = props;
  const path = `rubric.criteria.${index}`;
  const share = shareOf(criteria, criterion.id);
  const setAnchor = (level: number, change: Partial<Anchor>) =>
    onChange({
      anchors: LEVELS.map((each) => withChange(anchorOf(criterion, each), each === level ? change : {})),
    });
  return (
    <Card
      title={`Criterion ${index + 1} of ${criteria.length}`}
      actions={<CriterionActions {...props} />}
      data-testid="criterion-editor"
    >
      <div className="flex flex-col gap-5" data-path={path}>
        <div className="grid items-start gap-5 sm:grid-cols-[minmax(0,1fr)_9rem]">
          <div data-path={`${path}.title`}>
            <TextField
              label="Title"
              description="What it judges, in a few words"
              placeholder="Handles the data as it really is"
              value={criterion.title}
              onChange={(title) => onChange({ title })}
              maxLength={300}
              error={gapAt(`${path}.title`)}
              data-testid="criterion-title"
            />
          </div>
          <div data-path={`${path}.weight`}>
            <NumberField
              label="Weight"
              description={
                share === null ? "Above 0, at most 10" : `${Math.round(share * 100)} % of the whole`
              }
              value={criterion.weight}
              onChange={(weight) => onChange({ weight })}
              error={gapAt(`${path}.weight`)}
              data-testid="criterion-weight"
            />
          </div>
        </div>
        <div data-path={`${path}.guidance`}>
          <TextArea
            label="Guidance for reviewers"
            description="Where to look, and what not to be impressed by. Candidates never see it."
            rows={2}
            grows
            value={criterion.guidance}
            onChange={(guidance) => onChange({ guidance })}
            maxLength={8000}
            error={gapAt(`${path}.guidance`)}
          />
        </div>
        <fieldset data-path={`${path}.anchors`}>
          <legend className="text-[0.933rem] font-medium">What each level looks like</legend>
          <p className="mb-3 text-[0.867rem] text-ink-faint">
            What one can see in a submission, so that two reviewers who never met give the same level.
          </p>
          <ol className="flex flex-col divide-y divide-line rounded-lg border border-line">
            {[...LEVELS].reverse().map((level) => (
              <AnchorFields
                key={level}
                level={level}
                anchor={anchorOf(criterion, level)}
                path={`${path}.anchors.${level - 1}`}
                gapAt={gapAt}
                onChange={(change) => setAnchor(level, change)}
              />
            ))}
          </ol>
        </fieldset>
      </div>
    </Card>
  );
}

const anchorOf = (criterion: DraftCriterion, level: number): Anchor =>
  criterion.anchors.find((anchor) => anchor.level === level) ?? { level, title: "", description: "" };
const withChange = (anchor: Anchor, change: Partial<Anchor>): Anchor => ({ ...anchor, ...change });

const HINTS: Record<number, [title: string, description: string]> = {
  1: ["Missing", "What one sees when it is not there at all"],
  2: ["A beginning", "Tried, but it would not hold"],
  3: ["Solid", "What you would expect of a good colleague"],
  4: ["Strong", "More than expected, and for a reason"],
  5: ["Outstanding", "What you would show to others"],
};

interface AnchorFieldsProps {
  level: number;
  anchor: Anchor;
  path: string;
  gapAt: GapAt;
  onChange: (change: Partial<Anchor>) => void;
}

function AnchorFields({ level, anchor, path, gapAt, onChange }: AnchorFieldsProps) {
  const [title, description] = HINTS[level]!;
  return (
    <li className="grid gap-x-3 gap-y-2 p-3 sm:grid-cols-[2rem_11rem_minmax(0,1fr)]" data-path={path}>
      <span
        aria-hidden
        className="grid size-8 place-items-center rounded-full border border-line bg-sunken font-[620] tabular-nums sm:mt-1"
      >
        {level}
      </span>
      <TextField
        label={<span className="sr-only">Title of level {level}</span>}
        placeholder={title}
        value={anchor.title}
        onChange={(next) => onChange({ title: next })}
        maxLength={200}
        error={gapAt(`${path}.title`)}
        className="gap-1!"
        data-testid={`anchor-title-${level}`}
      />
      <TextArea
        label={<span className="sr-only">Description of level {level}</span>}
        placeholder={description}
        rows={2}
        grows
        value={anchor.description}
        onChange={(next) => onChange({ description: next })}
        maxLength={4000}
        error={gapAt(`${path}.description`) ?? gapAt(path)}
        className="gap-1!"
        data-testid={`anchor-description-${level}`}
      />
    </li>
  );
}

function CriterionActions({
  index,
  criteria,
  criterion,
  onShift,
  onDuplicate,
  onRemove,
}: CriterionEditorProps) {
  const name = criterion.title || `criterion ${index + 1}`;
  return (
    <span className="flex">
      <IconButton label={`Move ${name} up`} size="small" isDisabled={index === 0} onPress={() => onShift(-1)}>
        <ArrowUp aria-hidden size={16} />
      </IconButton>
      <IconButton
        label={`Move ${name} down`}
        size="small"
        isDisabled={index === criteria.length - 1}
        onPress={() => onShift(1)}
        data-testid="criterion-down"
      >
        <ArrowDown aria-hidden size={16} />
      </IconButton>
      <IconButton label={`Duplicate ${name}`} size="small" onPress={onDuplicate}>
        <Copy aria-hidden size={15} />
      </IconButton>
      <IconButton label={`Remove ${name}`} size="small" onPress={onRemove} data-testid="criterion-remove">
        <Trash2 aria-hidden size={15} />
      </IconButton>
    </span>
  );
}
