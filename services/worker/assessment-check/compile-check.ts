import { checkWeather, Weather } from "../../shared/contracts/weather.ts";
import { MockApiCompileError } from "../../shared/mock-api/compile/compile-error.ts";
import { compileMockApi } from "../../shared/mock-api/compile/compile-mock-api.ts";
import type { CompiledApi, CompiledOperation } from "../../shared/mock-api/compile/compiled-api.ts";
import type { PinnedDocument } from "../records/assessment-check-record.ts";
import type { Verdict } from "./check-progress.ts";

const NAMED = 3;

/** Whether the gateway could serve it: the same compiler, the same weather. */
export function compileCheck({ document, bindings, weather }: PinnedDocument): {
  verdict: Verdict;
  compiled: CompiledApi | null;
} {
  const remedy = "Open the mock API, correct it there, publish it and choose the new version.";
  try {
    const compiled = compileMockApi(document, bindings);
    const parsed = Weather.safeParse(weather);
    const issues = parsed.success ? checkWeather(parsed.data, compiled.operations.keys()) : [];
    const unknown = issues.filter(({ code }) => code === "unknown_operation");
    if (!parsed.success || unknown.length > 0)
      return {
        compiled,
        verdict: {
          status: "failed",
          message: unknown[0]?.message ?? "Its weather cannot be read.",
          remedy,
        },
      };
    const rules = parsed.data.rules.length;
    const message = `${compiled.operations.size} operations, ${rules} ${rules === 1 ? "rule" : "rules"} of weather.`;
    return { compiled, verdict: { status: "passed", message } };
  } catch (error) {
    if (!(error instanceof MockApiCompileError)) throw error;
    const more = error.issues.length > NAMED ? ` (and ${error.issues.length - NAMED} more)` : "";
    const message = `It cannot be served: ${error.issues.slice(0, NAMED).join("; ")}${more}.`;
    return { compiled: null, verdict: { status: "failed", message, remedy } };
  }
}

/** A read that needs nothing but a key, to ask for in the workspace; null when every one needs more. */
export function plainRead(compiled: CompiledApi): CompiledOperation | null {
  const plain = [...compiled.operations.values()].filter(
    ({ method, parameters, template }) =>
      method === "GET" && !template.includes("{") && parameters.every(({ required }) => !required),
  );
  // A collection says more than a health check.
  return plain.find(({ binding }) => binding?.kind === "list") ?? plain[0] ?? null;
}
