import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

export interface CardProps {
  /** Shown as a heading; also names the region. */
  title?: ReactNode;
  /** Beside the title. */
  actions?: ReactNode;
  /** One muted sentence under the title. */
  description?: ReactNode;
  headingLevel?: 2 | 3;
  padding?: "normal" | "none";
  className?: string;
  children?: ReactNode;
  "data-testid"?: string;
}

/** A bordered surface. With `padding="none"` the content brings its own (tables, lists). */
export function Card({
  title,
  actions,
  description,
  headingLevel = 2,
  padding = "normal",
  ...rest
}: CardProps) {
  const Heading = `h${headingLevel}` as const;
  const padded = padding === "normal";
  return (
    <section
      data-testid={rest["data-testid"]}
      className={classNames(
        "rounded-xl border border-line bg-surface",
        padded && "p-5 sm:p-6",
        rest.className,
      )}
    >
      {title || actions ? (
        <header
          className={classNames(
            "flex flex-wrap items-start justify-between gap-x-4 gap-y-2",
            padded ? "mb-3 last:mb-0 has-[+:empty]:mb-0" : "border-b border-line px-5 py-3.5",
          )}
        >
          <div>
            <Heading className="text-[1.067rem] leading-snug font-[620]">{title}</Heading>
            {description ? <p className="mt-0.5 text-[0.933rem] text-ink-soft">{description}</p> : null}
          </div>
          {actions ? <div className="flex gap-2">{actions}</div> : null}
        </header>
      ) : null}
      {rest.children}
    </section>
  );
}
