/** Where the text can be cut so that what is before is complete but for closing brackets. */
interface Scan {
  open: string[];
  /** End of the last complete value, or of the bracket that was opened last. */
  complete: number;
  inString: boolean;
  /** Of the string that is being read: it names a member of an object. */
  isKey: boolean;
  /** Begin of an escape that is not complete; -1 outside of one. */
  escape: number;
  /** A number, `true`, `false` or `null` is being read. */
  inScalar: boolean;
  expectsKey: boolean;
}

/**
 * The beginning of a JSON text, made a JSON text by leaving out the member or number that is cut and closing what is
 * open. A text that was cut off is kept up to where it was cut. What is no JSON stays none: whoever parses it is told.
 */
export function closeJson(beginning: string): string {
  const scan: Scan = {
    ...{ open: [], complete: 0, inString: false, isKey: false },
    ...{ escape: -1, inScalar: false, expectsKey: false },
  };
  for (let at = 0; at < beginning.length; at++) {
    const character = beginning[at]!;
    if (scan.inString) readInString(scan, beginning, character, at);
    else readOutside(scan, character, at);
  }
  const isCutText = scan.inString && !scan.isKey;
  const kept = isCutText
    ? `${beginning.slice(0, scan.escape === -1 ? undefined : scan.escape)}"`
    : beginning.slice(0, scan.complete);
  return kept + scan.open.toReversed().join("");
}

function readInString(scan: Scan, text: string, character: string, at: number): void {
  if (scan.escape !== -1) {
    const length = text[scan.escape + 1] === "u" ? 6 : 2;
    if (at === scan.escape + length - 1) scan.escape = -1;
  } else if (character === "\\") scan.escape = at;
  else if (character === '"') {
    scan.inString = false;
    if (!scan.isKey) scan.complete = at + 1;
  }
}

function readOutside(scan: Scan, character: string, at: number): void {
  const ends = /[\s,\]}]/.test(character);
  if (scan.inScalar && ends) {
    scan.inScalar = false;
    scan.complete = at;
  }
  if (character === '"') {
    scan.inString = true;
    scan.isKey = scan.expectsKey;
  } else if (character === "{" || character === "[") {
    scan.open.push(character === "{" ? "}" : "]");
    scan.expectsKey = character === "{";
    scan.complete = at + 1;
  } else if (character === "}" || character === "]") {
    scan.open.pop();
    scan.complete = at + 1;
  } else if (character === ",") scan.expectsKey = scan.open.at(-1) === "}";
  else if (character === ":") scan.expectsKey = false;
  else if (!ends) scan.inScalar = true;
}
