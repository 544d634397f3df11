import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const surface = EditorView.theme({
  "&": { height: "100%", backgroundColor: "var(--surface)", color: "var(--ink)", fontSize: "13px" },
  "&.cm-focused": { outline: "none" },
  "&.cm-focused .cm-gutters": { boxShadow: "inset 2px 0 0 var(--accent)" },
  ".cm-scroller": { fontFamily: "var(--font-mono)", lineHeight: "1.6", fontVariantLigatures: "none" },
  ".cm-content": { padding: "10px 0 40vh", caretColor: "var(--accent)" },
  ".cm-line": { padding: "0 16px 0 10px" },
  ".cm-gutters": {
    backgroundColor: "var(--surface)",
    color: "var(--ink-faint)",
    border: "none",
    userSelect: "none",
  },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 8px 0 14px", minWidth: "44px", cursor: "pointer" },
  ".cm-lineNumbers .cm-gutterElement:hover": { color: "var(--ink)" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--ink) 4%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "transparent", color: "var(--ink)" },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": {
    background: "color-mix(in srgb, var(--accent) 26%, transparent)",
  },
  ".cm-cursor": { borderLeftColor: "var(--accent)" },
  ".cm-foldPlaceholder": {
    background: "var(--sunken)",
    border: "1px solid var(--line)",
    color: "var(--ink-soft)",
  },
});

const hidden = EditorView.theme({
  ".cm-hidden-character": {
    display: "inline-block",
    padding: "0 4px",
    margin: "0 1px",
    borderRadius: "4px",
    border: "1px solid var(--warn-line)",
    background: "var(--warn-soft)",
    color: "var(--warn)",
    fontSize: "10px",
    lineHeight: "15px",
    fontWeight: "600",
    verticalAlign: "1px",
    unicodeBidi: "isolate",
  },
  ".cm-hidden-character-direction": {
    borderColor: "var(--danger-line)",
    background: "var(--danger-soft)",
    color: "var(--danger)",
  },
  ".cm-unusual-space": { borderBottom: "1px dotted var(--warn)" },
});

const panels = EditorView.theme({
  ".cm-panels": { backgroundColor: "var(--sunken)", color: "var(--ink)", zIndex: 1 },
  ".cm-panels-top": { borderBottom: "1px solid var(--line)" },
  ".cm-panel.cm-search": {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: "6px 10px",
    padding: "8px 40px 8px 12px",
    fontFamily: "var(--font-sans)",
    fontSize: "13px",
  },
  ".cm-panel.cm-search br": { display: "none" },
  ".cm-panel.cm-search label": {
    display: "inline-flex",
    gap: "5px",
    alignItems: "center",
    fontSize: "12.5px",
    margin: "0",
  },
  ".cm-textfield": {
    height: "30px",
    width: "190px",
    margin: "0",
    padding: "0 9px",
    fontSize: "13px",
    borderRadius: "7px",
    border: "1px solid var(--line-strong)",
    backgroundColor: "var(--surface)",
    color: "var(--ink)",
  },
  ".cm-button": {
    height: "30px",
    margin: "0",
    padding: "0 10px",
    fontSize: "13px",
    textTransform: "capitalize",
    borderRadius: "7px",
    border: "1px solid var(--line-strong)",
    background: "var(--surface)",
    color: "var(--ink)",
  },
  ".cm-panel.cm-search [name=close]": {
    position: "absolute",
    top: "8px",
    right: "10px",
    width: "30px",
    height: "30px",
    fontSize: "18px",
    color: "var(--ink-soft)",
    borderRadius: "7px",
  },
  ".cm-searchMatch": { backgroundColor: "var(--warn-soft)", outline: "1px solid var(--warn-line)" },
  ".cm-searchMatch-selected": { backgroundColor: "var(--warn-line)" },
});

/** Written against the class names of @codemirror/merge, whose own colours fit neither of our themes. */
const changes = EditorView.theme({
  "&.cm-merge-b .cm-changedLine, &.cm-merge-b .cm-inlineChangedLine": {
    backgroundColor: "var(--code-added)",
  },
  "&.cm-merge-b .cm-changedText": { background: "var(--code-added-word)", borderRadius: "2px" },
  ".cm-deletedChunk": { backgroundColor: "var(--code-removed)", padding: "0" },
  ".cm-deletedChunk .cm-deletedLine": { padding: "0 16px 0 10px", textDecoration: "none" },
  "&.cm-merge-b .cm-deletedChunk .cm-deletedText, .cm-deletedChunk .cm-deletedText": {
    background: "var(--code-removed-word)",
    borderRadius: "2px",
  },
  ".cm-deletedLine del, .cm-deletedText": { textDecoration: "none" },
  "&.cm-merge-b .cm-changedLineGutter": { background: "var(--accent)" },
  ".cm-deletedLineGutter": { background: "var(--danger)" },
  ".cm-changeGutter": { width: "3px", paddingLeft: "0" },
  ".cm-collapsedLines": {
    margin: "4px 0",
    padding: "5px 12px",
    background: "var(--sunken)",
    color: "var(--ink-soft)",
    borderBlock: "1px solid var(--line)",
    fontFamily: "var(--font-sans)",
    fontSize: "12px",
  },
});

const colours = HighlightStyle.define([
  { tag: tags.comment, color: "var(--code-comment)", fontStyle: "italic" },
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword, tags.self], color: "var(--code-keyword)" },
  { tag: [tags.string, tags.special(tags.string), tags.regexp, tags.inserted], color: "var(--code-string)" },
  { tag: [tags.number, tags.bool, tags.null, tags.atom, tags.escape], color: "var(--code-number)" },
  {
    tag: [tags.function(tags.variableName), tags.function(tags.propertyName), tags.macroName],
    color: "var(--code-function)",
  },
  { tag: [tags.typeName, tags.className, tags.namespace, tags.tagName], color: "var(--code-type)" },
  { tag: [tags.propertyName, tags.attributeName, tags.labelName], color: "var(--code-property)" },
  { tag: [tags.operator, tags.punctuation, tags.bracket, tags.meta], color: "var(--ink-soft)" },
  { tag: tags.heading, fontWeight: "650" },
  { tag: tags.strong, fontWeight: "650" },
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: [tags.link, tags.url], color: "var(--code-function)", textDecoration: "underline" },
  { tag: tags.deleted, color: "var(--danger)" },
  { tag: tags.invalid, color: "var(--danger)" },
]);

/** How code looks on our pages, in light and dark: every colour is a variable of the page. */
export const codeTheme: Extension = [surface, hidden, panels, changes, syntaxHighlighting(colours)];
