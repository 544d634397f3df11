import { describe, expect, it } from "vitest";
import { CONTENT } from "../../../../../test/support/pages/assessment-fixtures.ts";
import type { AssessmentDraft } from "../../../../shared/contracts/assessment-draft.ts";
import { differencesOf } from "./differences.ts";

const changed = (change: (draft: AssessmentDraft) => void) => {
  const after = structuredClone(CONTENT);
  change(after);
  return differencesOf(CONTENT, after, (id) => (id === null ? null : `version ${id.at(-1)}`));
};
type Rules = Extract<AssessmentDraft["packages"], { kind: "mirror" }>["npm"];
const criterion = CONTENT.rubric.criteria[0]!;

describe("what changed between two versions", () => {
  it("is nothing between the same", () => {
    expect(changed(() => {})).toEqual([]);
  });

  it.each<[string, (draft: AssessmentDraft) => void, string, string]>([
    ["lines of a text", (d) => (d.brief += "\nOne more line.\nAnd another."), "Brief", "2 lines added"],
    ["a text that was emptied", (d) => (d.expectations = ""), "What to expect", "removed"],
    ["the time", (d) => (d.limitSec = 5400), "Time", "2 hours → 1 hour 30 minutes"],
    ["memory, in its unit", (d) => (d.limits.memoryMib = 4096), "Memory", "2 GB → 4 GB"],
    ["the role type", (d) => (d.role.type = 3), "Role type", "API integrator → AI systems engineer"],
    ["a weight", (d) => (d.rubric.criteria[0]!.weight = 2), `“${criterion.title}”`, "weight 1 → 2"],
    [
      "an anchor",
      (d) => (d.rubric.criteria[0]!.anchors[3]!.description = "Other words"),
      `“${criterion.title}”`,
      "level 4 reworded",
    ],
    ["the order of criteria", (d) => d.rubric.criteria.reverse(), "Rubric", "in another order"],
    ["a dataset gone", (d) => (d.datasets = []), "/datasets/support-tickets", "removed"],
    [
      "another version of an API",
      (d) => (d.mockApis[0]!.mockApiVersionId = "x-9"),
      "helpdesk.internal",
      "version 2 → version 9",
    ],
    [
      "how a dataset is delivered",
      (d) => (d.datasets[0]!.delivery = {}),
      "/datasets/support-tickets",
      "delivered differently",
    ],
  ])("names %s", (_what, change, name, words) => {
    expect(changed(change)).toEqual([{ name, words }]);
  });

  it("names models, budgets and packages that are other ones", () => {
    const rules = (enabled: boolean): Rules => ({ enabled, allow: [], deny: [] });
    const found = changed((d) => {
      d.models = {
        kind: "metered",
        models: [{ alias: "small", modelIds: ["x-1", "x-2"] }],
        budget: { usd: 5, tokens: null },
        limits: { requestsPerMin: 60, parallel: 4, maxOutputTokens: 4096 },
        assistant: null,
      };
      d.packages = {
        kind: "mirror",
        npm: rules(false),
        pypi: rules(true),
        maxFileMib: 1024,
        maxTotalMib: 2048,
      };
    });
    expect(found.map(({ name, words }) => `${name}: ${words}`)).toEqual([
      "Model small: none → version 1, then version 2",
      "Budget for models: none → $5.00",
      "Limits of models: none → 60 requests per minute, 4 at once, answers of up to 4,096 tokens",
      "Packages of PyPI: none → everything",
      "Packages of npm: none → off",
      "Sizes of packages: none → files of up to 1 GB, 2 GB together",
    ]);
  });

  it("names a criterion that came and one that went", () => {
    const found = changed((d) => {
      d.rubric.criteria.shift();
      d.rubric.criteria.push({ ...criterion, id: "fresh", title: "Fresh" });
    });
    expect(found.map(({ words }) => words)).toEqual([`“${criterion.title}” removed`, "“Fresh” added"]);
  });
});
