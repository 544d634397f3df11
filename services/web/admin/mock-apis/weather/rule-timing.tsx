import { Checkbox, Select } from "../../../ui/field.tsx";
import { NumberField } from "../../../ui/number-field.tsx";
import type { RuleForm, RuleProblems } from "./rule-form.ts";

export interface RuleTimingProps {
  form: RuleForm;
  problems: RuleProblems;
  onChange: (change: Partial<RuleForm>) => void;
}

export function RateFields({ form, problems, onChange }: RuleTimingProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Select<RuleForm["rateKind"]>
        label="How often"
        options={[
          { value: "probability", label: "A share of the requests" },
          { value: "every", label: "Every so many requests" },
        ]}
        value={form.rateKind}
        onChange={(rateKind) => onChange({ rateKind })}
      />
      {form.rateKind === "probability" ? (
        <NumberField
          label="Share"
          unit="%"
          value={form.percent}
          onChange={(percent) => onChange({ percent })}
          error={problems.percent ? "From 0 to 100." : null}
          data-testid="rule-percent"
        />
      ) : (
        <NumberField
          label="Every"
          unit="requests"
          value={form.every}
          onChange={(every) => onChange({ every })}
          error={problems.every}
        />
      )}
    </div>
  );
}

/** All of it may stay empty: then the rule always holds. */
export function ScheduleFields({ form, problems, onChange }: RuleTimingProps) {
  const number = (
    field: "afterRequests" | "fromMinute" | "toMinute" | "atMost" | "burstEverySec" | "burstForSec",
    label: string,
    unit?: string,
  ) => (
    <NumberField
      label={label}
      unit={unit}
      value={form[field]}
      onChange={(value) => onChange({ [field]: value })}
      error={problems[field] && form[field] === null ? "Enter a number." : problems[field]}
    />
  );
  return (
    <>
      <p className="-mb-2 text-[0.867rem] text-ink-faint">What stays empty below sets no limit.</p>
      <div className="grid gap-4 sm:grid-cols-2">
        {number("fromMinute", "From minute of the attempt", "min")}
        {number("toMinute", "Until minute", "min")}
        {number("afterRequests", "Only after so many requests to the operation")}
        {number("atMost", "At most, for one operation", "times")}
      </div>
      <Checkbox isSelected={form.hasBursts} onChange={(hasBursts) => onChange({ hasBursts })}>
        Only in bursts
      </Checkbox>
      {form.hasBursts ? (
        <div className="grid gap-4 sm:grid-cols-2">
          {number("burstForSec", "For", "s")}
          {number("burstEverySec", "Of every", "s")}
        </div>
      ) : null}
    </>
  );
}
