import { queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import {
  AssessmentVersionList,
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

export const boardQuery = queryOptions({
  queryKey: ["admin", "board"],
  queryFn: ({ signal }) => request(BoardView, "/api/admin/board", { signal }),
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
