import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

export interface KeyValue {
  name: ReactNode;
  value: ReactNode;
  /** For React, where the name is no string. */
  key?: string;
}

export interface KeyValuesProps {
  items: readonly KeyValue[];
  /** `rows`: name beside value. `columns`: figures side by side, name above value. */
  layout?: "rows" | "columns";
  className?: string;
}

/** Facts about one thing. */
export function KeyValues({ items, layout = "rows", className }: KeyValuesProps) {
  const rows = layout === "rows";
  return (
    <dl
      className={classNames(
        rows ? "flex flex-col divide-y divide-line" : "grid grid-cols-2 gap-x-8 gap-y-4 sm:flex sm:flex-wrap",
        className,
      )}
    >
      {items.map(({ name, value, key }) => (
        <div
          key={key ?? String(name)}
          className={rows ? "grid gap-x-6 gap-y-0.5 py-2 sm:grid-cols-[11rem_1fr]" : "min-w-0"}
        >
          <dt className={rows ? "text-[0.9rem] text-ink-faint" : "text-[0.8rem] text-ink-faint"}>{name}</dt>
          <dd
            className={classNames(
              "min-w-0 [overflow-wrap:anywhere]",
              !rows && "text-[1.067rem] font-[560] tabular-nums",
            )}
          >
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
