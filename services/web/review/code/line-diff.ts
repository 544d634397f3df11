import { Change, diff } from "@codemirror/merge";

/** Hunks larger than this are shown as whole lines: marking single words in them would help nobody. */
const WORD_DIFF_LIMIT = 6_000;
/** UTF-16 units that can stand for a line; surrogates are left out. */
const FIRST_UNIT = 0x20;
const UNITS = 0xd800 - FIRST_UNIT;

const fine = { scanLimit: 1000, timeout: 150 };
const coarse = { scanLimit: 4000, timeout: 400 };

/**
 * Compares by lines first, then by words inside the lines that changed, as people read changes. The package's own
 * comparison goes by characters, which tears apart functions that only moved down.
 */
export function diffByLines(a: string, b: string): readonly Change[] {
  const numbers = new Map<string, string>();
  const left = numberLines(a, numbers);
  const right = numberLines(b, numbers);
  if (numbers.size > UNITS) return diff(a, b, fine);
  return diff(left.units, right.units, coarse).flatMap((change) => {
    const [fromA, toA] = [left.starts[change.fromA]!, left.starts[change.toA]!];
    const [fromB, toB] = [right.starts[change.fromB]!, right.starts[change.toB]!];
    return refine(a.slice(fromA, toA), b.slice(fromB, toB), fromA, fromB);
  });
}

interface NumberedLines {
  /** One unit a line; equal lines have equal units. */
  units: string;
  /** Where each line starts, and at last where the text ends. */
  starts: number[];
}

function numberLines(text: string, numbers: Map<string, string>): NumberedLines {
  const units: string[] = [];
  const starts = [0];
  for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    let unit = numbers.get(line);
    if (unit === undefined) {
      unit = String.fromCharCode(FIRST_UNIT + (numbers.size % UNITS));
      numbers.set(line, unit);
    }
    units.push(unit);
    starts.push(starts.at(-1)! + line.length);
  }
  return { units: units.join(""), starts };
}

function refine(a: string, b: string, fromA: number, fromB: number): readonly Change[] {
  const whole = new Change(fromA, fromA + a.length, fromB, fromB + b.length);
  if (a === "" || b === "" || a.length + b.length > WORD_DIFF_LIMIT) return [whole];
  const inner = diff(a, b, fine);
  const kept = a.length - inner.reduce((sum, change) => sum + change.toA - change.fromA, 0);
  // Lines that share little are other lines: marks all over them would be noise.
  if (kept < 0.4 * Math.max(a.length, b.length)) return [whole];
  return inner.map(
    (change) =>
      new Change(change.fromA + fromA, change.toA + fromA, change.fromB + fromB, change.toB + fromB),
  );
}
