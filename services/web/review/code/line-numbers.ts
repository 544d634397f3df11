import { EditorSelection } from "@codemirror/state";
import { type BlockInfo, type EditorView, lineNumbers } from "@codemirror/view";

/** Line numbers that select: a click takes a line, a shift-click the lines up to it. */
export const selectableLineNumbers = lineNumbers({
  domEventHandlers: {
    mousedown: (view, block, event) => selectLine(view, block, (event as MouseEvent).shiftKey),
  },
});

function selectLine(view: EditorView, block: BlockInfo, extend: boolean): boolean {
  const line = view.state.doc.lineAt(block.from);
  const { anchor } = view.state.selection.main;
  const range = !extend
    ? EditorSelection.range(line.from, line.to)
    : anchor > line.from
      ? EditorSelection.range(view.state.doc.lineAt(anchor).to, line.from)
      : EditorSelection.range(view.state.doc.lineAt(anchor).from, line.to);
  view.dispatch({ selection: range });
  view.focus();
  return true;
}
