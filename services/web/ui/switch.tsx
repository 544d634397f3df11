import type { ReactNode } from "react";
import { Switch as AriaSwitch } from "react-aria-components";
import { classNames } from "./class-names.ts";

export interface SwitchProps {
  isSelected: boolean;
  onChange: (isSelected: boolean) => void;
  children: ReactNode;
  /** The words are read out and not seen. */
  isLabelHidden?: boolean;
  isDisabled?: boolean;
  className?: string;
  "data-testid"?: string;
}

/** Something that is on or off at once. For what is part of a form, see `Checkbox`. */
export function Switch({ children, isLabelHidden, className, ...rest }: SwitchProps) {
  return (
    <AriaSwitch
      {...rest}
      className={classNames("group inline-flex items-center gap-2.5 data-disabled:opacity-60", className)}
    >
      <span
        className={classNames(
          "flex h-5 w-9 shrink-0 items-center rounded-full border border-line-strong bg-sunken p-px transition-colors",
          "group-data-selected:border-accent group-data-selected:bg-accent",
          "group-data-focus-visible:outline-2 group-data-focus-visible:outline-offset-2 group-data-focus-visible:outline-accent",
        )}
      >
        <span className="size-4 rounded-full bg-line-strong transition-transform group-data-selected:translate-x-4 group-data-selected:bg-on-accent" />
      </span>
      <span className={isLabelHidden ? "sr-only" : undefined}>{children}</span>
    </AriaSwitch>
  );
}
