import type { ReactNode } from "react";
import type { Tone } from "./banner.tsx";
import { classNames } from "./class-names.ts";

const TONES: Record<Tone, string> = {
  neutral: "bg-sunken text-ink-soft border-line",
  good: "bg-accent-soft text-accent border-accent-line",
  warn: "bg-warn-soft text-warn border-warn-line",
  danger: "bg-danger-soft text-danger border-danger-line",
};

/** A word or two about a state. `dot` puts a coloured point before it. */
export function Badge({ tone = "neutral", dot, className, children }: BadgeProps) {
  return (
    <span
      className={classNames(
        "inline-flex items-center gap-1.5 rounded-full border px-2.5 py-px text-[0.8rem] font-medium whitespace-nowrap",
        TONES[tone],
        className,
      )}
    >
      {dot ? <span aria-hidden className="size-1.5 rounded-full bg-current" /> : null}
      {children}
    </span>
  );
}

export interface BadgeProps {
  tone?: Tone;
  dot?: boolean;
  className?: string;
  children: ReactNode;
}
