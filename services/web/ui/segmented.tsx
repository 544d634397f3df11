import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import { classNames } from "./class-names.ts";

export interface SegmentedOption<Value extends string> {
  value: Value;
  label: string;
  /** A number beside the label. */
  count?: number;
}

export interface SegmentedProps<Value extends string> {
  /** Names the group for screen readers. */
  label: string;
  options: readonly SegmentedOption<Value>[];
  value: Value;
  onChange: (value: Value) => void;
  className?: string;
}

/** One of a few views of the same thing, all names in sight. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  return (
    <ToggleButtonGroup
      aria-label={props.label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[props.value]}
      onSelectionChange={([key]) => key !== undefined && props.onChange(String(key) as Value)}
      className={classNames(
        "inline-flex max-w-full gap-0.5 overflow-x-auto rounded-lg border border-line bg-sunken p-0.5 [scrollbar-width:none]",
        props.className,
      )}
    >
      {props.options.map((option) => (
        <ToggleButton
          key={option.value}
          id={option.value}
          data-testid={`segment-${option.value}`}
          className={classNames(
            "flex h-8 items-center gap-1.5 rounded-md border border-transparent px-3 text-[0.867rem] font-medium whitespace-nowrap",
            "text-ink-soft transition-colors data-hovered:text-ink data-focus-visible:-outline-offset-2",
            "data-selected:border-line data-selected:bg-surface data-selected:text-ink",
          )}
        >
          {option.label}
          {option.count === undefined ? null : (
            <span className="text-[0.8rem] font-normal text-ink-faint tabular-nums">{option.count}</span>
          )}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
