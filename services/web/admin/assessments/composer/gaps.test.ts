import { describe, expect, it } from "vitest";
import { BEGUN, CONTENT } from "../../../../../test/support/pages/assessment-fixtures.ts";
import { findGaps, gapFinder } from "./gaps.ts";

describe("what a draft lacks", () => {
  it("is nothing once everything is there", () => {
    expect(findGaps(CONTENT, ["workbench"])).toEqual([]);
  });

  it("tells what is missing from what is wrong", () => {
    const gaps = findGaps(BEGUN, ["workbench"]);
    const of = (path: string) => gaps.find((gap) => gap.path === path);
    expect(of("brief")).toMatchObject({ section: "task", isMissing: true });
    expect(of("disclosures")).toMatchObject({ section: "rules", isMissing: true });
    expect(of("limits.memoryMib")).toMatchObject({ section: "workspace", isMissing: false });
    expect(of("mockApis.0.hostname")).toMatchObject({ section: "materials", isMissing: false });
    expect(of("rubric.criteria.0.anchors.2")).toMatchObject({ section: "rubric", isMissing: true });
  });

  it("names an image this installation does not have, once it is known which it has", () => {
    expect(findGaps({ ...CONTENT, image: "gone" }, null)).toEqual([]);
    expect(findGaps({ ...CONTENT, image: "gone" }, ["workbench"])).toMatchObject([{ path: "image" }]);
  });

  it("keeps quiet about what nobody has filled in until it is asked", () => {
    const gaps = findGaps(BEGUN, null);
    expect(gapFinder(gaps, false)("brief")).toBeNull();
    expect(gapFinder(gaps, true)("brief")).toContain("missing");
    expect(gapFinder(gaps, false)("limits.memoryMib")).toContain("MiB");
  });
});
