import { queryOptions } from "@tanstack/react-query";
import type { BoardGroup } from "../../shared/contracts/admin.ts";
import { api } from "../api-client/client.ts";

/** What of the board is looked at. */
export interface BoardFilters {
  group: BoardGroup | "all";
  search: string;
  assessmentId: string | null;
  page: number;
}

/** Begins the key of every page of the board. */
export const BOARD_KEY = ["admin", "board"] as const;

/** Only what narrows the board. */
function parametersOf({ group, search, assessmentId, page }: BoardFilters) {
  return {
    ...(group === "all" ? {} : { group }),
    ...(search.trim() === "" ? {} : { search: search.trim() }),
    ...(assessmentId === null ? {} : { assessmentId }),
    ...(page > 1 ? { page } : {}),
  };
}

/** Live: `board` events. */
export function boardEventsUrl(filters: BoardFilters): string {
  const entries = Object.entries(parametersOf(filters)).map(([name, value]) => [name, String(value)]);
  return `/api/admin/board/events${entries.length > 0 ? `?${new URLSearchParams(entries)}` : ""}`;
}

export const boardQuery = (filters: BoardFilters) =>
  queryOptions({
    queryKey: [...BOARD_KEY, filters],
    queryFn: ({ signal }) => api.readBoard(parametersOf(filters), { signal }),
    // Typing another letter must not empty the list.
    placeholderData: (before) => before,
  });

export const versionsQuery = queryOptions({
  queryKey: ["admin", "assessment-versions"],
  queryFn: ({ signal }) => api.listInvitableVersions({ signal }),
  staleTime: 60_000,
});

export const staffListQuery = queryOptions({
  queryKey: ["admin", "staff"],
  queryFn: ({ signal }) => api.listStaff({ signal }),
});

/** A download is a link, not a call. */
export const archiveAddress = (submissionId: string) => `/api/admin/submissions/${submissionId}/archive`;
