import { ChevronDown } from "lucide-react";
import { Select as AriaSelect, Button, SelectValue } from "react-aria-components";
import { classNames } from "./class-names.ts";
import { type SelectOption, SelectOptions } from "./select-options.tsx";

export interface InlineSelectProps<Value extends string> {
  /** Its accessible name; nothing of it is in sight. */
  label: string;
  options: readonly SelectOption<Value>[];
  value: Value;
  onChange: (value: Value) => void;
  isDisabled?: boolean;
  /** Draws attention to a choice that matters. */
  tone?: "neutral" | "warn";
  className?: string;
  "data-testid"?: string;
}

/** One choice of a few inside a row of something: small, without a label above. */
export function InlineSelect<Value extends string>({
  label,
  options,
  value,
  onChange,
  tone = "neutral",
  ...rest
}: InlineSelectProps<Value>) {
  return (
    <AriaSelect
      aria-label={label}
      value={value}
      onChange={(key) => key !== null && key !== value && onChange(key as Value)}
      isDisabled={rest.isDisabled}
      data-testid={rest["data-testid"]}
    >
      <Button
        className={classNames(
          "inline-flex h-8 items-center justify-between gap-1.5 rounded-md border px-2.5 text-left text-[0.867rem] font-medium whitespace-nowrap transition-colors",
          tone === "warn"
            ? "border-warn-line bg-warn-soft text-warn"
            : "border-line-strong/60 bg-surface text-ink data-hovered:border-line-strong",
          "data-disabled:opacity-60",
          rest.className,
        )}
      >
        <SelectValue className="truncate [&_[slot=description]]:hidden [&_svg]:hidden" />
        <ChevronDown aria-hidden size={14} className="shrink-0 opacity-70" />
      </Button>
      <SelectOptions options={options} className="min-w-(--trigger-width) max-w-80" />
    </AriaSelect>
  );
}
