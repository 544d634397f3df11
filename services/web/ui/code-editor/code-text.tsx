import "../code/code-tokens.css";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, foldGutter, indentOnInput } from "@codemirror/language";
import { Annotation, Compartment, EditorState, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { type RefObject, useEffect, useRef } from "react";
import { codeTheme } from "../code/code-theme.ts";
import { loadLanguageOf } from "../code/language-of.ts";
import { styleNonce } from "../code/style-nonce.ts";

export interface CodeTextProps {
  fileName: string;
  value: string;
  onChange: (value: string) => void;
  labelledBy: string;
  describedBy?: string | undefined;
  isInvalid?: boolean | undefined;
  "data-testid"?: string | undefined;
}

/** A change that came from outside must not be reported back as typing. */
const fromOutside = Annotation.define<boolean>();
const attributes = new Compartment();
const language = new Compartment();

/** The text of the code editor; a module of its own, so that its weight loads only where it is used. */
export default function CodeText(props: CodeTextProps) {
  const parent = useRef<HTMLDivElement>(null);
  const view = useEditor(parent, props);
  const { value, labelledBy, describedBy, isInvalid, "data-testid": testId } = props;
  useEffect(() => {
    const editor = view.current;
    if (editor && editor.state.doc.toString() !== value)
      editor.dispatch({
        changes: { from: 0, to: editor.state.doc.length, insert: value },
        annotations: fromOutside.of(true),
      });
  }, [view, value]);
  useEffect(() => {
    const names = EditorView.contentAttributes.of({
      "aria-labelledby": labelledBy,
      ...(describedBy ? { "aria-describedby": describedBy } : {}),
      ...(isInvalid ? { "aria-invalid": "true" } : {}),
      ...(testId ? { "data-testid": testId } : {}),
      // Named for tools that do not count an editable element as one that takes focus.
      tabindex: "0",
    });
    view.current?.dispatch({ effects: attributes.reconfigure(names) });
  }, [view, labelledBy, describedBy, isInvalid, testId]);
  return <div ref={parent} className="h-full min-h-0" />;
}

function useEditor(parent: RefObject<HTMLDivElement | null>, props: CodeTextProps) {
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const { fileName } = props;
  useEffect(() => {
    if (!parent.current) return;
    const editor = new EditorView({
      parent: parent.current,
      state: EditorState.create({ doc: latest.current.value, extensions: writingExtensions(latest) }),
    });
    view.current = editor;
    let isGone = false;
    void loadLanguageOf(fileName).then((support) => {
      if (!isGone && support) editor.dispatch({ effects: language.reconfigure(support) });
    });
    return () => {
      isGone = true;
      editor.destroy();
      view.current = null;
    };
  }, [parent, fileName]);
  return view;
}

function writingExtensions(latest: { readonly current: CodeTextProps }): Extension[] {
  return [
    EditorView.cspNonce.of(styleNonce()),
    attributes.of([]),
    language.of([]),
    lineNumbers(),
    foldGutter(),
    highlightActiveLine(),
    bracketMatching(),
    indentOnInput(),
    EditorView.lineWrapping,
    history(),
    drawSelection(),
    keymap.of([...historyKeymap, ...defaultKeymap]),
    codeTheme,
    EditorView.updateListener.of((update) => {
      const isTyped = update.transactions.some(
        (transaction) => transaction.docChanged && !transaction.annotation(fromOutside),
      );
      if (isTyped) latest.current.onChange(update.state.doc.toString());
    }),
  ];
}
