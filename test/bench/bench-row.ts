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
    value: Math.round(value),
    unit,
    reference: reference === null ? null : Math.round(reference),
    ratio,
  };
}
