/**
 * `npm run bench -- [--only mock-api,models] [--json FILE]`: measures what peers can be measured by, too.
 * Rows of name, value, unit, reference (what the peer reached) and ratio go to the terminal, and to FILE as JSON.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { BenchRow } from "./bench-row.ts";
import { benchMockApi } from "./mock-api/bench-mock-api.ts";
import { benchModels } from "./models/bench-models.ts";

const BENCHES: Record<string, () => Promise<BenchRow[]>> = {
  "mock-api": benchMockApi,
  models: benchModels,
};

const { values } = parseArgs({ options: { only: { type: "string" }, json: { type: "string" } } });
const wanted = values.only?.split(",") ?? Object.keys(BENCHES);
const rows: BenchRow[] = [];
for (const name of wanted) {
  const bench = BENCHES[name];
  if (!bench) throw new Error(`there is no bench "${name}"; there are: ${Object.keys(BENCHES).join(", ")}`);
  rows.push(...(await bench()));
}
console.table(rows);
if (values.json) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
