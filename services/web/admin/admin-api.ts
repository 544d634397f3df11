import { queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import {
  AssessmentVersionList,
  type BoardGroup,
  BoardItem,
  BoardView,
  type CreateInvitationRequest,
  CreateInvitationResponse,
  type CreateStaffRequest,
  type ExtendAttemptRequest,
  ExtendAttemptResponse,
  StaffList,
  StaffMember,
} from "../../shared/contracts/admin.ts";
import { request } from "../api-client/request.ts";

/** What of the board is looked at. */
export interface BoardFilters {
  group: BoardGroup | "all";
  search: string;
  assessmentId: string | null;
  page: number;
}

/** Begins the key of every page of the board. */
export const BOARD_KEY = ["admin", "board"] as const;

function searchOf({ group, search, assessmentId, page }: BoardFilters): string {
  const parameters = new URLSearchParams();
  if (group !== "all") parameters.set("group", group);
  if (search.trim() !== "") parameters.set("search", search.trim());
  if (assessmentId !== null) parameters.set("assessmentId", assessmentId);
  if (page > 1) parameters.set("page", String(page));
  return parameters.size > 0 ? `?${parameters}` : "";
}

export const boardEventsUrl = (filters: BoardFilters) => `/api/admin/board/events${searchOf(filters)}`;

export const boardQuery = (filters: BoardFilters) =>
  queryOptions({
    queryKey: [...BOARD_KEY, filters],
    queryFn: ({ signal }) => request(BoardView, `/api/admin/board${searchOf(filters)}`, { signal }),
    // Typing another letter must not empty the list.
    placeholderData: (before) => before,
  });

export const versionsQuery = queryOptions({
  queryKey: ["admin", "assessment-versions"],
  queryFn: ({ signal }) => request(AssessmentVersionList, "/api/admin/assessment-versions", { signal }),
  staleTime: 60_000,
});

export const staffListQuery = queryOptions({
  queryKey: ["admin", "staff"],
  queryFn: ({ signal }) => request(StaffList, "/api/admin/staff", { signal }),
});

export const invite = (body: z.input<typeof CreateInvitationRequest>) =>
  request(CreateInvitationResponse, "/api/admin/invitations", { method: "POST", body });

export const revoke = (invitationId: string, reason: string) =>
  request(BoardItem, `/api/admin/invitations/${invitationId}/revoke`, { method: "POST", body: { reason } });

export const extend = (attemptId: string, body: z.input<typeof ExtendAttemptRequest>) =>
  request(ExtendAttemptResponse, `/api/admin/attempts/${attemptId}/extend`, { method: "POST", body });

export const addStaff = (body: z.input<typeof CreateStaffRequest>) =>
  request(StaffMember, "/api/admin/staff", { method: "POST", body });

export const archiveAddress = (submissionId: string) => `/api/admin/submissions/${submissionId}/archive`;
