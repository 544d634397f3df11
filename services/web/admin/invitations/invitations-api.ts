import { queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import { BoardItem, CreateInvitationResponse } from "../../../shared/contracts/admin.ts";
import {
  AdminRequestList,
  type AnswerRequest,
  AttemptMessage,
  BulkReport,
  BulkResult,
  type CheckBulkRequest,
  type CreateBulkRequest,
  type EditInvitationRequest,
  EmailPreview,
  EmailSettings,
  EmailTemplate,
  type EmailTemplateName,
  InvitationDetails,
  type ReinviteRequest,
} from "../../../shared/contracts/invitation-studio.ts";
import { request } from "../../api-client/request.ts";

const INVITATIONS = "/api/admin/invitations";
const post = (body?: unknown) => ({ method: "POST" as const, body });

export const detailsQuery = (invitationId: string) =>
  queryOptions({
    queryKey: ["admin", "invitation", invitationId],
    queryFn: ({ signal }) => request(InvitationDetails, `${INVITATIONS}/${invitationId}`, { signal }),
  });

export const requestsQuery = (state: "open" | "answered") =>
  queryOptions({
    queryKey: ["admin", "requests", state],
    queryFn: ({ signal }) => request(AdminRequestList, `/api/admin/requests?state=${state}`, { signal }),
  });

export const emailQuery = queryOptions({
  queryKey: ["admin", "email"],
  queryFn: ({ signal }) => request(EmailSettings, "/api/admin/email", { signal }),
});

export const checkBulk = (body: z.input<typeof CheckBulkRequest>) =>
  request(BulkReport, `${INVITATIONS}/bulk/check`, post(body));

export const createBulk = (body: z.input<typeof CreateBulkRequest>) =>
  request(BulkResult, `${INVITATIONS}/bulk`, post(body));

export const editInvitation = (id: string, body: z.input<typeof EditInvitationRequest>) =>
  request(BoardItem, `${INVITATIONS}/${id}`, { method: "PATCH", body });

export const reinvite = (id: string, body: z.input<typeof ReinviteRequest>) =>
  request(CreateInvitationResponse, `${INVITATIONS}/${id}/reinvite`, post(body));

export const resendEmail = (id: string) =>
  request(InvitationDetails, `${INVITATIONS}/${id}/emails`, post({}));

export const answerRequest = (id: string, body: z.input<typeof AnswerRequest>) =>
  request(AdminRequestList, `/api/admin/requests/${id}/answer`, post(body));

const attempt = (id: string, action: string) => `/api/admin/attempts/${id}/${action}`;
export const sendMessage = (attemptId: string, text: string) =>
  request(AttemptMessage, attempt(attemptId, "messages"), post({ text }));
export const pauseAttempt = (attemptId: string, reason: string) =>
  request(BoardItem, attempt(attemptId, "pause"), post({ reason }));
export const resumeAttempt = (attemptId: string) => request(BoardItem, attempt(attemptId, "resume"), post());
export const endAttempt = (attemptId: string, reason: string) =>
  request(BoardItem, attempt(attemptId, "end"), post({ reason }));

const template = (name: EmailTemplateName) => `/api/admin/email/templates/${name}`;
export const saveTemplate = (
  name: EmailTemplateName,
  body: { revision: number; subject: string; body: string },
) => request(EmailTemplate, template(name), { method: "PUT", body });
export const previewTemplate = (name: EmailTemplateName, body: { subject: string; body: string }) =>
  request(EmailPreview, `${template(name)}/preview`, post(body));
