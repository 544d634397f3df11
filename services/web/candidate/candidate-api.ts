import type { z } from "zod";
import {
  CandidateView,
  DatasetGuide,
  MockApiReference,
  NotesResponse,
  OpenInvitationResponse,
  ReceiptView,
  TaskView,
  WorkspaceLinkResponse,
} from "../../shared/contracts/candidate.ts";
import type { AskRequest } from "../../shared/contracts/invitation-studio.ts";
import { request } from "../api-client/request.ts";

const base = (invitationId: string) => `/api/candidate/invitations/${encodeURIComponent(invitationId)}`;

export const eventsUrl = (invitationId: string) => `${base(invitationId)}/events`;

export type AttemptChoice = "scored" | "practice";

/** Every call a candidate's pages make; all throw `ProblemError`. */
export const candidateApi = {
  openInvitation: (token: string) =>
    request(OpenInvitationResponse, "/api/candidate/sessions", { method: "POST", body: { token } }),
  view: (id: string, signal?: AbortSignal) => request(CandidateView, base(id), { signal }),
  consent: (id: string, consentVersion: string) =>
    request(CandidateView, `${base(id)}/consent`, {
      method: "POST",
      body: { accepted: true, consentVersion },
    }),
  startPractice: (id: string) => request(CandidateView, `${base(id)}/practice`, { method: "POST" }),
  endPractice: (id: string) => request(CandidateView, `${base(id)}/practice`, { method: "DELETE" }),
  start: (id: string) => request(CandidateView, `${base(id)}/start`, { method: "POST" }),
  task: (id: string, signal?: AbortSignal) => request(TaskView, `${base(id)}/task`, { signal }),
  dataset: (id: string, mountName: string, signal?: AbortSignal) =>
    request(DatasetGuide, `${base(id)}/datasets/${encodeURIComponent(mountName)}`, { signal }),
  mockApi: (id: string, hostname: string, signal?: AbortSignal) =>
    request(MockApiReference, `${base(id)}/mock-apis/${encodeURIComponent(hostname)}`, { signal }),
  workspaceLink: (id: string, attempt: AttemptChoice, target: "ide" | number) =>
    request(WorkspaceLinkResponse, `${base(id)}/workspace-links`, {
      method: "POST",
      body: { attempt, target },
    }),
  saveNotes: (id: string, notes: string, keepalive = false) =>
    request(NotesResponse, `${base(id)}/notes`, { method: "PUT", body: { notes }, keepalive }),
  submit: (id: string, notes: string) =>
    request(CandidateView, `${base(id)}/submit`, { method: "POST", body: { confirm: true, notes } }),
  ask: (id: string, body: z.input<typeof AskRequest>) =>
    request(CandidateView, `${base(id)}/requests`, { method: "POST", body }),
  withdraw: (id: string, requestId: string) =>
    request(CandidateView, `${base(id)}/requests/${requestId}/withdraw`, { method: "POST" }),
  readMessage: (id: string, messageId: string) =>
    request(CandidateView, `${base(id)}/messages/${messageId}/read`, { method: "POST" }),
  receipt: (id: string, signal?: AbortSignal) => request(ReceiptView, `${base(id)}/receipt`, { signal }),
};
