import type { SeededRandom } from "./seeded-random.ts";

/** What a number has to be. */
export interface NumberDemand {
  /** By keyword: `minimum`, `exclusiveMaximum` … */
  limits: ReadonlyMap<string, number>;
  multiples: readonly number[];
  whole: boolean;
  format: string | undefined;
}

const USUAL_SPAN = 1000;

export function generateNumber(
  { limits, multiples, whole, format }: NumberDemand,
  random: SeededRandom,
): number {
  const step = stepOf(multiples, whole);
  const [least, isOpenBelow] = strictest(limits.get("minimum"), limits.get("exclusiveMinimum"), Math.max);
  const [most, isOpenAbove] = strictest(limits.get("maximum"), limits.get("exclusiveMaximum"), Math.min);
  const span = Math.max(USUAL_SPAN, (step ?? 0) * 20);
  const from = least ?? Math.min(0, (most ?? span) - span);
  const to = most ?? Math.min(from + span, format === "int32" ? 2_147_483_647 : Number.MAX_SAFE_INTEGER);
  if (step !== null) {
    let first = Math.ceil(from / step);
    let last = Math.floor(to / step);
    if (isOpenBelow && first * step <= from) first++;
    if (isOpenAbove && last * step >= to) last--;
    return tidy(random.int(first, last) * step);
  }
  const value = from + (to - from) * (0.05 + 0.9 * random.next());
  const rounded = Math.round(value * 100) / 100;
  return rounded > from && rounded < to ? rounded : value;
}

/** Null where any number in between will do. */
function stepOf(multiples: readonly number[], whole: boolean): number | null {
  const steps = whole ? [1, ...multiples] : multiples;
  if (steps.length === 0) return null;
  return steps.reduce((left, right) => {
    for (let count = 1; count <= 1000; count++)
      if (isMultiple(left * count, right)) return tidy(left * count);
    return left * right;
  });
}

function isMultiple(value: number, of: number): boolean {
  const quotient = value / of;
  return Math.abs(quotient - Math.round(quotient)) < 1e-6;
}

/** Without the dust of binary fractions: 0.07, not 0.07000000000000001. */
function tidy(value: number): number {
  return Number(value.toPrecision(15));
}

function strictest(
  closed: number | undefined,
  open: number | undefined,
  stricter: (a: number, b: number) => number,
): [number | undefined, boolean] {
  if (open === undefined) return [closed, false];
  if (closed === undefined) return [open, true];
  return stricter(closed, open) === open ? [open, true] : [closed, false];
}
