import type { BoardItem } from "../../shared/contracts/admin.ts";

export type RowAction =
  | "details"
  | "copy_link"
  | "extend"
  | "message"
  | "pause"
  | "resume"
  | "end"
  | "revoke"
  | "download";

/** What can be done with a row right now; the server checks it again. */
export function actionsFor(item: BoardItem): ReadonlySet<RowAction> {
  const actions = new Set<RowAction>(["details"]);
  const { attempt, status } = item;
  const isOpenAttempt = attempt?.state === "provisioning" || attempt?.state === "running";
  if (status === "open" || status === "not_yet_valid" || isOpenAttempt) {
    actions.add("copy_link");
    actions.add("revoke");
  }
  if (attempt && ["provisioning", "running", "sealing"].includes(attempt.state)) actions.add("message");
  if (attempt?.state === "running" && !attempt.submitRequestedAt) {
    actions.add("extend").add("end");
    actions.add(attempt.pausedAt && !attempt.resumeRequestedAt ? "resume" : "pause");
  }
  if (item.submissionId !== null) actions.add("download");
  return actions;
}

/** What revoking takes away, for the one who is about to do it. */
export function revokeConsequence({ attempt, candidateName }: BoardItem): string {
  if (attempt?.state === "running" || attempt?.state === "provisioning") {
    return `${candidateName}’s workspace stops at once. What they built is discarded: nothing is sealed and nobody can review it.`;
  }
  return `${candidateName}’s link stops working. Nothing has been built yet, so nothing is lost.`;
}
