import type { RowIssue, RowIssueKind } from "../../../shared/contracts/dataset-profile.ts";
import { IMPORT_LIMITS } from "./import-limits.ts";

/** Counts rows that did not fit, and keeps the first of each kind. */
export class RowIssues {
  readonly #issues = new Map<string, RowIssue>();

  note(kind: RowIssueKind, outcome: RowIssue["outcome"], line: number | null, text: string): void {
    const key = `${kind} ${outcome}`;
    let issue = this.#issues.get(key);
    if (!issue) {
      issue = { kind, outcome, rows: 0, examples: [] };
      this.#issues.set(key, issue);
    }
    issue.rows++;
    if (issue.examples.length < IMPORT_LIMITS.issueExamples)
      issue.examples.push({ line, text: shorten(text) });
  }

  /** Those that lost a row first, then by how many. */
  list(): RowIssue[] {
    return [...this.#issues.values()].sort(
      (left, right) =>
        Number(left.outcome === "repaired") - Number(right.outcome === "repaired") || right.rows - left.rows,
    );
  }
}

function shorten(text: string): string {
  const plain = text.replaceAll("\0", "␀").toWellFormed();
  const { exampleCharacters } = IMPORT_LIMITS;
  return plain.length > exampleCharacters ? `${plain.slice(0, exampleCharacters)}…` : plain;
}
