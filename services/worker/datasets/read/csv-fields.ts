/** A field as it stands: `null` where nothing at all is between two delimiters. */
export type Field = string | null;

/** What was odd about a row while it was taken apart. */
export interface RowParse {
  fields: Field[];
  /** A quote that is not at the edge of a field, taken literally. */
  strayQuote: boolean;
  unclosedQuote: boolean;
}

/**
 * Takes one row apart, leniently: a quote in the middle of a value is a character like any other.
 * @param literalQuotes takes all quotes for characters
 */
export function parseRow(text: string, delimiter: string, literalQuotes = false): RowParse {
  const fields: Field[] = [];
  let strayQuote = false;
  let unclosedQuote = false;
  let index = 0;
  for (;;) {
    if (!literalQuotes && text[index] === '"') {
      const quoted = readQuoted(text, index, delimiter);
      fields.push(quoted.value);
      strayQuote ||= quoted.stray;
      unclosedQuote ||= quoted.unclosed;
      index = quoted.end;
    } else {
      const found = text.indexOf(delimiter, index);
      const end = found < 0 ? text.length : found;
      const value = text.slice(index, end);
      strayQuote ||= value.includes('"');
      fields.push(value === "" ? null : value);
      index = end;
    }
    if (index >= text.length) return { fields, strayQuote, unclosedQuote };
    index++;
  }
}

function readQuoted(text: string, start: number, delimiter: string) {
  let value = "";
  let stray = false;
  let index = start + 1;
  for (;;) {
    const quote = text.indexOf('"', index);
    if (quote < 0) return { value: value + text.slice(index), end: text.length, stray, unclosed: true };
    value += text.slice(index, quote);
    const next = text[quote + 1];
    if (next === undefined || next === delimiter) return { value, end: quote + 1, stray, unclosed: false };
    // Doubled: one quote. Else one that somebody forgot to double.
    value += '"';
    if (next === '"') index = quote + 2;
    else {
      stray = true;
      index = quote + 1;
    }
  }
}

/** A row that any reader takes apart the same way. */
export function writeRow(fields: readonly Field[], delimiter: string, lineEnd: string): string {
  let row = "";
  for (let index = 0; index < fields.length; index++) {
    const field = fields[index]!;
    if (index > 0) row += delimiter;
    if (field !== null) row += quoteField(field, delimiter);
  }
  // A single empty field would be a blank line.
  return (fields.length === 1 && row === "" ? delimiter : row) + lineEnd;
}

function quoteField(value: string, delimiter: string): string {
  const needsQuotes =
    value === "" ||
    value.includes(delimiter) ||
    value.includes('"') ||
    value.includes("\n") ||
    value.includes("\r") ||
    /^\s|\s$/.test(value);
  return needsQuotes ? `"${value.replaceAll('"', '""')}"` : value;
}
