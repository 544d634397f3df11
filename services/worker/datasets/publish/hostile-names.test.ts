import { describe, expect, it } from "vitest";
import type { DatasetProfile } from "../../../shared/contracts/dataset-profile.ts";
import type { ImportChoices } from "../../../shared/contracts/dataset-studio.ts";
import { chosenAction } from "../../../shared/datasets/chosen-action.ts";
import { suggestChoices } from "../../jobs/import-dataset.ts";
import type { DatasetImportRecord } from "../../records/dataset-import-record.ts";
import { nameColumns, nameTable } from "../read/table-names.ts";
import { planPublication } from "./plan-publication.ts";

/** Names that every object has although nobody gave it any: a table of racing results has a column `constructor`. */
const INHERITED = ["constructor", "toString", "valueOf", "hasOwnProperty", "__proto__"];

const profile = (table: string, columns: Record<string, string>) =>
  ({
    leftOut: [],
    tables: [
      {
        name: table,
        issues: [],
        columns: Object.entries(columns).map(([name, suggestion]) => ({ name, suggestion, findings: [] })),
      },
    ],
  }) as unknown as DatasetProfile;

describe("names that objects inherit", () => {
  it("are kept columns unless something was chosen for them", () => {
    const choices: ImportChoices = {
      columns: { races: { driver: "mask" } },
      leftOut: [],
      candidateFiles: "written",
    };
    for (const name of INHERITED) {
      // The control: what a plain look-up finds is neither an action nor nothing.
      expect(choices.columns.races?.[name], name).toBeDefined();
      expect(chosenAction(choices, "races", name)).toBe("keep");
      expect(chosenAction(choices, name, "name")).toBe("keep");
    }
    expect(chosenAction(choices, "races", "driver")).toBe("mask");
    const chosen = { ...choices, columns: { constructor: { constructor: "drop" as const } } };
    expect(chosenAction(chosen, "constructor", "constructor")).toBe("drop");
  });

  it("stay suggestions of their own table, and never reach what all objects share", () => {
    const name = nameTable("constructor.csv", new Set());
    expect(name).toBe("constructor");
    const { columns } = suggestChoices(profile(name, { email: "pseudonymise", id: "keep" }), false);
    expect(Object.entries(columns)).toEqual([["constructor", { email: "pseudonymise" }]]);
    expect(Object.hasOwn(Object, "email")).toBe(false);
  });

  it("do not stop a version from being published", () => {
    const staged = {
      name: "races",
      sha256: "0".repeat(64),
      bytes: 1,
      rows: 1,
      columns: [...INHERITED, "driver"].map((name) => ({ name, type: "text" as const })),
    };
    const record = {
      choices: { columns: { races: { driver: "mask" } }, leftOut: [], candidateFiles: "written" },
      staged: [staged],
      profile: profile("races", { driver: "mask" }),
    } as unknown as DatasetImportRecord;
    expect(planPublication(record, []).treated).toEqual([
      { table: "races", column: "driver", action: "mask" },
    ]);
  });

  it("leave no column whose choice would vanish", () => {
    const columns = nameColumns(["__proto__", "proto", "constructor"]);
    expect(columns.map(({ name }) => name)).toEqual(["proto", "proto_2", "constructor"]);
    expect(columns[0]!.originalName).toBe("__proto__");
  });
});
