import type { ReactNode } from "react";
import { NumberField as AriaNumberField, Group, Input } from "react-aria-components";
import { classNames } from "./class-names.ts";
import { Field } from "./field.tsx";

export interface NumberFieldProps {
  label: ReactNode;
  description?: ReactNode;
  error?: ReactNode;
  /** Null while nothing is typed. */
  value: number | null;
  onChange: (value: number | null) => void;
  /** Shown behind the number, for example `GB`. */
  unit?: string;
  step?: number;
  /** Digits behind the point, at most. */
  fractionDigits?: number;
  className?: string;
  isDisabled?: boolean;
  "data-testid"?: string;
}

/** A number with its unit. It takes any number: what fits is said by `error`, so that nothing typed is changed. */
export function NumberField({ label, description, error, value, onChange, unit, ...rest }: NumberFieldProps) {
  return (
    <AriaNumberField
      value={value ?? Number.NaN}
      onChange={(next) => onChange(Number.isNaN(next) ? null : next)}
      step={rest.step}
      formatOptions={{ maximumFractionDigits: rest.fractionDigits ?? 2, useGrouping: true }}
      isInvalid={Boolean(error)}
      isDisabled={rest.isDisabled}
      // A wheel over a form should scroll the page.
      isWheelDisabled
    >
      <Field label={label} description={description} error={error} className={rest.className}>
        <Group
          className={classNames(
            "flex h-10 items-center rounded-lg border border-line-strong bg-surface data-hovered:border-ink-soft",
            "data-invalid:border-danger data-disabled:opacity-60",
            "data-focus-within:outline-2 data-focus-within:outline-offset-1 data-focus-within:outline-accent",
          )}
        >
          <Input
            data-testid={rest["data-testid"]}
            className="w-full min-w-0 bg-transparent px-3 text-ink tabular-nums outline-none"
          />
          {unit ? (
            <span aria-hidden className="shrink-0 pr-3 text-[0.9rem] whitespace-nowrap text-ink-faint">
              {unit}
            </span>
          ) : null}
        </Group>
      </Field>
    </AriaNumberField>
  );
}
