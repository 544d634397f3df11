import type {
  ColumnAction,
  ColumnType,
  FileFormat,
  RowIssueKind,
  SensitiveFinding,
  SensitiveKind,
  TextReading,
} from "../../../shared/contracts/dataset-profile.ts";
import type { SelectOption } from "../../ui/select-options.tsx";

export const TYPE_WORDS: Record<ColumnType, string> = {
  text: "text",
  integer: "whole number",
  decimal: "decimal",
  number: "number",
  boolean: "yes / no",
  date: "date",
  timestamp: "date and time",
  time: "time of day",
  json: "JSON",
  binary: "bytes",
};

/** Types whose values line up at the right. */
export const NUMERIC_TYPES: readonly string[] = ["integer", "decimal", "number"];

export const FORMAT_WORDS: Record<FileFormat, string> = {
  csv: "CSV",
  json: "JSON",
  jsonl: "JSON lines",
  parquet: "Parquet",
  sqlite: "SQLite",
};

export const DELIMITER_WORDS: Record<NonNullable<TextReading["delimiter"]>, string> = {
  ",": "commas",
  ";": "semicolons",
  "\t": "tabs",
  "|": "vertical bars",
};

const LINE_END_WORDS: Record<TextReading["lineEnd"], string> = {
  lf: "LF line ends",
  crlf: "CRLF line ends",
  cr: "CR line ends",
  mixed: "mixed line ends",
};

const ENCODING_WORDS: Record<string, string> = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16 LE",
  "utf-16be": "UTF-16 BE",
  "windows-1252": "Windows-1252 (Latin-1)",
  "iso-8859-1": "Latin-1",
  "iso-8859-15": "Latin-9",
  macintosh: "Mac Roman",
};

export const encodingWords = (encoding: string) => ENCODING_WORDS[encoding] ?? encoding;

/** How a text file was read, in a line: `UTF-8 with a byte order mark · semicolons · first row is the header`. */
export function readingWords(reading: TextReading): string {
  return [
    encodingWords(reading.encoding) + (reading.byteOrderMark ? " with a byte order mark" : ""),
    reading.delimiter ? `separated by ${DELIMITER_WORDS[reading.delimiter]}` : "",
    reading.header === null ? "" : reading.header ? "first row names the columns" : "no header row",
    LINE_END_WORDS[reading.lineEnd],
  ]
    .filter(Boolean)
    .join(" · ");
}

export const SENSITIVE_WORDS: Record<SensitiveKind, string> = {
  email: "E-mail addresses",
  phone: "Phone numbers",
  card: "Payment cards",
  iban: "IBANs",
  us_ssn: "US social security numbers",
  uk_nino: "UK national insurance numbers",
  de_tax_id: "German tax ids",
  fr_nir: "French social security numbers",
  es_dni: "Spanish DNI / NIE",
  it_fiscal_code: "Italian fiscal codes",
  ip_address: "IP addresses",
  person_name: "Names of people",
  postal_address: "Postal addresses",
  birth_date: "Dates of birth",
  secret: "Keys and passwords",
};

/** Where it was found, after the kind. */
export function findingPlace({ by, where }: SensitiveFinding): string {
  if (by === "name") return "by the column's name only";
  return where === "value" ? "as the whole value" : "inside longer text";
}

export const ACTION_OPTIONS: readonly SelectOption<ColumnAction>[] = [
  { value: "keep", label: "Keep", description: "As it is." },
  { value: "drop", label: "Drop", description: "The column is left out." },
  { value: "mask", label: "Mask", description: "Characters are hidden; lengths and shape stay." },
  {
    value: "pseudonymise",
    label: "Pseudonymise",
    description: "The same value becomes the same made-up one, in every table.",
  },
];

export const ACTION_WORDS: Record<ColumnAction, string> = {
  keep: "kept",
  drop: "dropped",
  mask: "masked",
  pseudonymise: "pseudonymised",
};

/** What was wrong with rows, and what was done when they could be kept. */
export const ISSUE_WORDS: Record<RowIssueKind, { title: string; repair: string }> = {
  too_few_fields: { title: "Too few fields", repair: "The missing ones at the end are empty." },
  too_many_empty_fields: { title: "Empty fields at the end", repair: "The surplus ones were taken off." },
  too_many_fields: { title: "Too many fields", repair: "The surplus ones were taken off." },
  unclosed_quote: { title: "A quote that never closes", repair: "It was closed at the end of the row." },
  text_after_quote: { title: "Text after a closing quote", repair: "It was taken as part of the value." },
  quote_inside_value: { title: "A quote inside a value", repair: "It was taken as part of the value." },
  row_too_long: { title: "Rows that are too long", repair: "They were cut." },
  invalid_json: { title: "Lines that are not JSON", repair: "They were read as far as possible." },
  not_an_object: { title: "Lines that hold no object", repair: "The value is in a column of its own." },
  invalid_characters: {
    title: "Characters that are not in the encoding",
    repair: "They were replaced with \uFFFD.",
  },
  nul_characters: { title: "NUL characters", repair: "They were taken out." },
  before_header: { title: "Lines before the header", repair: "They were read as rows." },
};

/** What the work on an import is doing. */
export const PHASE_WORDS = {
  waiting: "Waiting for a free worker",
  copying: "Fetching the files",
  reading: "Reading rows",
  profiling: "Measuring columns",
  scanning: "Looking for personal data",
  writing: "Writing tables",
  storing: "Storing the result",
  done: "Done",
} as const;
