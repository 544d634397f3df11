import "../code/code-tokens.css";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { Annotation, Compartment, EditorState, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, keymap, placeholder as placeholderExtension } from "@codemirror/view";
import { type Ref, useEffect, useImperativeHandle, useRef } from "react";
import { codeTheme } from "../code/code-theme.ts";
import { loadLanguageOf } from "../code/language-of.ts";
import { styleNonce } from "../code/style-nonce.ts";
import { type MarkdownAction, markdownCommand } from "./markdown-commands.ts";

export interface MarkdownTextHandle {
  run: (action: MarkdownAction) => void;
}

export interface MarkdownTextProps {
  value: string;
  onChange: (value: string) => void;
  labelledBy: string;
  describedBy?: string;
  isInvalid?: boolean;
  placeholder?: string;
  /** How far down the text is scrolled, from 0 to 1. */
  onScroll?: (share: number) => void;
  handle?: Ref<MarkdownTextHandle>;
  "data-testid"?: string;
}

/** A change that came from outside must not be reported back as typing. */
const fromOutside = Annotation.define<boolean>();
const attributes = new Compartment();
const language = new Compartment();

/** The text of the Markdown editor; a module of its own, so that its weight loads only where it is used. */
export default function MarkdownText(props: MarkdownTextProps) {
  const parent = useRef<HTMLDivElement>(null);
  const view = useEditor(parent, props);
  const { value, handle } = props;

  useEffect(() => {
    const editor = view.current;
    if (editor && editor.state.doc.toString() !== value) {
      editor.dispatch({
        changes: { from: 0, to: editor.state.doc.length, insert: value },
        annotations: fromOutside.of(true),
      });
    }
  }, [view, value]);

  const { labelledBy, describedBy, isInvalid, "data-testid": testId } = props;
  useEffect(() => {
    const wanted = contentAttributes({ labelledBy, describedBy, isInvalid, testId });
    view.current?.dispatch({ effects: attributes.reconfigure(wanted) });
  }, [view, labelledBy, describedBy, isInvalid, testId]);

  useImperativeHandle(handle, () => ({
    run: (action) => {
      if (!view.current) return;
      markdownCommand(action)(view.current);
      view.current.focus();
    },
  }));

  return <div ref={parent} className="h-full min-h-0" />;
}

function useEditor(parent: React.RefObject<HTMLDivElement | null>, props: MarkdownTextProps) {
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  latest.current = props;
  useEffect(() => {
    if (!parent.current) return;
    const editor = new EditorView({
      parent: parent.current,
      state: EditorState.create({ doc: latest.current.value, extensions: writingExtensions(latest) }),
    });
    view.current = editor;
    let isGone = false;
    void loadLanguageOf("text.md").then((support) => {
      if (!isGone && support) editor.dispatch({ effects: language.reconfigure(support) });
    });
    return () => {
      isGone = true;
      editor.destroy();
      view.current = null;
    };
  }, [parent]);
  return view;
}

function writingExtensions(latest: { readonly current: MarkdownTextProps }): Extension[] {
  return [
    EditorView.cspNonce.of(styleNonce()),
    attributes.of([]),
    language.of([]),
    EditorView.lineWrapping,
    history(),
    drawSelection(),
    placeholderExtension(latest.current.placeholder ?? ""),
    // Tab leaves the editor, as everywhere on the page.
    keymap.of([
      { key: "Mod-b", run: markdownCommand("bold") },
      { key: "Mod-i", run: markdownCommand("italic") },
      { key: "Mod-k", run: markdownCommand("link") },
      ...historyKeymap,
      ...defaultKeymap,
    ]),
    proseTheme,
    codeTheme,
    EditorView.domEventHandlers({
      scroll: (_event, { scrollDOM }) => {
        const room = scrollDOM.scrollHeight - scrollDOM.clientHeight;
        latest.current.onScroll?.(room > 0 ? scrollDOM.scrollTop / room : 0);
      },
    }),
    EditorView.updateListener.of((update) => {
      const isTyped = update.transactions.some(
        (transaction) => transaction.docChanged && !transaction.annotation(fromOutside),
      );
      if (isTyped) latest.current.onChange(update.state.doc.toString());
    }),
  ];
}

const proseTheme = EditorView.theme({
  ".cm-content": { padding: "14px 0 24px" },
  ".cm-line": { padding: "0 18px" },
  ".cm-placeholder": { color: "var(--ink-faint)", fontFamily: "var(--font-sans)" },
});

function contentAttributes(names: {
  labelledBy: string;
  describedBy: string | undefined;
  isInvalid: boolean | undefined;
  testId: string | undefined;
}): Extension {
  return EditorView.contentAttributes.of({
    "aria-labelledby": names.labelledBy,
    ...(names.describedBy ? { "aria-describedby": names.describedBy } : {}),
    ...(names.isInvalid ? { "aria-invalid": "true" } : {}),
    ...(names.testId ? { "data-testid": names.testId } : {}),
    // Named for tools that do not count an editable element as one that takes focus.
    tabindex: "0",
    spellcheck: "true",
    autocapitalize: "sentences",
  });
}
