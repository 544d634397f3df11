import { describe, expect, it } from "vitest";
import type { BoardItem } from "../../shared/contracts/admin.ts";
import { standingOf, troublesOf } from "./board-standing.ts";
import { actionsFor, revokeConsequence } from "./row-actions.ts";

type Attempt = NonNullable<BoardItem["attempt"]>;
const NOW = Date.parse("2026-03-01T10:00:00.000Z");
const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();

const health = (over: Partial<NonNullable<Attempt["health"]>> = {}) => ({
  at: at(-0.1),
  memoryBytes: 100,
  memoryLimitBytes: 1000,
  cpuPercent: 5,
  diskUsedBytes: 100,
  diskLimitBytes: 1000,
  ideAnswers: true,
  ...over,
});
const attempt = (over: Partial<Attempt> = {}): Attempt => ({
  id: crypto.randomUUID(),
  state: "running",
  startedAt: at(-30),
  deadlineAt: at(90),
  creditedSec: 0,
  lastSavedAt: at(-1),
  endedAt: null,
  endReason: null,
  failure: null,
  sandboxState: "ready",
  epoch: 1,
  health: health(),
  pausedAt: null,
  pauseReason: null,
  resumeRequestedAt: null,
  submitRequestedAt: null,
  faultCount: 0,
  unreadMessages: 0,
  ...over,
});
const item = (over: Partial<BoardItem> = {}): BoardItem => ({
  invitationId: crypto.randomUUID(),
  candidateName: "Ada Byron",
  candidateEmail: "ada@example.com",
  assessmentTitle: "Support triage",
  assessmentVersion: 1,
  status: "open",
  link: "http://localhost/invite/x",
  validFrom: at(-600),
  expiresAt: at(6000),
  extraTimeFactor: 1,
  group: "waiting",
  email: null,
  openRequests: 0,
  attempt: null,
  practiceRunning: false,
  submissionId: null,
  ...over,
});

describe("standingOf", () => {
  it.each<[string, BoardItem, string]>([
    ["an untouched invitation", item(), "Not started"],
    ["a practice", item({ practiceRunning: true }), "Practising"],
    ["a link for later", item({ status: "not_yet_valid" }), "Not open yet"],
    ["an expired link", item({ status: "expired" }), "Link expired"],
    ["a revoked link", item({ status: "revoked" }), "Revoked"],
    ["a workspace on its way", item({ attempt: attempt({ state: "provisioning" }) }), "Preparing"],
    ["someone at work", item({ attempt: attempt() }), "Running"],
    ["a deadline just over", item({ attempt: attempt({ deadlineAt: at(-0.01) }) }), "Time is up"],
    ["a pause", item({ attempt: attempt({ pausedAt: at(-5), pauseReason: "x" }) }), "Paused"],
    [
      "a pause about to end",
      item({ attempt: attempt({ pausedAt: at(-5), pauseReason: "x", resumeRequestedAt: at(0) }) }),
      "Resuming",
    ],
    ["an end asked for", item({ attempt: attempt({ submitRequestedAt: at(0) }) }), "Ending"],
    ["sealing", item({ attempt: attempt({ state: "sealing" }) }), "Sealing"],
    ["a submission", item({ attempt: attempt({ state: "submitted" }) }), "Submitted"],
    ["a failure", item({ attempt: attempt({ state: "failed" }) }), "Could not start"],
    ["a lost workspace", item({ attempt: attempt({ sandboxState: "lost" }) }), "Restoring"],
    ["a revoked attempt", item({ attempt: attempt({ state: "ended", endReason: "revoked" }) }), "Revoked"],
  ])("%s", (_, row, label) => {
    expect(standingOf(row, NOW)).toMatchObject({ label });
  });
});

describe("troublesOf", () => {
  it.each<[string, Partial<Attempt>, RegExp]>([
    ["a silent editor", { health: health({ ideAnswers: false }) }, /editor/],
    ["memory nearly full", { health: health({ memoryBytes: 950 }) }, /Memory/],
    ["a disk nearly full", { health: health({ diskUsedBytes: 999 }) }, /disk/],
    ["a workspace that went quiet", { health: health({ at: at(-2) }) }, /not reported/],
    ["work that is never saved", { lastSavedAt: null, health: health({ cpuPercent: 80 }) }, /saved/],
  ])("names %s", (_, over, sentence) => {
    expect(troublesOf(item({ attempt: attempt(over) }), NOW).join()).toMatch(sentence);
  });

  it("says nothing of a healthy, idle or finished workspace", () => {
    expect(troublesOf(item({ attempt: attempt({ lastSavedAt: at(-40) }) }), NOW)).toEqual([]);
    const over = attempt({ state: "submitted", health: health({ ideAnswers: false }) });
    expect(troublesOf(item({ attempt: over }), NOW)).toEqual([]);
  });

  it("names a request that waits, a mail that failed and a pause, which hides what follows from it", () => {
    expect(troublesOf(item({ openRequests: 1 }), NOW).join()).toMatch(/answer/);
    expect(troublesOf(item({ email: { state: "failed", at: at(-1) } }), NOW).join()).toMatch(/e-mail/);
    const paused = attempt({
      pausedAt: at(-9),
      pauseReason: "Our power failed.",
      health: health({ at: at(-9) }),
    });
    expect(troublesOf(item({ attempt: paused }), NOW)).toEqual(["The clock stands still: Our power failed."]);
  });

  it("gives the reason of a failure", () => {
    const failed = item({ attempt: attempt({ state: "failed", failure: "No host had room." }) });
    expect(troublesOf(failed, NOW)).toEqual(["No host had room."]);
  });
});

describe("what can be done with a row", () => {
  it.each<[string, BoardItem, string[]]>([
    ["an untouched invitation", item(), ["copy_link", "details", "revoke"]],
    ["an expired one", item({ status: "expired" }), ["details"]],
    [
      "someone at work",
      item({ status: "used", attempt: attempt() }),
      ["copy_link", "details", "revoke", "extend", "message", "pause", "end"],
    ],
    ["sealing", item({ status: "used", attempt: attempt({ state: "sealing" }) }), ["details", "message"]],
    [
      "a paused one",
      item({ status: "used", attempt: attempt({ pausedAt: at(-1), pauseReason: "x" }) }),
      ["copy_link", "details", "revoke", "extend", "message", "resume", "end"],
    ],
    [
      "a submission",
      item({ status: "used", attempt: attempt({ state: "submitted" }), submissionId: crypto.randomUUID() }),
      ["details", "download"],
    ],
  ])("%s", (_, row, actions) => {
    expect([...actionsFor(row)].sort()).toEqual(actions.sort());
  });

  it("says that revoking discards work only where there is some", () => {
    expect(revokeConsequence(item({ attempt: attempt() }))).toMatch(/discarded/);
    expect(revokeConsequence(item())).toMatch(/nothing is lost/);
  });
});
