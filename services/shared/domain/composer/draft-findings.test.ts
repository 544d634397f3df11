import { describe, expect, it } from "vitest";
import { completeDraft } from "../../../../test/support/assessment-fixture.ts";
import type { AssessmentDraft } from "../../contracts/assessment-draft.ts";
import { statedIntervalSec } from "./disclosure-findings.ts";
import { draftFindings, specOf } from "./draft-findings.ts";

import { TEMPLATE_BRIEF } from "./template-brief.ts";

const TREES = { starterTreeSha256: "0".repeat(64), practiceTreeSha256: "0".repeat(64) };
const find = (change: Partial<AssessmentDraft>) =>
  draftFindings(completeDraft(change), ["workbench"]).map(({ path, severity }) => `${severity} ${path}`);
const pin = (mountName: string) => ({ mountName, datasetVersionId: null, delivery: {} });
const api = (hostname: string) => ({ hostname, mockApiVersionId: null });
const anchors = completeDraft().rubric.criteria[0]!.anchors;
const criterion = (change: object) => ({
  rubric: { criteria: [{ ...completeDraft().rubric.criteria[0]!, ...change }] },
});

it("finds nothing in a complete draft, which makes a valid spec", () => {
  expect(draftFindings(completeDraft(), ["workbench"])).toEqual([]);
  expect(specOf(completeDraft(), TREES, new Map())).toMatchObject({ title: "Route the tickets", ...TREES });
});

describe("what a draft lacks", () => {
  it.each<[string, Partial<AssessmentDraft>, string[]]>([
    ["no title", { title: "  " }, ["failed title"]],
    ["no brief", { brief: "" }, ["failed brief"]],
    ["a template's brief", { brief: TEMPLATE_BRIEF }, ["failed brief"]],
    [
      "one line of a template's brief",
      { brief: "# Task\r\n\r\n- Where the data is, and what it is about\r\n- A VPN\r\n" },
      ["failed brief"],
    ],
    ["a brief about data that is not there", { brief: "See /datasets/tickets." }, ["warning brief"]],
    ["a brief about an API that is not there", { brief: "Ask http://desk.internal/v1" }, ["warning brief"]],
    ["a brief about data that is there", { brief: "See /datasets/a/b.csv", datasets: [pin("a")] }, []],
    ["no work sample", { stages: ["system_design"] }, ["failed stages"]],
    ["another stage", { stages: ["work_sample", "system_design"] }, ["warning stages"]],
    ["half a second", { limitSec: 600.5 }, ["failed limitSec"]],
    ["no limit", { limitSec: null }, ["failed limitSec"]],
    ["too short a limit", { limitSec: 29 }, ["failed limitSec"]],
    ["an image of nowhere", { image: "gpu" }, ["failed image"]],
    ["a promise of a model", { aiPolicy: { kind: "assistant", statement: "x" } }, ["failed aiPolicy.kind"]],
    ["no criteria", { rubric: { criteria: [] } }, ["failed rubric.criteria"]],
    ["no weight", criterion({ weight: 0 }), ["failed rubric.criteria.0.weight"]],
    ["a level missing", criterion({ anchors: anchors.slice(1) }), ["failed rubric.criteria.0.anchors"]],
    [
      "a level twice",
      criterion({ anchors: [...anchors, anchors[0]!] }),
      ["failed rubric.criteria.0.anchors"],
    ],
    [
      "a level without words",
      criterion({ anchors: anchors.map((one) => (one.level === 3 ? { ...one, description: " " } : one)) }),
      ["failed rubric.criteria.0.anchors.2"],
    ],
    ["a folder elsewhere", { datasets: [pin("../etc")] }, ["failed datasets.0.mountName"]],
    ["two folders of one name", { datasets: [pin("a"), pin("a")] }, ["failed datasets.1.mountName"]],
    ["a real host", { mockApis: [api("example.com")] }, ["failed mockApis.0.hostname"]],
    ["a host of the platform", { mockApis: [api("models.internal")] }, ["failed mockApis.0.hostname"]],
    [
      "a file that leads out",
      { starter: { source: { kind: "none" }, files: [{ path: "../a", text: "" }] } },
      ["failed starter.files.0.path"],
    ],
    [
      "a brief by hand",
      { starter: { source: { kind: "none" }, files: [{ path: "BRIEF.md", text: "" }] } },
      ["failed starter.files.0.path"],
    ],
    ["nothing disclosed", { disclosures: [] }, ["failed disclosures"]],
  ])("%s", (_name, change, expected) => {
    expect(find(change)).toEqual(expected);
  });
});

describe("what is disclosed", () => {
  it("must speak of what is recorded; what is not recorded does not count", () => {
    const { disclosures } = completeDraft();
    expect(find({ disclosures: disclosures.slice(1) })).toEqual(["warning disclosures"]);
    const denial = ["Not recorded: your files, workspace or screen.", ...disclosures.slice(1)];
    expect(find({ disclosures: denial })).toEqual(["warning disclosures"]);
  });

  it("must speak of the API and of marked data where there are any", () => {
    const { disclosures } = completeDraft();
    expect(find({ disclosures, mockApis: [api("a.internal")] })).toEqual(["warning disclosures"]);
    const marked = { ...pin("a"), delivery: { canary: { table: "t", column: "c", rows: 3 } } };
    expect(find({ disclosures, datasets: [marked] })).toEqual(["warning disclosures"]);
  });

  it("must not promise to save more often than is done", () => {
    const promise = (text: string) => find({ disclosures: [...completeDraft().disclosures, text] });
    expect(promise("Your work is saved every 10 seconds.")).toEqual(["failed disclosures.3"]);
    expect(promise("Your work is saved every minute.")).toEqual([]);
  });

  it.each([
    ["saved every half minute", 30],
    ["saved every 2 minutes", 120],
    ["Saves every second", 1],
    ["read every minute", null],
    ["saved continuously", null],
  ])("reads %j as %s seconds", (text, seconds) => {
    expect(statedIntervalSec(text)).toBe(seconds);
  });
});
