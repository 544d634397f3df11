import { CsvError, parse } from "csv-parse/sync";
import { BULK_MAX_ROWS } from "../../../shared/contracts/invitation-studio.ts";
import { unreadable } from "./decode-table.ts";

export type Delimiter = "," | ";" | "\t" | "|";
const DELIMITERS: readonly Delimiter[] = [",", ";", "\t", "|"];
/** A row of names, addresses and dates is far shorter; a forgotten quote makes one of the whole file. */
const MAX_ROW_CHARACTERS = 20_000;

export interface TableLine {
  /** Of its first character, from 1. */
  line: number;
  /** Trimmed. */
  values: string[];
}

export interface ReadTable {
  delimiter: Delimiter;
  /** Without empty ones. */
  lines: TableLine[];
}

/** @throws PlatformError bulk_unreadable */
export function readTable(text: string): ReadTable {
  const delimiter = delimiterOf(text);
  const lines = parseLines(text, delimiter).filter(({ values }) => values.some((value) => value !== ""));
  if (lines.length === 0) throw unreadable("The table is empty.");
  if (lines.length > BULK_MAX_ROWS + 1)
    throw unreadable(
      `The table has ${lines.length.toLocaleString("en")} rows; up to ${BULK_MAX_ROWS.toLocaleString("en")} can be invited at once.`,
    );
  return { delimiter, lines };
}

/** The separator that the first line has most of, outside of quotes. */
function delimiterOf(text: string): Delimiter {
  const counts = new Map<string, number>();
  let quoted = false;
  for (const character of text.slice(0, MAX_ROW_CHARACTERS).trimStart()) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && /[\r\n]/.test(character)) break;
    else if (!quoted) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  const countOf = (one: string) => counts.get(one) ?? 0;
  return DELIMITERS.toSorted((a, b) => countOf(b) - countOf(a))[0]!;
}

function parseLines(text: string, delimiter: Delimiter): TableLine[] {
  try {
    const records = parse(text, {
      delimiter,
      bom: true,
      trim: true,
      info: true,
      raw: true,
      relax_column_count: true,
      max_record_size: MAX_ROW_CHARACTERS,
    }) as unknown as { raw: string; record: string[] }[];
    let line = 1;
    return records.map(({ raw, record }) => {
      const at = line;
      line += raw.match(/\r\n|\r|\n/g)?.length ?? 0;
      return { line: at, values: record };
    });
  } catch (error) {
    if (error instanceof CsvError) throw unreadable(`${error.message}. Check the quotes around there.`);
    throw error;
  }
}
