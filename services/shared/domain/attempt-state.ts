import type { AttemptState } from "../contracts/common.ts";

/**
 * ```
 * provisioning ──► running ──► sealing ──► submitted      (scored)
 *      │              │           └──────► ended          (practice, revoked: nothing is kept)
 *      ├──► failed    └──► ended
 *      └──► ended
 * ```
 */
const TRANSITIONS: Record<AttemptState, readonly AttemptState[]> = {
  provisioning: ["running", "failed", "ended"],
  running: ["sealing", "ended"],
  sealing: ["submitted", "ended"],
  submitted: [],
  ended: [],
  failed: [],
};

export function canMove(from: AttemptState, to: AttemptState): boolean {
  return TRANSITIONS[from].includes(to);
}

/** True while a sandbox may exist for the attempt. */
export function isOpen(state: AttemptState): boolean {
  return state === "provisioning" || state === "running" || state === "sealing";
}
