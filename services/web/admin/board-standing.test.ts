import { describe, expect, it } from "vitest";
import type { BoardItem } from "../../shared/contracts/admin.ts";
import { countGroups, filterItems, placeItems } from "./board-order.ts";
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
  attempt: null,
  practiceRunning: false,
  submissionId: null,
  ...over,
});

describe("standingOf", () => {
  it.each<[string, BoardItem, string, string]>([
    ["an untouched invitation", item(), "Not started", "waiting"],
    ["a practice", item({ practiceRunning: true }), "Practising", "live"],
    ["a link for later", item({ status: "not_yet_valid" }), "Not open yet", "waiting"],
    ["an expired link", item({ status: "expired" }), "Link expired", "done"],
    ["a revoked link", item({ status: "revoked" }), "Revoked", "done"],
    ["a workspace on its way", item({ attempt: attempt({ state: "provisioning" }) }), "Preparing", "live"],
    ["someone at work", item({ attempt: attempt() }), "Running", "live"],
    ["a deadline just over", item({ attempt: attempt({ deadlineAt: at(-0.01) }) }), "Time is up", "live"],
    ["sealing", item({ attempt: attempt({ state: "sealing" }) }), "Sealing", "live"],
    ["a submission", item({ attempt: attempt({ state: "submitted" }) }), "Submitted", "done"],
    ["a failure", item({ attempt: attempt({ state: "failed" }) }), "Could not start", "attention"],
    ["a lost workspace", item({ attempt: attempt({ sandboxState: "lost" }) }), "Restoring", "attention"],
    [
      "a revoked attempt",
      item({ attempt: attempt({ state: "ended", endReason: "revoked" }) }),
      "Revoked",
      "done",
    ],
  ])("%s", (_, row, label, group) => {
    expect(standingOf(row, NOW)).toMatchObject({ label, group });
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

  it("gives the reason of a failure", () => {
    const failed = item({ attempt: attempt({ state: "failed", failure: "No host had room." }) });
    expect(troublesOf(failed, NOW)).toEqual(["No host had room."]);
  });
});

describe("the order of the board", () => {
  const soon = item({ candidateName: "Soon", attempt: attempt({ deadlineAt: at(5) }) });
  const late = item({ candidateName: "Late", attempt: attempt({ deadlineAt: at(50) }) });
  const broken = item({
    candidateName: "Broken",
    attempt: attempt({ health: health({ ideAnswers: false }) }),
  });
  const waiting = item({ candidateName: "Waiting" });
  const placed = placeItems([waiting, late, broken, soon], NOW);

  it("puts what needs someone first, then the soonest end", () => {
    expect(placed.map((place) => place.item.candidateName)).toEqual(["Broken", "Soon", "Late", "Waiting"]);
    expect(countGroups(placed)).toEqual({ all: 4, attention: 1, live: 2, waiting: 1, done: 0 });
  });
  it("filters by group and by every word of a search", () => {
    expect(filterItems(placed, "live", "")).toHaveLength(2);
    expect(filterItems(placed, "all", "TRIAGE soon")).toHaveLength(1);
    expect(filterItems(placed, "all", "triage nobody")).toHaveLength(0);
  });
});

describe("what can be done with a row", () => {
  it.each<[string, BoardItem, string[]]>([
    ["an untouched invitation", item(), ["copy_link", "revoke"]],
    ["an expired one", item({ status: "expired" }), []],
    ["someone at work", item({ status: "used", attempt: attempt() }), ["copy_link", "revoke", "extend"]],
    ["sealing", item({ status: "used", attempt: attempt({ state: "sealing" }) }), []],
    [
      "a submission",
      item({ status: "used", attempt: attempt({ state: "submitted" }), submissionId: crypto.randomUUID() }),
      ["download"],
    ],
  ])("%s", (_, row, actions) => {
    expect([...actionsFor(row)].sort()).toEqual(actions.sort());
  });

  it("says that revoking discards work only where there is some", () => {
    expect(revokeConsequence(item({ attempt: attempt() }))).toMatch(/discarded/);
    expect(revokeConsequence(item())).toMatch(/nothing is lost/);
  });
});
