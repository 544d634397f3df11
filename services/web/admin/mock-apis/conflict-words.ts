import { z } from "zod";
import { WeatherRule } from "../../../shared/contracts/weather.ts";
import { describeRule } from "../../../shared/contracts/weather-words.ts";
import type { Json } from "../../drafts/merge.ts";

const PLACES: Record<string, string> = {
  datasetVersionId: "Dataset behind it",
  bindings: "Answers",
  weather: "Weather",
};

/** What a place in the draft is called. */
export function nameOfPlace([first = "", ...rest]: readonly string[]): string {
  return [PLACES[first] ?? first, ...rest].join(" · ");
}

/** A value in words where there are any: rules of the weather are sentences. */
export function wordsOfValue(path: readonly string[], value: Json): string | null {
  if (path.join(".") !== "weather.rules") return null;
  const rules = z.array(WeatherRule).safeParse(value);
  if (!rules.success) return null;
  return rules.data.length === 0 ? "No rule" : rules.data.map((rule) => `${describeRule(rule)}.`).join("\n");
}
