import { barLength, describeBins, formatCount, type HistogramBin } from "./chart-scale.ts";
import { classNames } from "./class-names.ts";

const HEIGHT = 100;

export interface HistogramProps {
  /** What is counted, usually a column's name. */
  name: string;
  bins: readonly HistogramBin[];
  /** `small`: a thumbnail in a row. `large`: with its edges below. */
  size?: "small" | "large";
  className?: string;
}

/** How values spread. One picture with one description for screen readers; each bar names itself under the pointer. */
export function Histogram({ name, bins, size = "small", className }: HistogramProps) {
  const largest = Math.max(0, ...bins.map(({ count }) => count));
  const first = bins[0];
  if (!first) return null;
  return (
    <div className={classNames("flex flex-col gap-1", className)}>
      <svg
        role="img"
        aria-label={describeBins(name, bins)}
        viewBox={`0 0 ${bins.length * 10} ${HEIGHT}`}
        preserveAspectRatio="none"
        className={classNames("block w-full text-accent", size === "small" ? "h-8" : "h-36")}
      >
        {bins.map((bin, index) => (
          <Bar key={`${bin.from}|${bin.to}`} bin={bin} x={index * 10} largest={largest} />
        ))}
        <line
          x1="0"
          x2={bins.length * 10}
          y1={HEIGHT}
          y2={HEIGHT}
          className="stroke-line-strong"
          strokeWidth="1"
        />
      </svg>
      {size === "large" ? (
        <p aria-hidden className="flex justify-between gap-4 text-[0.8rem] text-ink-faint tabular-nums">
          <span>{first.from}</span>
          <span>{bins.at(-1)?.to}</span>
        </p>
      ) : null}
    </div>
  );
}

function Bar({ bin, x, largest }: { bin: HistogramBin; x: number; largest: number }) {
  const height = Math.max(bin.count > 0 ? 4 : 0, barLength(bin.count, largest, HEIGHT));
  return (
    <g className="group/bar">
      <title>{`${bin.from} to ${bin.to}: ${formatCount(bin.count)}`}</title>
      <rect x={x} y={0} width={10} height={HEIGHT} fill="transparent" />
      <rect
        x={x + 0.75}
        y={HEIGHT - height}
        width={8.5}
        height={height}
        className="fill-accent opacity-70 group-hover/bar:opacity-100"
      />
    </g>
  );
}
