import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { checkConfined } from "../../services/worker/openapi/check-confined.ts";

/**
 * Checks every JSON, YAML and zip file below a directory in the confined child, as the worker does, and says for
 * each whether it is accepted, how long that took and how much memory. Documents that others wrote are not kept
 * here; fetch some, then: `node test/acceptance/openapi-documents.ts <directory> [--failed] [--json]`
 */

interface Outcome {
  file: string;
  bytes: number;
  outcome: "accepted" | "refused";
  openapi: string | null;
  operations: number;
  ms: number;
  /** Null when it was ended from outside. */
  cpuMs: number | null;
  memoryMb: number | null;
  first: string;
}

const [directory, ...flags] = process.argv.slice(2);
if (directory === undefined) {
  console.error("Which directory? node test/acceptance/openapi-documents.ts <directory> [--failed] [--json]");
  process.exit(2);
}

function filesBelow(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((name) => join(root, name))
    .filter((path) => /\.(json|ya?ml|zip)$/i.test(path) && statSync(path).isFile())
    .toSorted();
}

async function check(root: string, path: string): Promise<Outcome> {
  const bytes = readFileSync(path);
  const started = performance.now();
  const found = await checkConfined(bytes, { bindings: null, weather: null });
  const [issue] = found.issues.filter(({ severity }) => severity === "error");
  return {
    file: relative(root, path),
    bytes: bytes.length,
    outcome: found.errors === 0 ? "accepted" : "refused",
    openapi: found.openapi,
    operations: found.operations.length,
    ms: Math.round(performance.now() - started),
    cpuMs: found.cpuMs,
    memoryMb: found.peakMemoryBytes === null ? null : Math.round(found.peakMemoryBytes / 1024 / 1024),
    first: issue ? `${issue.line ?? "-"}:${issue.column ?? "-"} ${issue.rule} ${issue.message}` : "",
  };
}

const outcomes: Outcome[] = [];
for (const path of filesBelow(directory)) {
  const outcome = await check(directory, path);
  outcomes.push(outcome);
  if (flags.includes("--json")) console.log(JSON.stringify(outcome));
  else if (!flags.includes("--failed") || outcome.outcome === "refused")
    console.log(
      [
        outcome.outcome,
        `${outcome.ms} ms`,
        `${outcome.cpuMs ?? "-"} ms of processor`,
        `${outcome.memoryMb ?? "-"} MB`,
        outcome.file,
        outcome.first,
      ].join("\t"),
    );
}
const accepted = outcomes.filter(({ outcome }) => outcome === "accepted");
console.error(
  `${accepted.length} accepted, ${outcomes.length - accepted.length} refused; ` +
    `processor ${spread(outcomes.map(({ cpuMs }) => cpuMs))} ms, ` +
    `wall clock ${spread(outcomes.map(({ ms }) => ms))} ms, ` +
    `memory ${spread(outcomes.map(({ memoryMb }) => memoryMb))} MB (median and most)`,
);
const rules = Map.groupBy(
  outcomes.filter(({ outcome }) => outcome === "refused"),
  ({ first }) => first.split(" ")[1] ?? "",
);
for (const [rule, refused] of rules) console.error(`${refused.length} × ${rule}`);

function spread(values: (number | null)[]): string {
  const known = values.filter((value) => value !== null).toSorted((left, right) => left - right);
  return `${known[Math.floor(known.length / 2)] ?? "-"} and ${known.at(-1) ?? "-"}`;
}
