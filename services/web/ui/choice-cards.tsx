import type { ReactNode } from "react";
import { Radio, RadioGroup, Text } from "react-aria-components";
import { classNames } from "./class-names.ts";
import { Field } from "./field.tsx";

export interface Choice<Value extends string> {
  value: Value;
  label: string;
  description?: ReactNode;
  isDisabled?: boolean;
}

export interface ChoiceCardsProps<Value extends string> {
  label: ReactNode;
  description?: ReactNode;
  error?: ReactNode;
  choices: readonly Choice<Value>[];
  value: Value | null;
  onChange: (value: Value) => void;
  /** Side by side where there is room. */
  columns?: 1 | 2 | 3;
  className?: string;
  "data-testid"?: string;
}

const COLUMNS = { 1: "", 2: "sm:grid-cols-2", 3: "sm:grid-cols-3" };

/** One of a few, each explained: for choices whose names alone do not say enough. */
export function ChoiceCards<Value extends string>(props: ChoiceCardsProps<Value>) {
  const { label, description, error, choices, columns = 1 } = props;
  return (
    <RadioGroup
      value={props.value}
      onChange={(value) => props.onChange(value as Value)}
      isInvalid={Boolean(error)}
      data-testid={props["data-testid"]}
    >
      <Field label={label} description={description} error={error} className={props.className}>
        <div className={classNames("grid gap-2.5", COLUMNS[columns])}>
          {choices.map((choice) => (
            <ChoiceCard key={choice.value} choice={choice} />
          ))}
        </div>
      </Field>
    </RadioGroup>
  );
}

function ChoiceCard({ choice }: { choice: Choice<string> }) {
  return (
    <Radio
      value={choice.value}
      isDisabled={choice.isDisabled}
      data-testid={`choice-${choice.value}`}
      className={classNames(
        "group flex cursor-pointer items-start gap-3 rounded-lg border border-line-strong/60 bg-surface px-4 py-3 transition-colors",
        "data-hovered:border-line-strong data-selected:border-accent data-selected:bg-accent-soft",
        "data-focus-visible:outline-2 data-focus-visible:outline-offset-2 data-focus-visible:outline-accent",
        "data-disabled:cursor-not-allowed data-disabled:opacity-55",
      )}
    >
      <span
        aria-hidden
        className="mt-1 grid size-4 shrink-0 place-items-center rounded-full border border-line-strong bg-surface group-data-selected:border-accent"
      >
        <span className="invisible size-2 rounded-full bg-accent group-data-selected:visible" />
      </span>
      <span className="min-w-0">
        <span className="block font-medium">{choice.label}</span>
        {choice.description ? (
          <Text slot="description" className="mt-0.5 block text-[0.867rem] leading-normal text-ink-soft">
            {choice.description}
          </Text>
        ) : null}
      </span>
    </Radio>
  );
}
