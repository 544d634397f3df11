import type { ReadingWish } from "../../../shared/contracts/dataset-studio.ts";
import { type Field, parseRow } from "./csv-fields.ts";

export type Delimiter = "," | ";" | "\t" | "|";
const DELIMITERS: readonly Delimiter[] = [",", ";", "\t", "|"];
const LOOKED_AT_ROWS = 500;

export interface CsvDialect {
  delimiter: Delimiter;
  header: boolean;
  /** Rows before the header or the first row of data: titles, notes, `sep=;`. */
  rowsBefore: number;
  /** How many fields a row has. */
  columns: number;
  /** The header's fields, or null where there is none. */
  names: Field[] | null;
  lineEnd: "lf" | "crlf" | "cr" | "mixed";
}

/**
 * Finds out how a CSV file is written.
 * @param sample its beginning, decoded; `whole` when that is all of it
 */
export function detectDialect(sample: string, whole: boolean, wish: ReadingWish): CsvDialect {
  const lineEnd = detectLineEnd(sample);
  const told = /^sep=([,;|\t])\r?\n/i.exec(sample)?.[1] as Delimiter | undefined;
  const body = told ? sample.slice(sample.indexOf("\n") + 1) : sample;
  const candidates = wish.delimiter ? [wish.delimiter] : told ? [told] : DELIMITERS;
  const trials = candidates.map((delimiter) => {
    const rows = readRows(body, delimiter, whole, lineEnd);
    return { delimiter, rows, ...judge(rows) };
  });
  const best = trials.reduce((winner, trial) => (trial.score > winner.score ? trial : winner));
  const rowsBefore = countRowsBefore(best.rows, best.columns);
  const rows = best.rows.slice(rowsBefore);
  const header = wish.header ?? looksLikeHeader(rows);
  const names = header ? (rows[0] ?? []) : null;
  return {
    delimiter: best.delimiter,
    header,
    rowsBefore: rowsBefore + (told ? 1 : 0),
    columns: Math.max(best.columns, names?.length ?? 0, 1),
    names,
    lineEnd,
  };
}

function detectLineEnd(sample: string): CsvDialect["lineEnd"] {
  const crlf = sample.split("\r\n").length - 1;
  const lf = sample.split("\n").length - 1 - crlf;
  const cr = sample.split("\r").length - 1 - crlf;
  if (crlf > 0) return lf > crlf * 0.1 ? "mixed" : "crlf";
  return lf === 0 && cr > 0 ? "cr" : "lf";
}

/** Rows of the sample; the last is left out unless it is whole. */
function readRows(text: string, delimiter: string, whole: boolean, lineEnd: string): Field[][] {
  const end = lineEnd === "cr" ? "\r" : "\n";
  const rows: Field[][] = [];
  let start = 0;
  while (start < text.length && rows.length < LOOKED_AT_ROWS) {
    let stop = text.indexOf(end, start);
    if (stop < 0) stop = text.length;
    // A quoted line end belongs to the row, as long as the quote is closed at all.
    let row = parseRow(text.slice(start, stop).replace(/\r$/, ""), delimiter);
    let further = stop;
    for (let lines = 0; row.unclosedQuote && lines < 50 && further < text.length; lines++) {
      further = text.indexOf(end, further + 1);
      if (further < 0) further = text.length;
      row = parseRow(text.slice(start, further).replace(/\r$/, ""), delimiter);
    }
    if (row.unclosedQuote) row = parseRow(text.slice(start, stop).replace(/\r$/, ""), delimiter, true);
    else stop = further;
    if (stop >= text.length && !whole && rows.length > 0) break;
    if (row.fields.length > 1 || row.fields[0] !== null) rows.push(row.fields);
    start = stop + 1;
  }
  return rows;
}

/** The commonest width, and how much it speaks for the delimiter. */
function judge(rows: Field[][]): { columns: number; score: number } {
  const widths = new Map<number, number>();
  for (const row of rows) widths.set(row.length, (widths.get(row.length) ?? 0) + 1);
  const [columns = 1, count = 0] =
    [...widths].sort((left, right) => right[1] - left[1] || right[0] - left[0])[0] ?? [];
  const steadiness = rows.length === 0 ? 0 : count / rows.length;
  return { columns, score: columns === 1 ? 0 : steadiness * steadiness * (1 + Math.log2(columns) / 8) };
}

/** Titles and notes before the table are narrower than it, and what follows them is not. */
function countRowsBefore(rows: Field[][], columns: number): number {
  if (columns < 3) return 0;
  let before = 0;
  while (
    before < Math.min(10, rows.length - 2) &&
    rows[before]!.filter((field) => field !== null).length <= 1
  )
    before++;
  return before < rows.length && rows[before]!.length === columns ? before : 0;
}

const NUMBER = /^[-+]?[\d.,\s]*\d[%€$£]?$/;
const DATE = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/;
const YEAR = /^(19|20)\d\d$/;
const isValueLike = (field: string) =>
  NUMBER.test(field) || DATE.test(field) || /^(true|false)$/i.test(field) || field.includes("@");

/** Whether the first row names the columns: all different words, unlike what stands below them. */
function looksLikeHeader(rows: Field[][]): boolean {
  const [first, ...rest] = rows;
  if (!first) return false;
  const words = first.filter((field) => field !== null && field.trim() !== "") as string[];
  // The column of an index has no name in many exports.
  const unnamed = first.length - words.length;
  if (words.length === 0 || (unnamed > 1 && words.length < first.length * 0.7)) return false;
  if (words.some((word) => word.length > 100)) return false;
  if (first.some((field, column) => isValueLike(field?.trim() ?? "") && !isYearAbove(rows, column)))
    return false;
  if (words.every((word) => isValueLike(word.trim()))) return false;
  if (new Set(words.map((word) => word.trim().toLowerCase())).size < words.length * 0.5) return false;
  if (rest.length === 0) return true;
  let different = 0;
  let repeated = 0;
  for (let column = 0; column < first.length; column++) {
    const below = rest.map((row) => row[column]).filter((field) => field != null) as string[];
    if (below.length === 0) continue;
    if (below.filter((field) => isValueLike(field.trim())).length > below.length * 0.6) different++;
    else if (below.filter((field) => field === first[column]).length > below.length * 0.02) repeated++;
  }
  if (different > 0) return repeated <= first.length / 2;
  // Only texts: names of columns are short, without the punctuation of sentences, and do not come again below.
  const looksNamed = words.every((word) => /^[\p{L}_#][\p{L}\p{N}_ .#()/-]{0,60}$/u.test(word.trim()));
  const named = words.some(
    (word) => /_|^(id|name|title|type|status|key|value|text|label|code)$/i.test(word) || /^[a-z]/.test(word),
  );
  return looksNamed && repeated === 0 && (named || averageLength(rest) > 2.5 * averageLength([first]));
}

/** Whether the column is named by a year: no years stand below it. */
function isYearAbove([first, ...rest]: Field[][], column: number): boolean {
  const isYear = (row: Field[] | undefined) => YEAR.test(row?.[column]?.trim() ?? "");
  return isYear(first) && rest.length > 0 && !rest.some(isYear);
}

function averageLength(rows: Field[][]): number {
  const fields = rows.flat().filter((field) => field !== null);
  return fields.reduce((sum, field) => sum + field.length, 0) / Math.max(1, fields.length);
}
