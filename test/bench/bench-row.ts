/** One figure, beside what it is compared with. */
export interface BenchRow {
  name: string;
  value: number;
  unit: string;
  /** The same figure of the peer; null where there is none. */
  reference: number | null;
  /** value / reference */
  ratio: number | null;
}

export function benchRow(name: string, value: number, unit: string, reference: number | null): BenchRow {
  const ratio = reference === null || reference === 0 ? null : Math.round((value / reference) * 100) / 100;
  return {
    name,
    value: round(value),
    unit,
    reference: reference === null ? null : round(reference),
    ratio,
  };
}

/** Whole numbers, and three digits of small ones. */
function round(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}
