import type { RowIssueKind } from "../../../shared/contracts/dataset-profile.ts";
import type { CsvDialect } from "./csv-dialect.ts";
import { type Field, parseRow, type RowParse, writeRow } from "./csv-fields.ts";
import { refuse } from "./detect-format.ts";
import { IMPORT_LIMITS } from "./import-limits.ts";
import type { RowIssues } from "./row-issues.ts";

const NUL = 0;
const LF = 10;
const CR = 13;
const QUOTE = 34;

const FIELD_START = 0;
const PLAIN = 1;
const QUOTED = 2;
const AFTER_QUOTE = 3;

/** A row of the file, found by its bytes. */
interface Found {
  start: number;
  /** Without its line end. */
  end: number;
  /** Where the next row starts. */
  next: number;
  fields: number;
  /** Something that a strict reader would stumble over. */
  odd: boolean;
  /** Line ends inside of it. */
  lines: number;
  lineEnd: "lf" | "crlf" | "cr" | "none";
}

/**
 * Makes of any CSV one that every reader reads alike: each row has all its fields, quoted as RFC 4180 says. Rows that
 * are so already pass through as bytes, so the usual file costs one look at each byte. Feed it UTF-8.
 */
export class CsvNormaliser {
  readonly #dialect: CsvDialect;
  readonly #delimiter: number;
  readonly #lineEnd: "\r\n" | "\n";
  readonly #issues: RowIssues;
  /** Whether U+FFFD stands for characters that could not be read. */
  readonly #lossy: boolean;
  #rest: Buffer = Buffer.alloc(0);
  #line = 1;
  #toSkip: number;
  #headerToSkip: boolean;
  #discarding = false;
  #unclosed = 0;
  rows = 0;

  constructor(dialect: CsvDialect, issues: RowIssues, lossy: boolean) {
    this.#dialect = dialect;
    this.#delimiter = dialect.delimiter.charCodeAt(0);
    this.#lineEnd = dialect.lineEnd === "crlf" ? "\r\n" : "\n";
    this.#issues = issues;
    this.#lossy = lossy;
    this.#toSkip = dialect.rowsBefore;
    this.#headerToSkip = dialect.header;
  }

  /** @returns what to write; @throws Refusal too_many_broken_rows */
  push(chunk: Buffer): Buffer[] {
    return this.#take(this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk, false);
  }

  end(): Buffer[] {
    return this.#take(this.#rest, true);
  }

