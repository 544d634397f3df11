import {
  EditorSelection,
  type EditorState,
  type StateCommand,
  type TransactionSpec,
} from "@codemirror/state";

/** Puts `mark` around each selection, or takes it away where it is already there. */
export function toggleMark(state: EditorState, mark: string): TransactionSpec {
  return state.changeByRange((range) => {
    const before = state.sliceDoc(range.from - mark.length, range.from);
    const after = state.sliceDoc(range.to, range.to + mark.length);
    if (before === mark && after === mark) {
      return {
        changes: [
          { from: range.from - mark.length, to: range.from },
          { from: range.to, to: range.to + mark.length },
        ],
        range: EditorSelection.range(range.from - mark.length, range.to - mark.length),
      };
    }
    return {
      changes: [
        { from: range.from, insert: mark },
        { from: range.to, insert: mark },
      ],
      range: EditorSelection.range(range.from + mark.length, range.to + mark.length),
    };
  });
}

/** Starts each selected line with `prefix`, or takes it away when all of them have it. `1. ` counts on. */
export function togglePrefix(state: EditorState, prefix: string): TransactionSpec {
  const { from, to } = state.selection.main;
  const [first, last] = [state.doc.lineAt(from).number, state.doc.lineAt(to).number];
  const lines = Array.from({ length: last - first + 1 }, (_, index) => state.doc.line(first + index));
  const counts = /^\d+\. $/.test(prefix);
  const existing = counts ? /^\d+\. / : new RegExp(`^${prefix.replace(/[#*>-]/g, "\\$&")}`);
  const all = lines.every((line) => existing.test(line.text));
  const changes = lines.map((line, index) =>
    all
      ? { from: line.from, to: line.from + existing.exec(line.text)![0].length }
      : { from: line.from, insert: counts ? `${index + 1}. ` : prefix },
  );
  return { changes };
}

/** Makes the selection a link and selects the address that is to be typed. */
export function insertLink(state: EditorState): TransactionSpec {
  const { from, to } = state.selection.main;
  const words = state.sliceDoc(from, to) || "link text";
  const address = from + words.length + 3;
  return {
    changes: { from, to, insert: `[${words}](https://)` },
    selection: { anchor: address, head: address + "https://".length },
  };
}

export type MarkdownAction = "bold" | "italic" | "heading" | "list" | "numbers" | "code" | "link";

const CHANGES: Record<MarkdownAction, (state: EditorState) => TransactionSpec> = {
  bold: (state) => toggleMark(state, "**"),
  italic: (state) => toggleMark(state, "_"),
  heading: (state) => togglePrefix(state, "## "),
  list: (state) => togglePrefix(state, "- "),
  numbers: (state) => togglePrefix(state, "1. "),
  code: (state) => toggleMark(state, "`"),
  link: insertLink,
};

export const markdownCommand =
  (action: MarkdownAction): StateCommand =>
  ({ state, dispatch }) => {
    dispatch(state.update(CHANGES[action](state), { scrollIntoView: true, userEvent: "input" }));
    return true;
  };
