import { describe, expect, it } from "vitest";
import type { AttemptView, CandidateView } from "../../shared/contracts/candidate.ts";
import { newerView, noticesBetween, screenOf } from "./candidate-screen.ts";

const running: AttemptView = {
  id: "0198f2aa-0000-7000-8000-000000000001",
  state: "running",
  sandboxState: "ready",
  startedAt: "2026-03-01T09:00:00.000Z",
  deadlineAt: "2026-03-01T11:00:00.000Z",
  limitSec: 7200,
  credits: [],
  lastSavedAt: null,
  endedAt: null,
  endReason: null,
  failure: null,
  submitRequestedAt: null,
  pausedAt: null,
  pauseReason: null,
  messages: [],
};

describe("the screen of an attempt", () => {
  it.each([
    ["lobby", null],
    ["preparing", { ...running, state: "provisioning", startedAt: null }],
    ["start_failed", { ...running, state: "failed", startedAt: null }],
    ["ended", { ...running, state: "failed" }],
    ["workspace", running],
    ["sealing", { ...running, submitRequestedAt: "2026-03-01T10:00:00.000Z" }],
    ["sealing", { ...running, state: "sealing" }],
    ["receipt", { ...running, state: "submitted" }],
    ["ended", { ...running, state: "ended" }],
  ] as const)("is %s", (screen, attempt) => {
    expect(screenOf(attempt as AttemptView | null)).toBe(screen);
  });
});

describe("notices between two states", () => {
  it("tells only of credits that are new", () => {
    const first = { seconds: 60, reason: "Host restarted", at: "2026-03-01T09:10:00.000Z" };
    const second = { seconds: 300, reason: "Fire alarm", at: "2026-03-01T09:40:00.000Z" };
    const before = { ...running, credits: [first] };
    expect(noticesBetween(before, { ...running, credits: [first, second] })).toEqual([
      { kind: "time_added", seconds: 300, reason: "Fire alarm" },
    ]);
    expect(noticesBetween(before, before)).toEqual([]);
  });

  it("tells that a lost workspace is back, and says nothing about another attempt's", () => {
    const lost: AttemptView = { ...running, sandboxState: "lost" };
    expect(noticesBetween(lost, running)).toEqual([{ kind: "workspace_back" }]);
    expect(noticesBetween({ ...lost, id: "0198f2aa-0000-7000-8000-000000000002" }, running)).toEqual([]);
  });
});

it("keeps the newer of two views, whichever arrived last", () => {
  const early = { now: "2026-03-01T09:00:00.000Z" } as CandidateView;
  const late = { now: "2026-03-01T09:00:01.000Z" } as CandidateView;
  expect(newerView(late, early)).toBe(late);
  expect(newerView(early, late)).toBe(late);
  expect(newerView(undefined, early)).toBe(early);
});
