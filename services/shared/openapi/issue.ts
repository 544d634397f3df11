/** Something said about a document. `pointer` is a JSON pointer into it. */
export interface Issue {
  severity: "error" | "warning";
  /** Stable, kebab case. */
  rule: string;
  message: string;
  pointer: string;
}

/** Where something stands in a text; both count from 1. */
export interface Place {
  line: number;
  column: number;
}

/** Not readable as a document at all. */
export class UnreadableDocumentError extends Error {
  readonly rule: string;
  readonly pointer: string;
  readonly place: Place | null;
  readonly file: string | null;

  constructor(
    rule: string,
    message: string,
    at: { pointer?: string; place?: Place | null; file?: string | null } = {},
  ) {
    super(message);
    this.name = "UnreadableDocumentError";
    this.rule = rule;
    this.pointer = at.pointer ?? "";
    this.place = at.place ?? null;
    this.file = at.file ?? null;
  }
}

/** Line and column of an offset into a text. */
export function placeAt(text: string, offset: number): Place {
  let line = 1;
  let start = 0;
  for (let next = text.indexOf("\n"); next >= 0 && next < offset; next = text.indexOf("\n", start)) {
    line++;
    start = next + 1;
  }
  return { line, column: Math.max(0, offset - start) + 1 };
}
