import { EditorSelection, EditorState } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { type MarkdownAction, markdownCommand } from "./markdown-commands.ts";

/** Runs an action on a text whose selection stands between two bars; answers in the same notation. */
function run(action: MarkdownAction, marked: string): string {
  const [before, selected, after] = marked.split("|") as [string, string, string];
  const selection = EditorSelection.range(before.length, before.length + selected.length);
  let state = EditorState.create({ doc: before + selected + after, selection });
  markdownCommand(action)({ state, dispatch: (transaction) => (state = transaction.state) });
  const { from, to } = state.selection.main;
  const doc = state.doc.toString();
  return `${doc.slice(0, from)}|${doc.slice(from, to)}|${doc.slice(to)}`;
}

describe("buttons of the Markdown editor", () => {
  it.each<[MarkdownAction, string, string]>([
    ["bold", "a |word| here", "a **|word|** here"],
    ["bold", "a **|word|** here", "a |word| here"],
    ["italic", "||", "_||_"],
    ["code", "|x|", "`|x|`"],
    ["heading", "Ti||tle", "## Ti||tle"],
    ["heading", "## Ti||tle", "Ti||tle"],
    ["list", "|a\nb|", "- |a\n- b|"],
    ["list", "|- a\n- b|", "|a\nb|"],
    ["numbers", "|a\nb|", "1. |a\n2. b|"],
    ["link", "see |docs|", "see [docs](|https://|)"],
  ])("%s: %j becomes %j", (action, before, after) => {
    expect(run(action, before)).toBe(after);
  });
});
