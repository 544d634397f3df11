import { describe, expect, it } from "vitest";
import type { QueueItem } from "../../shared/contracts/review.ts";
import { countQueue, filterQueue, sortQueue } from "./queue-order.ts";

const item = (codeName: string, over: Partial<QueueItem> = {}): QueueItem => ({
  submissionId: crypto.randomUUID(),
  codeName,
  assessmentTitle: "Support triage",
  roleTitle: "Applied AI engineer",
  roleType: 1,
  sealedAt: "2026-03-01T09:00:00.000Z",
  myReview: "none",
  reviewsSubmitted: 0,
  ...over,
});
const names = (items: QueueItem[]) => items.map(({ codeName }) => codeName);

describe("the queue", () => {
  const items = [
    item("Quiet Heron 41", { sealedAt: "2026-03-03T09:00:00.000Z" }),
    item("Brisk Otter 7", { myReview: "submitted", reviewsSubmitted: 2 }),
    item("Brisk Otter 12", { myReview: "draft", roleTitle: "ML engineer" }),
  ];

  it("keeps drafts and untouched submissions under “to do”", () => {
    expect(names(filterQueue(items, "to_do", ""))).toEqual(["Quiet Heron 41", "Brisk Otter 12"]);
    expect(countQueue(items)).toEqual({ all: 3, to_do: 2, draft: 1, submitted: 1 });
  });

  it("searches code names, assessments and roles", () => {
    expect(names(filterQueue(items, "all", "ml ENG"))).toEqual(["Brisk Otter 12"]);
    expect(filterQueue(items, "all", "nobody")).toEqual([]);
  });

  it("sorts names as people count, drafts before the rest, and is stable in ties", () => {
    expect(names(sortQueue(items, { column: "codeName", direction: "ascending" }))).toEqual([
      "Brisk Otter 7",
      "Brisk Otter 12",
      "Quiet Heron 41",
    ]);
    expect(names(sortQueue(items, { column: "myReview", direction: "ascending" }))[0]).toBe("Brisk Otter 12");
    expect(names(sortQueue(items, { column: "sealedAt", direction: "descending" }))).toEqual([
      "Quiet Heron 41",
      "Brisk Otter 7",
      "Brisk Otter 12",
    ]);
    expect(names(items)[0]).toBe("Quiet Heron 41");
  });
});
