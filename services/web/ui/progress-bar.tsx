import { ProgressBar as AriaProgressBar } from "react-aria-components";
import type { Tone } from "./banner.tsx";
import { classNames } from "./class-names.ts";

export interface ProgressBarProps {
  /** What is going on; read out, and shown unless `hidesLabel`. */
  label: string;
  /** From 0 to 1; null while nobody knows how far it is. */
  share: number | null;
  /** What the share means, for example `412 MB of 2 GB`. */
  words?: string;
  tone?: Extract<Tone, "good" | "warn" | "danger">;
  hidesLabel?: boolean;
  className?: string;
}

const FILLS = { good: "bg-accent", warn: "bg-warn", danger: "bg-danger" };

/** How far something is that will end. For how full something is, see `Meter`. */
export function ProgressBar({ label, share, words, tone = "good", hidesLabel, className }: ProgressBarProps) {
  const percent = share === null ? undefined : Math.min(100, Math.max(0, share * 100));
  return (
    <AriaProgressBar
      aria-label={label}
      value={percent}
      isIndeterminate={share === null}
      valueLabel={words}
      className={classNames("flex flex-col gap-1.5", className)}
    >
      {hidesLabel ? null : (
        <span aria-hidden className="flex flex-wrap justify-between gap-x-4 text-[0.867rem]">
          <span className="font-medium">{label}</span>
          {words ? <span className="text-ink-soft tabular-nums">{words}</span> : null}
        </span>
      )}
      <span className="block h-1.5 overflow-hidden rounded-full bg-ink/12">
        <span
          className={classNames(
            "block h-full rounded-full transition-[width] duration-300",
            FILLS[tone],
            share === null && "w-1/3 animate-pulse",
          )}
          style={percent === undefined ? undefined : { width: `${percent}%` }}
        />
      </span>
    </AriaProgressBar>
  );
}
