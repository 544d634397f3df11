import { BOARD_LIMITS, type BoardItem } from "../../shared/contracts/admin.ts";
import type { Tone } from "../ui/banner.tsx";

export interface Standing {
  label: string;
  tone: Tone;
  /** A dot that says: this changes as you watch. */
  isLive: boolean;
}

const standing = (label: string, tone: Tone, isLive = false): Standing => ({ label, tone, isLive });

/** Where an invitation stands, in a word or two. `nowMs` is the server's clock. */
export function standingOf(item: BoardItem, nowMs: number): Standing {
  if (item.status === "revoked" && item.attempt?.state === "failed") return standing("Revoked", "neutral");
  return item.attempt ? ofAttempt(item.attempt, nowMs) : ofInvitation(item);
}

function ofInvitation(item: BoardItem): Standing {
  switch (item.status) {
    case "revoked":
      return standing("Revoked", "neutral");
    case "expired":
      return standing("Link expired", "neutral");
    case "not_yet_valid":
      return standing("Not open yet", "neutral");
    default:
      return item.practiceRunning ? standing("Practising", "good", true) : standing("Not started", "neutral");
  }
}

function ofAttempt(attempt: NonNullable<BoardItem["attempt"]>, nowMs: number): Standing {
  switch (attempt.state) {
    case "provisioning":
      return standing("Preparing", "neutral", true);
    case "running":
      if (attempt.submitRequestedAt) return standing("Ending", "neutral", true);
      if (attempt.pausedAt)
        return attempt.resumeRequestedAt ? standing("Resuming", "warn", true) : standing("Paused", "warn");
      if (attempt.sandboxState !== "ready" && attempt.sandboxState !== "frozen") {
        return standing("Restoring", "warn", true);
      }
      return attempt.deadlineAt && Date.parse(attempt.deadlineAt) <= nowMs
        ? standing("Time is up", "warn", true)
        : standing("Running", "good", true);
    case "sealing":
      return standing("Sealing", "neutral", true);
    case "submitted":
      return standing("Submitted", "good");
    case "failed":
      return standing("Could not start", "danger");
    case "ended":
      return standing(attempt.endReason === "revoked" ? "Revoked" : "Ended", "neutral");
  }
}

/** What someone should look at, each as a sentence. Empty when all is well. The server finds the same rows. */
export function troublesOf({ attempt, status, email, openRequests }: BoardItem, nowMs: number): string[] {
  if (status === "revoked") return [];
  if (!attempt) {
    const troubles = openRequests > 0 ? ["Waits for an answer to a request."] : [];
    if (email?.state === "failed" && status !== "expired")
      troubles.push("The e-mail could not be delivered.");
    return troubles;
  }
  if (attempt.state === "failed") return [attempt.failure ?? "The workspace could not be started."];
  if (attempt.state !== "running") return [];
  const troubles: string[] = [];
  if (attempt.pausedAt) {
    troubles.push(`The clock stands still: ${attempt.pauseReason}`);
    return troubles;
  }
  if (attempt.sandboxState === "lost") troubles.push("The workspace was lost and is being restored.");
  const { health } = attempt;
  if (health && attempt.sandboxState === "ready") troubles.push(...healthTroubles(health, nowMs));
  const savedAt = attempt.lastSavedAt ?? attempt.startedAt;
  if (savedAt && nowMs - Date.parse(savedAt) > BOARD_LIMITS.staleSaveSec * 1000 && isBusy(attempt)) {
    troubles.push("Nothing has been saved for more than three minutes.");
  }
  return troubles;
}

type Health = NonNullable<NonNullable<BoardItem["attempt"]>["health"]>;

function healthTroubles(health: Health, nowMs: number): string[] {
  if (nowMs - Date.parse(health.at) > BOARD_LIMITS.staleHealthSec * 1000)
    return ["The workspace has not reported for over a minute."];
  const troubles: string[] = [];
  if (!health.ideAnswers) troubles.push("The editor does not answer.");
  if (health.memoryBytes / health.memoryLimitBytes > BOARD_LIMITS.nearlyFull)
    troubles.push("Memory is nearly full.");
  if (health.diskUsedBytes / health.diskLimitBytes > BOARD_LIMITS.nearlyFull)
    troubles.push("The disk is nearly full.");
  return troubles;
}

/** Snapshots are taken only when something changed, so silence alone means nothing; work without saves does. */
function isBusy({ health, lastSavedAt }: NonNullable<BoardItem["attempt"]>): boolean {
  return lastSavedAt === null && (health?.cpuPercent ?? 0) > BOARD_LIMITS.busyCpuPercent;
}
