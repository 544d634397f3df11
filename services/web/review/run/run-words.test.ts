import { expect, it } from "vitest";
import type { NewModelRequest } from "../../../shared/contracts/run.ts";
import { endWords, outcomeWords } from "./run-words.ts";

const request = (changes: Partial<NewModelRequest>): NewModelRequest => ({
  ...{ id: "", at: "", times: 1, endpoint: "chat/completions", alias: "small", stream: false },
  ...{ outcome: "refused", errorCode: null, costUsd: 0, excerpt: "", ...changes },
});

it.each<[Partial<NewModelRequest>, string]>([
  [{ errorCode: "not_recorded" }, "not asked"],
  [{ errorCode: "insufficient_quota" }, "over what you allowed"],
  [{ errorCode: "reservation_too_large" }, "over what you allowed"],
  [{ errorCode: "invalid_value" }, "refused"],
  [{ outcome: "answered", costUsd: 0.0042 }, "asked, $0.0042"],
  [{ outcome: "open" }, "under way"],
  [{ outcome: "aborted", costUsd: 0.5 }, "broken off by the program, $0.50"],
  [{ outcome: "upstream_failed" }, "failed at the provider"],
  [{ outcome: "lost", costUsd: 1 }, "interrupted, $1.00"],
])("of %j it says %s", (changes, words) => expect(outcomeWords(request(changes))).toBe(words));

it("says of each end what happened, and of those that are nobody's wish what to do", () => {
  const titles = (["reviewer", "deadline", "lost", "failed"] as const).map((end) => endWords({ end }).title);
  expect(new Set(titles).size).toBe(4);
  expect(endWords({ end: "lost" }).text).toContain("start another run");
  expect(endWords({ end: "failed" }).text).toContain("Try again");
});
