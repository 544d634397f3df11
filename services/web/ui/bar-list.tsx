import { barLength, formatCount, formatShare } from "./chart-scale.ts";
import { classNames } from "./class-names.ts";

export interface BarListItem {
  label: string;
  count: number;
}

export interface BarListProps {
  /** Names the list for screen readers. */
  label: string;
  items: readonly BarListItem[];
  /** What the shares are of. */
  total: number;
  size?: "small" | "large";
  className?: string;
}

/** The most frequent values of something, longest first: a list that can be read, with bars to be seen. */
export function BarList({ label, items, total, size = "small", className }: BarListProps) {
  const largest = Math.max(0, ...items.map(({ count }) => count));
  return (
    <ol
      aria-label={label}
      className={classNames("flex flex-col", size === "small" ? "gap-0.5" : "gap-1", className)}
    >
      {items.map((item) => (
        <li
          key={item.label}
          title={`${item.label}: ${formatCount(item.count)}`}
          className={classNames(
            "relative flex items-baseline justify-between gap-3 overflow-hidden rounded-sm px-1.5",
            size === "small" ? "text-[0.8rem] leading-5" : "py-0.5 text-[0.9rem]",
          )}
        >
          <svg
            aria-hidden="true"
            viewBox="0 0 100 1"
            preserveAspectRatio="none"
            className="absolute inset-0 size-full"
          >
            <rect width={barLength(item.count, largest, 100)} height="1" className="fill-accent-soft" />
          </svg>
          <span className="relative min-w-0 truncate">
            {item.label === "" ? <em>empty text</em> : item.label}
          </span>
          <span className="relative shrink-0 text-ink-soft tabular-nums">
            {size === "large" ? `${formatCount(item.count)} · ` : ""}
            {formatShare(item.count, total)}
          </span>
        </li>
      ))}
    </ol>
  );
}
