import type { MockApiIssue } from "../../../../shared/contracts/mock-api-studio.ts";

export interface IssueGroup {
  severity: MockApiIssue["severity"];
  rule: string;
  issues: readonly MockApiIssue[];
}

/** By severity and rule, errors first, otherwise in the order they were found. */
export function groupIssues(issues: readonly MockApiIssue[]): IssueGroup[] {
  const groups = Map.groupBy(issues, ({ severity, rule }) => `${severity} ${rule}`);
  const list = [...groups.values()].map((found) => ({
    severity: found[0]!.severity,
    rule: found[0]!.rule,
    issues: found,
  }));
  return list.sort((a, b) => Number(a.severity === "warning") - Number(b.severity === "warning"));
}

/** `tickets.yaml, line 12, column 5`; the file only where there are several. Empty where nobody knows. */
export function placeWords({ file, line, column }: MockApiIssue): string {
  const parts = [
    file ?? "",
    line === null ? "" : `line ${line}`,
    line === null || column === null ? "" : `column ${column}`,
  ];
  return parts.filter(Boolean).join(", ");
}
