import { Check, CornerDownRight, Quote } from "lucide-react";
import { useId, useMemo, useRef } from "react";
import { Label, Radio, RadioGroup } from "react-aria-components";
import type { Criterion, Rating } from "../../shared/contracts/rubric.ts";
import { Button } from "../ui/button.tsx";
import { classNames } from "../ui/class-names.ts";
import { TextArea } from "../ui/field.tsx";
import { type FoundReference, findReferences, insertReference } from "./file-reference.ts";
import { isRated } from "./rubric-progress.ts";

export interface CriterionCardProps {
  criterion: Criterion;
  number: number;
  rating: Rating;
  /** The one that the number keys rate. */
  isFocused: boolean;
  /** Submitting was tried while something here was missing. */
  showGaps: boolean;
  /** The open file and selected lines, for example `src/a.py:3-9`; null when nothing is open. */
  reference: string | null;
  paths: ReadonlySet<string>;
  onRating: (rating: Rating) => void;
  onFocus: () => void;
  onFollow: (reference: FoundReference) => void;
}

export function CriterionCard(props: CriterionCardProps) {
  const { criterion, number, rating, isFocused, onFocus } = props;
  const headingId = useId();
  return (
    <section
      aria-labelledby={headingId}
      onFocus={onFocus}
      onPointerDown={onFocus}
      data-testid={`criterion-${criterion.id}`}
      data-criterion={criterion.id}
      data-focused={isFocused || undefined}
      className={classNames(
        "relative scroll-mt-4 border-b border-line px-5 py-5 transition-colors",
        "before:absolute before:inset-y-0 before:left-0 before:w-[3px] before:transition-colors",
        isFocused && "before:bg-accent",
      )}
    >
      <CriterionHeading {...props} id={headingId} number={number} />
      <Levels {...props} />
      <Evidence {...props} />
      {props.showGaps && !isRated(rating) ? (
        <p className="mt-2 text-[0.84rem] text-danger">
          {rating.level === null ? "Choose a level" : "Say what you saw"}
          {rating.level === null && rating.evidence.trim() === "" ? " and say what you saw" : ""}.
        </p>
      ) : null}
    </section>
  );
}

function CriterionHeading({ criterion, number, rating, id }: CriterionCardProps & { id: string }) {
  return (
    <>
      <div className="flex items-start gap-2.5">
        <span
          aria-hidden
          className={classNames(
            "mt-px grid size-[1.4rem] shrink-0 place-items-center rounded-full border text-[0.75rem] font-semibold tabular-nums",
            isRated(rating) ? "border-accent bg-accent text-on-accent" : "border-line-strong text-ink-soft",
          )}
        >
          {isRated(rating) ? <Check size={13} strokeWidth={3} /> : number}
        </span>
        <h3 id={id} className="flex-1 text-[1rem] leading-snug font-[620]">
          {criterion.title}
        </h3>
        {criterion.weight === 1 ? null : (
          <span className="mt-0.5 text-[0.8rem] whitespace-nowrap text-ink-faint">
            weight {criterion.weight}
          </span>
        )}
      </div>
      {criterion.guidance ? (
        <p className="mt-1.5 text-[0.867rem] leading-normal text-ink-soft">{criterion.guidance}</p>
      ) : null}
    </>
  );
}

function Levels({ criterion, rating, onRating }: CriterionCardProps) {
  return (
    <RadioGroup
      value={rating.level === null ? null : String(rating.level)}
      onChange={(level) => onRating({ ...rating, level: Number(level) })}
      className="mt-3"
    >
      <Label className="sr-only">Level of “{criterion.title}”</Label>
      <div className="divide-y divide-line overflow-hidden rounded-lg border border-line">
        {criterion.anchors
          .toSorted((a, b) => a.level - b.level)
          .map((anchor) => (
            <Radio
              key={anchor.level}
              value={String(anchor.level)}
              className={classNames(
                "group flex cursor-pointer gap-3 px-3 py-2 transition-colors data-hovered:bg-sunken",
                "data-selected:bg-accent-soft data-focus-visible:outline-2 data-focus-visible:-outline-offset-2 data-focus-visible:outline-accent",
              )}
            >
              <span
                className={classNames(
                  "mt-px grid size-[1.45rem] shrink-0 place-items-center rounded-md border border-line-strong bg-surface text-[0.8rem] font-semibold tabular-nums",
                  "group-data-selected:border-accent group-data-selected:bg-accent group-data-selected:text-on-accent",
                )}
              >
                {anchor.level}
              </span>
              <span className="min-w-0 text-[0.84rem] leading-[1.45]">
                <span className="font-[600] text-ink">{anchor.title}</span>
                <span className="block text-ink-soft">{anchor.description}</span>
              </span>
            </Radio>
          ))}
      </div>
    </RadioGroup>
  );
}

function Evidence({ criterion, rating, reference, paths, onRating, onFollow }: CriterionCardProps) {
  const frame = useRef<HTMLDivElement>(null);
  const insert = () => {
    const area = frame.current?.querySelector("textarea");
    if (!area || reference === null) return;
    const { selectionStart: start, selectionEnd: end } = area;
    const next = insertReference(rating.evidence, { start, end }, reference);
    onRating({ ...rating, evidence: next.text });
    requestAnimationFrame(() => {
      area.focus();
      area.setSelectionRange(next.caret, next.caret);
    });
  };
  const references = useMemo(() => findReferences(rating.evidence, paths), [rating.evidence, paths]);
  return (
    <div ref={frame} className="mt-3.5">
      <TextArea
        label="Evidence"
        aria-label={`Evidence for “${criterion.title}”`}
        placeholder="What in the submission shows this level? Point to files and lines."
        rows={3}
        maxLength={5000}
        value={rating.evidence}
        onChange={(evidence) => onRating({ ...rating, evidence })}
        data-testid={`evidence-${criterion.id}`}
        className="[&_textarea]:text-[0.9rem] [&_textarea]:[field-sizing:content] [&_textarea]:min-h-[4.9rem]"
      />
      <div className="mt-1.5 flex flex-wrap items-center gap-1.5">
        <Button
          size="small"
          variant="quiet"
          isDisabled={reference === null}
          onPress={insert}
          className="-ml-2 h-7! max-w-full px-2! text-[0.8rem]!"
          data-testid={`insert-reference-${criterion.id}`}
          data-insert-reference
        >
          <Quote aria-hidden size={13} className="shrink-0" />
          <span className="truncate">Insert {reference ?? "reference"}</span>
        </Button>
        <References references={references} onFollow={onFollow} />
      </div>
    </div>
  );
}

export interface ReferencesProps {
  references: readonly FoundReference[];
  onFollow: (reference: FoundReference) => void;
}

/** The places a note points to, as buttons that go there. */
export function References({ references, onFollow }: ReferencesProps) {
  return references.map((reference) => (
    <button
      key={reference.text}
      type="button"
      onClick={() => onFollow(reference)}
      aria-label={`Go to ${reference.text}`}
      title={`Go to ${reference.text}`}
      className="inline-flex h-7 max-w-full items-center gap-1 rounded-md border border-line bg-sunken px-2 font-mono text-[0.75rem] text-ink-soft hover:border-line-strong hover:text-ink"
    >
      <CornerDownRight aria-hidden size={12} className="shrink-0" />
      <span className="truncate">{reference.text.slice(reference.text.lastIndexOf("/") + 1)}</span>
    </button>
  ));
}
