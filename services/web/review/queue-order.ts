import type { QueueItem } from "../../shared/contracts/review.ts";

export type QueueFilter = "all" | "to_do" | "draft" | "submitted";
export type QueueColumn = "codeName" | "assessmentTitle" | "sealedAt" | "myReview" | "reviewsSubmitted";
export interface QueueSort {
  column: QueueColumn;
  direction: "ascending" | "descending";
}

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
/** A draft comes first: it is the one to finish. */
const REVIEW_ORDER: Record<QueueItem["myReview"], number> = { draft: 0, none: 1, submitted: 2 };

export function filterQueue(items: readonly QueueItem[], filter: QueueFilter, search: string): QueueItem[] {
  const needle = search.trim().toLowerCase();
  return items.filter((item) => {
    if (filter === "to_do" && item.myReview === "submitted") return false;
    if (filter === "draft" && item.myReview !== "draft") return false;
    if (filter === "submitted" && item.myReview !== "submitted") return false;
    return `${item.codeName}\n${item.assessmentTitle}\n${item.roleTitle}`.toLowerCase().includes(needle);
  });
}

/** Ties are settled by sealing time (oldest first), then code name, so that the order never jumps. */
export function sortQueue(items: readonly QueueItem[], sort: QueueSort): QueueItem[] {
  const sign = sort.direction === "ascending" ? 1 : -1;
  return items.toSorted(
    (a, b) =>
      sign * compareBy(sort.column, a, b) ||
      a.sealedAt.localeCompare(b.sealedAt) ||
      collator.compare(a.codeName, b.codeName),
  );
}

function compareBy(column: QueueColumn, a: QueueItem, b: QueueItem): number {
  switch (column) {
    case "codeName":
    case "assessmentTitle":
      return collator.compare(a[column], b[column]);
    case "sealedAt":
      return a.sealedAt.localeCompare(b.sealedAt);
    case "myReview":
      return REVIEW_ORDER[a.myReview] - REVIEW_ORDER[b.myReview];
    case "reviewsSubmitted":
      return a.reviewsSubmitted - b.reviewsSubmitted;
  }
}

export function countQueue(items: readonly QueueItem[]): Record<QueueFilter, number> {
  const of = (state: QueueItem["myReview"]) => items.filter((item) => item.myReview === state).length;
  return {
    all: items.length,
    to_do: items.length - of("submitted"),
    draft: of("draft"),
    submitted: of("submitted"),
  };
}
