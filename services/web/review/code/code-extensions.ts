import { defaultKeymap } from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { unifiedMergeView } from "@codemirror/merge";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension, Text } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
} from "@codemirror/view";
import { codeTheme } from "../../ui/code/code-theme.ts";
import { styleNonce } from "../../ui/code/style-nonce.ts";
import type { LineRange } from "../file-reference.ts";
import { LONG_LINE } from "../text-facts.ts";
import { hiddenCharacterMarks } from "./hidden-character-marks.ts";
import { diffByLines } from "./line-diff.ts";
import { selectableLineNumbers } from "./line-numbers.ts";

export interface CodeOptions {
  /** Read out as the name of the text. */
  label: string;
  /** The starter's text, when changes against it are to be shown. */
  original: string | null;
  /** Fold away long stretches that did not change. */
  foldUnchanged: boolean;
  longestLine: number;
  /** The selected lines; null until the reader has put the caret somewhere. */
  onSelectLines: (lines: LineRange | null) => void;
}

/** A reader, not an editor: it has a caret and a selection, and takes no text. */
export function readingExtensions(options: CodeOptions): Extension[] {
  const isLong = options.longestLine > LONG_LINE;
  return [
    EditorState.readOnly.of(true),
    EditorView.cspNonce.of(styleNonce()),
    EditorView.contentAttributes.of({
      "aria-label": options.label,
      "aria-readonly": "true",
      // A phone must not open its keyboard for a text that takes none.
      inputmode: "none",
      tabindex: "0",
      autocapitalize: "off",
      spellcheck: "false",
    }),
    selectableLineNumbers,
    highlightActiveLine(),
    highlightActiveLineGutter(),
    drawSelection(),
    search({ top: true }),
    keymap.of([...searchKeymap, ...defaultKeymap]),
    hiddenCharacterMarks,
    // Both look at whole lines around the caret, which a line of a megabyte makes slow.
    isLong ? [] : [bracketMatching(), highlightSelectionMatches({ minSelectionLength: 2 })],
    codeTheme,
    options.original === null ? [] : changesAgainst(options.original, options.foldUnchanged, isLong),
    EditorView.updateListener.of((update) => {
      if (update.selectionSet) options.onSelectLines(selectedLines(update.state));
    }),
  ];
}

function changesAgainst(original: string, foldUnchanged: boolean, isLong: boolean): Extension {
  return unifiedMergeView({
    // Split as the editor splits the other side, or a lone CR would look like a change.
    original: Text.of(original.split(/\r\n?|\n/)),
    mergeControls: false,
    gutter: true,
    highlightChanges: !isLong,
    syntaxHighlightDeletions: !isLong,
    diffConfig: { override: diffByLines },
    ...(foldUnchanged ? { collapseUnchanged: { margin: 4, minSize: 8 } } : {}),
  });
}

function selectedLines(state: EditorState): LineRange {
  const { from, to } = state.selection.main;
  const first = state.doc.lineAt(from);
  const last = state.doc.lineAt(to);
  // A selection that ends before the first character of a line does not mean that line.
  const lastNumber = to > from && to === last.from ? last.number - 1 : last.number;
  return { from: first.number, to: Math.max(first.number, lastNumber) };
}
