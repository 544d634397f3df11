export interface HistogramBin {
  /** Lower edge as it is to be read. */
  from: string;
  to: string;
  count: number;
}

const COUNT = new Intl.NumberFormat("en-GB");

/** `1,204`. */
export function formatCount(count: number): string {
  return COUNT.format(count);
}

/** `12 %`, `0.4 %`, `< 0.1 %`; never `0 %` or `100 %` of what is not quite none or all. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0 || part === 0) return "0 %";
  const percent = (part / whole) * 100;
  if (percent < 0.1) return "< 0.1 %";
  if (percent < 10) return `${percent.toFixed(1).replace(/\.0$/, "")} %`;
  return part < whole && percent > 99 ? "> 99 %" : `${Math.round(percent)} %`;
}

/** Height of a bar from 0 to `full`; what is there at all can be seen. */
export function barLength(count: number, largest: number, full: number): number {
  if (count <= 0 || largest <= 0) return 0;
  return Math.max(1, (count / largest) * full);
}

/** A histogram in one sentence, for those who do not see it. */
export function describeBins(name: string, bins: readonly HistogramBin[]): string {
  const first = bins[0];
  const last = bins.at(-1);
  if (!first || !last) return `${name}: no values`;
  const tallest = bins.reduce((best, bin) => (bin.count > best.count ? bin : best));
  const total = bins.reduce((sum, bin) => sum + bin.count, 0);
  return `Distribution of ${name}, from ${first.from} to ${last.to}. Most values lie between ${tallest.from} and ${tallest.to}: ${formatCount(tallest.count)} of ${formatCount(total)}.`;
}