  #take(bytes: Buffer, last: boolean): Buffer[] {
    const out: Buffer[] = [];
    let goodFrom = 0;
    let at = 0;
    const flush = (until: number) => {
      if (until > goodFrom) out.push(bytes.subarray(goodFrom, until));
    };
    while (at < bytes.length) {
      const row = this.#find(bytes, at, last);
      if (row === null) {
        if (!last && bytes.length - at <= IMPORT_LIMITS.rowBytes) break;
        flush(at);
        const { text, next } = this.#giveUp(bytes, at);
        if (text) out.push(text);
        at = goodFrom = next;
        continue;
      }
      if (this.#isGood(row) && !(row.odd || row.lineEnd === "none")) {
        this.rows++;
        this.#line += row.lines + 1;
        at = row.next;
        continue;
      }
      flush(at);
      const { text, next } = this.#repair(bytes, row);
      if (text) out.push(text);
      at = goodFrom = next;
    }
    flush(at);
    this.#rest = Buffer.from(bytes.subarray(at));
    return out;
  }

  #isGood(row: Found): boolean {
    if (this.#toSkip > 0 || this.#headerToSkip || this.#discarding) return false;
    if (row.fields !== this.#dialect.columns || row.end === row.start) return false;
    return row.lineEnd === (this.#lineEnd === "\n" ? "lf" : "crlf");
  }

  /** The row at `start`, or null when its end is not there. One look at each byte: this is the hot loop. */
  #find(bytes: Buffer, start: number, last: boolean): Found | null {
    const delimiter = this.#delimiter;
    const byCr = this.#dialect.lineEnd === "cr";
    const lossy = this.#lossy;
    let state = FIELD_START;
    let fields = 1;
    let odd = false;
    let lines = 0;
    const { length } = bytes;
    for (let at = start; at < length; at++) {
      const byte = bytes[at]!;
      if (state === QUOTED) {
        if (byte === QUOTE) state = AFTER_QUOTE;
        else if (byte === LF) lines++;
        else if (byte === NUL || (lossy && byte === 0xef)) odd = true;
        continue;
      }
      if (byte === delimiter) {
        fields++;
        state = FIELD_START;
      } else if (byte === LF) {
        return { start, end: at, next: at + 1, fields, odd, lines, lineEnd: "lf" };
      } else if (byte === CR && (byCr || bytes[at + 1] === LF)) {
        const two = bytes[at + 1] === LF;
        return { start, end: at, next: at + (two ? 2 : 1), fields, odd, lines, lineEnd: two ? "crlf" : "cr" };
      } else if (byte === CR && at + 1 === length && !last) {
        return null;
      } else if (byte === QUOTE) {
        if (state === FIELD_START || state === AFTER_QUOTE) state = QUOTED;
        else odd = true;
      } else {
        if (state === AFTER_QUOTE) {
          // Text after a closing quote: the quote belonged to the value.
          odd = true;
          state = QUOTED;
        } else state = PLAIN;
        if (byte === CR || byte === NUL || (lossy && byte === 0xef)) odd = true;
      }
    }
    if (!last || state === QUOTED) return null;
    return { start, end: length, next: length, fields, odd, lines, lineEnd: "none" };
  }

  #repair(bytes: Buffer, row: Found): { text: Buffer | null; next: number } {
    const line = this.#line;
    this.#line += row.lines + (row.lineEnd === "none" ? 0 : 1);
    const gone = { text: null, next: row.next };
    if (this.#discarding) {
      this.#discarding = false;
      return gone;
    }
    if (row.end === row.start) return gone;
    const raw = bytes.toString("utf8", row.start, row.end);
    if (this.#toSkip > 0) {
      this.#toSkip--;
      if (!/^sep=.$/i.test(raw)) this.#issues.note("before_header", "skipped", line, raw);
      return gone;
    }
    if (this.#headerToSkip) {
      this.#headerToSkip = false;
      return gone;
    }
    const parsed = parseRow(raw.replaceAll("\0", ""), this.#dialect.delimiter);
    // A quote that swallowed lines and made a mess of the row was probably never meant to open one.
    if (row.lines > 0 && (parsed.strayQuote || parsed.fields.length !== this.#dialect.columns)) {
      const first = this.#firstLine(bytes, row.start, line);
      if (first) return first;
    }
    return { text: this.#mend(raw, parsed, line), next: row.next };
  }

  /** Brings a row to its columns; null when it cannot be. */
  #mend(raw: string, parsed: RowParse, line: number): Buffer | null {
    const { columns } = this.#dialect;
    const { fields } = parsed;
    const note = (kind: RowIssueKind) => this.#issues.note(kind, "repaired", line, raw);
    if (fields.length > columns) {
      if (fields.slice(columns).some((field) => field !== null && field.trim() !== "")) {
        this.#issues.note("too_many_fields", "skipped", line, raw);
        return null;
      }
      note("too_many_empty_fields");
    }
    if (fields.length < columns) note("too_few_fields");
    if (parsed.strayQuote)
      note(
        raw.startsWith('"') || raw.includes(`${this.#dialect.delimiter}"`)
          ? "text_after_quote"
          : "quote_inside_value",
      );
    if (raw.includes("\0")) note("nul_characters");
    if (this.#lossy && raw.includes("\uFFFD")) note("invalid_characters");
    const whole: Field[] = Array.from({ length: columns }, (_, index) => fields[index] ?? null);
    this.rows++;
    return Buffer.from(writeRow(whole, this.#dialect.delimiter, this.#lineEnd));
  }

  /** Reads one line with its quotes as characters. Null when that gives no row either. */
  #firstLine(bytes: Buffer, start: number, line: number): { text: Buffer; next: number } | null {
    const stop = bytes.indexOf(LF, start);
    if (stop < 0) return null;
    const raw = bytes.toString("utf8", start, stop).replace(/\r$/, "");
    const { fields } = parseRow(raw.replaceAll("\0", ""), this.#dialect.delimiter, true);
    if (fields.length !== this.#dialect.columns) return null;
    this.#countUnclosed();
    this.#line = line + 1;
    this.#issues.note("unclosed_quote", "repaired", line, raw);
    this.rows++;
    return { text: Buffer.from(writeRow(fields, this.#dialect.delimiter, this.#lineEnd)), next: stop + 1 };
  }

  /** No end of the row is in sight: a quote is never closed, or the row is endless. */
  #giveUp(bytes: Buffer, start: number): { text: Buffer | null; next: number } {
    const line = this.#line;
    const mended = this.#discarding ? null : this.#firstLine(bytes, start, line);
    if (mended) return mended;
    const stop = bytes.indexOf(LF, start);
    const end = stop < 0 ? bytes.length : stop;
    const raw = bytes.toString("utf8", start, Math.min(end, start + 1000));
    const kind = end - start > IMPORT_LIMITS.rowBytes ? "row_too_long" : "unclosed_quote";
    if (!this.#discarding) {
      this.#countUnclosed();
      this.#issues.note(kind, "skipped", line, raw);
    }
    // What is left of an endless line, when its end comes.
    this.#discarding = stop < 0;
    if (stop >= 0) this.#line++;
    return { text: null, next: stop < 0 ? bytes.length : stop + 1 };
  }

  #countUnclosed(): void {
    if (++this.#unclosed > IMPORT_LIMITS.unclosedQuotes)
      refuse(
        "too_many_broken_rows",
        `More than ${IMPORT_LIMITS.unclosedQuotes} rows have a quote that is never closed. The file is not CSV as it is; write it anew with values quoted.`,
      );
  }
}
