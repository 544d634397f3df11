import type { AttemptView, CandidateView } from "../../shared/contracts/candidate.ts";

/** Which of the candidate's screens belongs to where the attempt stands. */
export type CandidateScreen =
  | "lobby"
  | "preparing"
  | "start_failed"
  | "workspace"
  | "sealing"
  | "receipt"
  | "ended";

export function screenOf(attempt: AttemptView | null): CandidateScreen {
  switch (attempt?.state) {
    case undefined:
      return "lobby";
    case "provisioning":
      return "preparing";
    case "failed":
      // Once the clock ran, starting again is not the candidate's to decide.
      return attempt?.startedAt ? "ended" : "start_failed";
    case "running":
      return attempt?.submitRequestedAt ? "sealing" : "workspace";
    case "sealing":
      return "sealing";
    case "submitted":
      return "receipt";
    case "ended":
      return "ended";
  }
}

/** What a candidate should be told when one state of an attempt follows another. */
export type AttemptNotice =
  | { kind: "time_added"; seconds: number; reason: string }
  | { kind: "workspace_back" };

export function noticesBetween(before: AttemptView | null, after: AttemptView | null): AttemptNotice[] {
  if (!before || !after || before.id !== after.id) return [];
  const notices: AttemptNotice[] = after.credits
    .slice(before.credits.length)
    .map((credit) => ({ kind: "time_added", seconds: credit.seconds, reason: credit.reason }));
  if (isWorkspaceAway(before) && !isWorkspaceAway(after)) notices.push({ kind: "workspace_back" });
  return notices;
}

/** The attempt runs, but its sandbox is gone and being replaced. */
export function isWorkspaceAway(attempt: AttemptView): boolean {
  return (
    attempt.state === "running" &&
    attempt.sandboxState !== null &&
    attempt.sandboxState !== "ready" &&
    attempt.sandboxState !== "frozen"
  );
}

/** An older view must not overwrite a newer one: a slow answer may arrive after a later event. */
export function newerView(current: CandidateView | undefined, incoming: CandidateView): CandidateView {
  return current && Date.parse(current.now) > Date.parse(incoming.now) ? current : incoming;
}
