import type { BoardItem } from "../../shared/contracts/admin.ts";
import { type BoardFilter, type BoardGroup, standingOf } from "./board-standing.ts";

export interface PlacedItem {
  item: BoardItem;
  group: BoardGroup;
}

const GROUP_ORDER: Record<BoardGroup, number> = { attention: 0, live: 1, waiting: 2, done: 3 };

/** What needs someone first, then what runs (soonest end first), then the rest as the server ordered it. */
export function placeItems(items: readonly BoardItem[], nowMs: number): PlacedItem[] {
  return items
    .map((item) => ({ item, group: standingOf(item, nowMs).group }))
    .sort((a, b) => GROUP_ORDER[a.group] - GROUP_ORDER[b.group] || compareEnds(a, b));
}

function compareEnds(a: PlacedItem, b: PlacedItem): number {
  if (a.group !== "live" || b.group !== "live") return 0;
  const [x, y] = [a, b].map(({ item }) => item.attempt?.deadlineAt ?? "9");
  return x!.localeCompare(y!);
}

export function filterItems(items: readonly PlacedItem[], filter: BoardFilter, search: string): PlacedItem[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return items.filter(({ item, group }) => {
    if (filter !== "all" && group !== filter) return false;
    const text = `${item.candidateName} ${item.candidateEmail} ${item.assessmentTitle}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

export function countGroups(items: readonly PlacedItem[]): Record<BoardFilter, number> {
  const counts = { all: items.length, attention: 0, live: 0, waiting: 0, done: 0 };
  for (const { group } of items) counts[group] += 1;
  return counts;
}
