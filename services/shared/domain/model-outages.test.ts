import { expect, it } from "vitest";
import type { ModelOutcome } from "../contracts/models.ts";
import { type OutageCall, outagesOf } from "./model-outages.ts";

const at = (second: number) => new Date(Date.UTC(2026, 2, 1) + second * 1000);
/** Outcome and second at which it began; failures take 4 s. */
const call = ([outcome, second, firstTokenMs]: Told): OutageCall => ({
  at: at(second),
  outcome,
  durationMs: outcome === "open" ? null : 4000,
  firstTokenMs: firstTokenMs ?? null,
});
type Told = [outcome: ModelOutcome, second: number, firstTokenMs?: number];

it.each<[string, Told[], [from: number, until: number, failures: number][]]>([
  ["nothing was called", [], []],
  [
    "all was answered",
    [
      ["answered", 0],
      ["answered", 5],
    ],
    [],
  ],
  [
    "one call failed and the next was answered",
    [
      ["upstream_failed", 10],
      ["answered", 20],
    ],
    [],
  ],
  [
    "two failed in a row",
    [
      ["upstream_failed", 10],
      ["upstream_failed", 20],
      ["answered", 50],
    ],
    [[10, 50, 2]],
  ],
  [
    "failures were never followed by an answer",
    [
      ["answered", 1],
      ["upstream_failed", 10],
      ["upstream_failed", 20],
    ],
    [[10, 24, 2]],
  ],
  [
    "failures at the same time end in another order",
    [
      ["upstream_failed", 10],
      ["upstream_failed", 10],
      ["upstream_failed", 11],
    ],
    [[10, 15, 3]],
  ],
  [
    "single failures alternate with answers",
    [
      ["upstream_failed", 10],
      ["answered", 20],
      ["upstream_failed", 30],
      ["answered", 40],
    ],
    [],
  ],
  [
    "what says nothing of the models came between",
    [
      ["upstream_failed", 10],
      ["refused", 12],
      ["replayed", 13],
      ["lost", 14],
      ["open", 15],
      ["aborted", 16],
      ["upstream_failed", 30],
      ["answered", 31],
    ],
    [[10, 31, 2]],
  ],
  [
    "a program went away from an answer that had begun",
    [
      ["upstream_failed", 10],
      ["upstream_failed", 12],
      ["aborted", 20, 300],
      ["upstream_failed", 30],
      ["answered", 40],
    ],
    [[10, 20, 2]],
  ],
  [
    "it happened twice",
    [
      ["upstream_failed", 10],
      ["upstream_failed", 11],
      ["answered", 20],
      ["upstream_failed", 30],
      ["upstream_failed", 31],
      ["upstream_failed", 32],
      ["answered", 60],
    ],
    [
      [10, 20, 2],
      [30, 60, 3],
    ],
  ],
])("when %s", (_name, calls, expected) => {
  expect(outagesOf(calls.map(call))).toEqual(
    expected.map(([from, until, failures]) => ({ from: at(from), until: at(until), failures })),
  );
});
