import { Check } from "lucide-react";
import { ListBox, ListBoxItem, Popover, Text } from "react-aria-components";
import { classNames } from "./class-names.ts";

export interface SelectOption<Value extends string = string> {
  value: Value;
  label: string;
  description?: string;
}

/** What opens below a select. `className` gives the width. */
export function SelectOptions({
  options,
  className,
}: {
  options: readonly SelectOption[];
  className: string;
}) {
  return (
    <Popover
      className={classNames(
        "overflow-auto rounded-lg border border-line-strong/60 bg-surface p-1",
        className,
      )}
    >
      <ListBox items={options.map((option) => ({ ...option, id: option.value }))} className="outline-none">
        {(option) => (
          <ListBoxItem
            id={option.value}
            textValue={option.label}
            className="group flex cursor-default items-center gap-2 rounded-md px-2 py-1.5 data-focused:bg-accent-soft"
          >
            <Check
              aria-hidden
              size={15}
              className="invisible shrink-0 text-accent group-data-selected:visible"
            />
            <span className="min-w-0">
              <Text slot="label" className="block">
                {option.label}
              </Text>
              {option.description ? (
                <Text slot="description" className="block text-[0.867rem] text-ink-faint">
                  {option.description}
                </Text>
              ) : null}
            </span>
          </ListBoxItem>
        )}
      </ListBox>
    </Popover>
  );
}
