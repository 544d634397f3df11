export interface LineRange {
  from: number;
  to: number;
}

/** `src/triage.py:12-20`, `src/triage.py:12`, or the path alone when nothing is selected. */
export function formatReference(path: string, lines: LineRange | null): string {
  if (!lines) return path;
  return lines.from === lines.to ? `${path}:${lines.from}` : `${path}:${lines.from}-${lines.to}`;
}

/**
 * Puts a reference into a note at the caret, with a space on either side where words would touch.
 * @returns the new text and where the caret belongs.
 */
export function insertReference(
  text: string,
  selection: { start: number; end: number },
  reference: string,
): { text: string; caret: number } {
  const before = text.slice(0, selection.start);
  const after = text.slice(selection.end);
  const lead = before === "" || /[\s(]$/.test(before) ? "" : " ";
  const trail = /^[\s),.;:\]]/.test(after) ? "" : " ";
  const inserted = `${lead}${reference}${trail}`;
  return { text: before + inserted + after, caret: before.length + inserted.length };
}
