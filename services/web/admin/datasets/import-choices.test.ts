import { describe, expect, it } from "vitest";
import type {
  ColumnProfile,
  DatasetProfile,
  SensitiveFinding,
} from "../../../shared/contracts/dataset-profile.ts";
import { ImportChoices } from "../../../shared/contracts/dataset-studio.ts";
import {
  actionOf,
  sensitiveColumns,
  summarise,
  withAction,
  withSuggestions,
  withTable,
} from "./import-choices.ts";

const finding = (confidence: SensitiveFinding["confidence"]): SensitiveFinding => ({
  kind: "email",
  by: "content",
  where: "value",
  matches: 10,
  share: 1,
  confidence,
  samples: [],
});
const column = (name: string, confidence?: SensitiveFinding["confidence"]): ColumnProfile => ({
  name,
  originalName: null,
  type: "text",
  nulls: 0,
  distinct: 10,
  distinctEstimated: false,
  min: null,
  max: null,
  mean: null,
  longest: 3,
  samples: [],
  histogram: null,
  findings: confidence ? [finding(confidence)] : [],
  suggestion: confidence ? "pseudonymise" : "keep",
});
const table = (name: string, rows: number, columns: ColumnProfile[]) => ({
  name,
  file: `${name}.csv`,
  format: "csv" as const,
  reading: null,
  rows,
  columns,
  issues: [],
});
const profile: DatasetProfile = {
  tables: [
    table("tickets", 100, [column("id"), column("note", "low"), column("email", "high")]),
    table("agents", 5, [column("name", "medium")]),
  ],
  leftOut: [],
};
const nothing = ImportChoices.parse({});

describe("choices for each column", () => {
  it("keeps what nobody named, even columns called like parts of every object", () => {
    expect(actionOf(nothing, "tickets", "id")).toBe("keep");
    const named = withAction(nothing, "tickets", "email", "drop");
    expect(actionOf(named, "tickets", "email")).toBe("drop");
    expect(actionOf(named, "tickets", "constructor")).toBe("keep");
    expect(actionOf(named, "toString", "constructor")).toBe("keep");
  });

  it("lists findings with the surest first, and follows their suggestions", () => {
    expect(sensitiveColumns(profile).map(({ column }) => column.name)).toEqual(["email", "name", "note"]);
    const followed = withSuggestions(nothing, profile);
    expect(followed.columns).toEqual({
      tickets: { email: "pseudonymise", note: "pseudonymise" },
      agents: { name: "pseudonymise" },
    });
  });

  it("counts only what is left, and names what is sensitive and kept", () => {
    const choices = withTable(withAction(nothing, "tickets", "id", "drop"), "agents", true);
    const summary = summarise(choices, profile);
    expect(summary).toMatchObject({
      columns: { keep: 2, drop: 1, mask: 0, pseudonymise: 0 },
      tables: 1,
      tablesLeftOut: 1,
      rows: 100,
      isNothingLeft: false,
    });
    expect(summary.keptSensitive.map(({ column }) => column.name)).toEqual(["email"]);
    expect(summary.keptUnsure.map(({ column }) => column.name)).toEqual(["note"]);
  });

  it("gives the files out as they came only while nothing is changed", () => {
    expect(summarise(nothing, profile).candidateFiles).toBe("original");
    expect(summarise(withTable(nothing, "agents", true), profile).candidateFiles).toBe("written");
    expect(summarise(withAction(nothing, "agents", "name", "mask"), profile).candidateFiles).toBe("written");
    expect(summarise(withAction(nothing, "agents", "name", "keep"), profile).candidateFiles).toBe("original");
  });

  it("notices when nothing would be left", () => {
    const without = withTable(withTable(nothing, "agents", true), "tickets", true);
    expect(summarise(without, profile).isNothingLeft).toBe(true);
    expect(summarise(withTable(without, "tickets", false), profile).isNothingLeft).toBe(false);
  });
});
