import { type CheckItem, ComposerSection } from "../../shared/contracts/composer.ts";
import type { Finding } from "../../shared/domain/composer/finding.ts";

const TITLES: Record<ComposerSection, readonly [title: string, good: string]> = {
  basics: ["Title, company and role", "All there."],
  brief: ["Brief", "It is there, and speaks only of what the workspace has."],
  expectations: ["What to expect", "Candidates are told what they will do."],
  disclosures: [
    "What is disclosed",
    "Candidates are told what is recorded, by whom it is read and how long it is kept.",
  ],
  ai_policy: ["AI policy", "It is stated."],
  limits: ["Limits", "They fit this host."],
  image: ["Image", "It is one of this instance's."],
  starter: ["Starter files", "They are there, and fit together."],
  practice_starter: ["Practice files", "They are there, and fit together."],
  rubric: ["Rubric", "Each criterion has a weight and five described levels."],
  datasets: ["Datasets", "They are there and have names of their own."],
  mock_apis: ["Mock APIs", "They are there and have names of their own."],
  models: ["Models", "They are there, have prices, and a budget that bounds them."],
  packages: ["Packages", "It is said which ones can be installed."],
};
/** More lines than that, nobody reads. */
const LINES_PER_SECTION = 10;

/** One line for each section without a finding, and one for each finding. */
export function findingItems(findings: readonly Finding[]): CheckItem[] {
  return ComposerSection.options.flatMap((section): CheckItem[] => {
    const [title, good] = TITLES[section];
    const found = findings.filter((finding) => finding.section === section);
    const line = { title, durationMs: null };
    if (found.length === 0)
      return [
        {
          ...line,
          id: section,
          status: "passed" as const,
          message: good,
          remedy: "",
          target: { section, path: "" },
        },
      ];
    // The worst first, so that cutting hides nothing that keeps from publishing.
    const sorted = found.toSorted(
      (a, b) => Number(b.severity === "failed") - Number(a.severity === "failed"),
    );
    return sorted.slice(0, LINES_PER_SECTION).map(({ path, severity, message, remedy }, index) => ({
      ...line,
      id: `${section}:${index}:${path}`,
      status: severity,
      message,
      remedy,
      target: { section, path },
    }));
  });
}
