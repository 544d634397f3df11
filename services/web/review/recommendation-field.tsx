import { Label, Radio, RadioGroup } from "react-aria-components";
import type { Recommendation } from "../../shared/contracts/rubric.ts";
import { classNames } from "../ui/class-names.ts";

export const RECOMMENDATION_NAMES: Record<Recommendation, string> = {
  strong_no: "Strong no",
  no: "No",
  yes: "Yes",
  strong_yes: "Strong yes",
};
const CHOICES = Object.keys(RECOMMENDATION_NAMES) as Recommendation[];

export interface RecommendationFieldProps {
  value: Recommendation | null;
  onChange: (value: Recommendation) => void;
  error?: string | null;
}

export function RecommendationField({ value, onChange, error }: RecommendationFieldProps) {
  return (
    <RadioGroup
      value={value}
      onChange={(choice) => onChange(choice as Recommendation)}
      data-testid="recommendation"
    >
      <Label className="text-[0.933rem] font-medium">Recommendation</Label>
      <p className="text-[0.867rem] text-ink-faint">Your own judgement, beside the ratings.</p>
      <div className="mt-1.5 grid grid-cols-2 gap-1.5 sm:grid-cols-4 lg:grid-cols-2 2xl:grid-cols-4">
        {CHOICES.map((choice) => (
          <Radio
            key={choice}
            value={choice}
            className={classNames(
              "cursor-pointer rounded-lg border border-line-strong/60 bg-surface py-2 text-center text-[0.9rem] font-medium transition-colors",
              "data-hovered:border-line-strong data-focus-visible:outline-2 data-focus-visible:outline-offset-2 data-focus-visible:outline-accent",
              choice.endsWith("no")
                ? "data-selected:border-danger-line data-selected:bg-danger-soft data-selected:text-danger"
                : "data-selected:border-accent-line data-selected:bg-accent-soft data-selected:text-accent",
            )}
          >
            {RECOMMENDATION_NAMES[choice]}
          </Radio>
        ))}
      </div>
      {error ? <p className="mt-1.5 text-[0.84rem] text-danger">{error}</p> : null}
    </RadioGroup>
  );
}
