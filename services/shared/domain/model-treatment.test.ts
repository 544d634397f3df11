import { expect, it } from "vitest";
import type { TreatmentMark } from "../contracts/models.ts";
import { type TreatmentFigures, treatmentMarks } from "./model-treatment.ts";

const usual: TreatmentFigures = {
  calls: 100,
  upstreamFailures: 1,
  refusals: 1,
  firstTokenP50Ms: 400,
  firstTokenP95Ms: 900,
  tokensPerSecP50: 60,
  outages: [],
};
const outage = {
  from: "2026-03-01T09:00:00.000Z",
  until: "2026-03-01T09:04:00.000Z",
  failures: 3,
  creditedSec: 0,
  uncreditedSec: 240,
};

/** Marks of one candidate among three who were treated as usual. */
const among = (changes: Partial<TreatmentFigures>, others = 3) =>
  treatmentMarks([...Array.from({ length: others }, () => usual), { ...usual, ...changes }]).at(-1);

it.each<[string, Partial<TreatmentFigures>, TreatmentMark[]]>([
  ["like everybody", {}, []],
  ["exactly twice the median is not more", { firstTokenP50Ms: 800 }, []],
  ["more than twice as long", { firstTokenP50Ms: 801 }, ["firstTokenP50Ms"]],
  ["long only now and then", { firstTokenP95Ms: 2000 }, ["firstTokenP95Ms"]],
  ["half as fast is not less", { tokensPerSecP50: 30 }, []],
  ["less than half as fast", { tokensPerSecP50: 29 }, ["tokensPerSecP50"]],
  ["two failures are chance", { upstreamFailures: 2, calls: 10 }, []],
  ["three failures of a hundred", { upstreamFailures: 3 }, ["upstreamFailures"]],
  ["as many failures of many more calls", { upstreamFailures: 6, calls: 300 }, []],
  ["many refusals", { refusals: 40 }, ["refusals"]],
  ["an outage", { outages: [outage] }, ["outages"]],
  ["no answers", { firstTokenP50Ms: null, firstTokenP95Ms: null, tokensPerSecP50: null }, []],
  ["no calls", { calls: 0, upstreamFailures: 0, refusals: 0, firstTokenP50Ms: null }, []],
])("%s", (_name, changes, marks) => expect(among(changes)).toEqual(marks));

it("does not call a difference that nobody feels long", () => {
  const fast = { ...usual, firstTokenP50Ms: 20 };
  expect(treatmentMarks([fast, fast, { ...fast, firstTokenP50Ms: 200 }]).at(-1)).toEqual([]);
});

it("compares nobody when there are too few, but marks outages", () => {
  expect(among({ firstTokenP50Ms: 9000, refusals: 90, outages: [outage] }, 1)).toEqual(["outages"]);
});

it("leaves out of the medians who called nothing", () => {
  const none = { ...usual, calls: 0, upstreamFailures: 0, refusals: 0, firstTokenP50Ms: null };
  expect(treatmentMarks([none, none, none, usual, { ...usual, firstTokenP50Ms: 9000 }]).at(-1)).toEqual([]);
});
