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

export interface FoundReference extends LineRange {
  path: string;
  /** As written, for example `src/a.py:3-9`. */
  text: string;
}

/** The references in a note that lead to a file of this submission, each once, in the order of the text. */
export function findReferences(note: string, paths: ReadonlySet<string>): FoundReference[] {
  const found = new Map<string, FoundReference>();
  for (const [text, path, first, last] of note.matchAll(
    /([^\s()[\]`"'<>,;]+?):(\d{1,7})(?:-(\d{1,7}))?(?!\d)/g,
  )) {
    if (!path || !first || !paths.has(path)) continue;
    const from = Number(first);
    found.set(text, { path, from, to: Math.max(from, Number(last ?? first)), text });
  }
  return [...found.values()];
}
