import "../../ui/code/code-tokens.css";
import { goToNextChunk, goToPreviousChunk } from "@codemirror/merge";
import { openSearchPanel } from "@codemirror/search";
import { Compartment, EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { type Ref, useEffect, useImperativeHandle, useRef } from "react";
import { loadLanguageOf } from "../../ui/code/language-of.ts";
import type { LineRange } from "../file-reference.ts";
import { describeText, LONG_LINE } from "../text-facts.ts";
import { readingExtensions } from "./code-extensions.ts";

export interface CodeViewHandle {
  find: () => void;
  nextChange: () => void;
  previousChange: () => void;
}

export interface CodeViewProps {
  path: string;
  text: string;
  /** The starter's text: shows what changed against it. */
  original?: string | null;
  foldUnchanged?: boolean;
  wrap?: boolean;
  /** Lines to select and bring into sight; a new object does it again. */
  reveal?: LineRange | null;
  onSelectLines?: (lines: LineRange | null) => void;
  handle?: Ref<CodeViewHandle>;
}

const wrapping = new Compartment();
const language = new Compartment();
const wrapExtension = (wrap: boolean) => (wrap ? EditorView.lineWrapping : []);

/** A file to read: line numbers, colours, find, hidden characters in sight; never editable. */
export default function CodeView(props: CodeViewProps) {
  const { wrap = false, reveal, handle } = props;
  const parent = useRef<HTMLDivElement>(null);
  const view = useReader(parent, props);

  useEffect(() => {
    view.current?.dispatch({ effects: wrapping.reconfigure(wrapExtension(wrap)) });
  }, [view, wrap]);

  useEffect(() => {
    if (view.current && reveal) showLines(view.current, reveal);
  }, [view, reveal]);

  useImperativeHandle(handle, () => ({
    find: () => void (view.current && openSearchPanel(view.current)),
    nextChange: () => void (view.current && goToNextChunk(view.current)),
    previousChange: () => void (view.current && goToPreviousChunk(view.current)),
  }));

  return <div ref={parent} className="h-full min-h-0" data-testid="code-view" />;
}

/** One CodeMirror view for as long as the text stays the same. */
function useReader(parent: React.RefObject<HTMLDivElement | null>, props: CodeViewProps) {
  const { path, text, original = null, foldUnchanged = true } = props;
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    if (!parent.current) return;
    const { longestLine } = describeText(text);
    const onSelectLines = (lines: LineRange | null) => latest.current.onSelectLines?.(lines);
    const extensions = [
      language.of([]),
      wrapping.of(wrapExtension(latest.current.wrap ?? false)),
      readingExtensions({
        label: `Contents of ${path}`,
        original,
        foldUnchanged,
        longestLine,
        onSelectLines,
      }),
    ];
    const editor = new EditorView({
      parent: parent.current,
      state: EditorState.create({ doc: text, extensions }),
    });
    view.current = editor;
    onSelectLines(null);
    let isGone = false;
    if (longestLine <= LONG_LINE) {
      void loadLanguageOf(path).then((support) => {
        if (!isGone && support) editor.dispatch({ effects: language.reconfigure(support) });
      });
    }
    return () => {
      isGone = true;
      editor.destroy();
      view.current = null;
    };
  }, [parent, path, text, original, foldUnchanged]);
  return view;
}

function showLines(view: EditorView, { from, to }: LineRange): void {
  const { doc } = view.state;
  const within = (line: number) => doc.line(Math.min(doc.lines, Math.max(1, line)));
  const selection = { anchor: within(from).from, head: within(to).to };
  view.dispatch({ selection, effects: EditorView.scrollIntoView(selection.anchor, { y: "center" }) });
}
