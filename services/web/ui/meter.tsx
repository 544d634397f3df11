import { classNames } from "./class-names.ts";

export interface MeterProps {
  /** A short word in front of the bar. */
  label: string;
  /** Full name, for screen readers and as a tooltip. */
  name: string;
  /** From 0 to 1; more is drawn as full. */
  share: number;
  /** What the share means, for example `412 MB of 2 GB`. */
  words: string;
}

/** How much of something is in use: amber from 80 %, red from 92 %. */
export function Meter({ label, name, share, words }: MeterProps) {
  const percent = Math.min(100, Math.max(0, Math.round(share * 100)));
  const tone = percent >= 92 ? "bg-danger" : percent >= 80 ? "bg-warn" : "bg-accent";
  return (
    <span
      className="inline-flex items-center gap-1.5 text-[0.75rem] text-ink-faint"
      title={`${name}: ${words}`}
    >
      <span aria-hidden>{label}</span>
      {/* biome-ignore lint/a11y/useSemanticElements: browsers draw <meter> each in their own colours */}
      <span
        role="meter"
        aria-label={name}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={words}
        className="h-1.5 w-10 overflow-hidden rounded-full bg-ink/12"
      >
        <span className={classNames("block h-full rounded-full", tone)} style={{ width: `${percent}%` }} />
      </span>
    </span>
  );
}
