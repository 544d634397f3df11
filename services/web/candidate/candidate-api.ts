import { type AskRequestInput, api } from "../api-client/client.ts";

/** Live: `state` events. */
export const eventsUrl = (invitationId: string) =>
  `/api/candidate/invitations/${encodeURIComponent(invitationId)}/events`;

export type AttemptChoice = "scored" | "practice";

/** Every call a candidate's pages make; all throw `ProblemError`. */
export const candidateApi = {
  openInvitation: (token: string) => api.openInvitation({ token }),
  view: (id: string, signal?: AbortSignal) => api.readCandidateView(id, { signal }),
  consent: (id: string, consentVersion: string) => api.giveConsent(id, { accepted: true, consentVersion }),
  startPractice: (id: string) => api.startPractice(id),
  endPractice: (id: string) => api.stopPractice(id),
  start: (id: string) => api.startAttempt(id),
  task: (id: string, signal?: AbortSignal) => api.readTask(id, { signal }),
  dataset: (id: string, mountName: string, signal?: AbortSignal) =>
    api.readDatasetGuide(id, mountName, { signal }),
  mockApi: (id: string, hostname: string, signal?: AbortSignal) =>
    api.readMockApiReference(id, hostname, { signal }),
  models: (id: string, signal?: AbortSignal) => api.readCandidateModels(id, { signal }),
  workspaceLink: (id: string, attempt: AttemptChoice, target: "ide" | number) =>
    api.createWorkspaceLink(id, { attempt, target }),
  saveNotes: (id: string, notes: string, keepalive = false) => api.saveNotes(id, { notes }, { keepalive }),
  submit: (id: string, notes: string) => api.submitAttempt(id, { confirm: true, notes }),
  ask: (id: string, body: AskRequestInput) => api.askForSomething(id, body),
  withdraw: (id: string, requestId: string) => api.withdrawRequest(id, requestId),
  readMessage: (id: string, messageId: string) => api.readMessage(id, messageId),
  receipt: (id: string, signal?: AbortSignal) => api.readReceipt(id, { signal }),
};
