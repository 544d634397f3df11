import { expect, test } from "vitest";
import { datasetFile } from "./dataset-file.ts";

const manifestOf = (...paths: string[]) => ({
  name: "tickets",
  title: "Tickets",
  description: "",
  licence: "",
  card: "",
  tables: [],
  files: paths.map((path, index) => ({ path, bytes: 1, sha256: String(index).repeat(64) })),
});

test("mock APIs are built from the platform's own tables, and from the candidates' file where there are none", () => {
  const [candidates, platform] = ["candidate/tickets.sqlite", "platform/tables.sqlite"];
  expect(datasetFile(manifestOf(candidates, platform))).toBe("1".repeat(64));
  expect(datasetFile(manifestOf("candidate/tickets.csv", candidates))).toBe("1".repeat(64));
  for (const paths of [[], ["platform/tickets.parquet"], ["elsewhere/tables.sqlite"]])
    expect(() => datasetFile(manifestOf(...paths))).toThrow("neither platform/tables.sqlite nor");
  expect(() => datasetFile(null)).toThrow("names no dataset version");
});
