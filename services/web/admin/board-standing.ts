import type { BoardItem } from "../../shared/contracts/admin.ts";
import type { Tone } from "../ui/banner.tsx";

export type BoardGroup = "attention" | "live" | "waiting" | "done";
export type BoardFilter = "all" | BoardGroup;

export interface Standing {
  label: string;
  tone: Tone;
  /** A dot that says: this changes as you watch. */
  isLive: boolean;
  group: BoardGroup;
}

const standing = (label: string, tone: Tone, group: BoardGroup, isLive = false): Standing => ({
  label,
  tone,
  group,
  isLive,
});

/** Where an invitation stands, in a word or two. `nowMs` is the server's clock. */
export function standingOf(item: BoardItem, nowMs: number): Standing {
  const place = item.attempt ? ofAttempt(item.attempt, nowMs) : ofInvitation(item);
  return troublesOf(item, nowMs).length > 0 ? { ...place, group: "attention" } : place;
}

function ofInvitation(item: BoardItem): Standing {
  switch (item.status) {
    case "revoked":
      return standing("Revoked", "neutral", "done");
    case "expired":
      return standing("Link expired", "neutral", "done");
    case "not_yet_valid":
      return standing("Not open yet", "neutral", "waiting");
    default:
      return item.practiceRunning
        ? standing("Practising", "good", "live", true)
        : standing("Not started", "neutral", "waiting");
  }
}

function ofAttempt(attempt: NonNullable<BoardItem["attempt"]>, nowMs: number): Standing {
  switch (attempt.state) {
    case "provisioning":
      return standing("Preparing", "neutral", "live", true);
    case "running":
      if (attempt.sandboxState !== "ready" && attempt.sandboxState !== "frozen") {
        return standing("Restoring", "warn", "live", true);
      }
      return attempt.deadlineAt && Date.parse(attempt.deadlineAt) <= nowMs
        ? standing("Time is up", "warn", "live", true)
        : standing("Running", "good", "live", true);
    case "sealing":
      return standing("Sealing", "neutral", "live", true);
    case "submitted":
      return standing("Submitted", "good", "done");
    case "failed":
      return standing("Could not start", "danger", "attention");
    case "ended":
      return standing(attempt.endReason === "revoked" ? "Revoked" : "Ended", "neutral", "done");
  }
}

const STALE_HEALTH_MS = 60_000;
const STALE_SAVE_MS = 3 * 60_000;
const NEARLY_FULL = 0.92;

/** What someone should look at, each as a sentence. Empty when all is well. */
export function troublesOf({ attempt }: BoardItem, nowMs: number): string[] {
  if (!attempt) return [];
  if (attempt.state === "failed") return [attempt.failure ?? "The workspace could not be started."];
  if (attempt.state !== "running") return [];
  const troubles: string[] = [];
  if (attempt.sandboxState === "lost") troubles.push("The workspace was lost and is being restored.");
  const { health } = attempt;
  if (health && attempt.sandboxState === "ready") troubles.push(...healthTroubles(health, nowMs));
  const savedAt = attempt.lastSavedAt ?? attempt.startedAt;
  if (savedAt && nowMs - Date.parse(savedAt) > STALE_SAVE_MS && isBusy(attempt)) {
    troubles.push("Nothing has been saved for more than three minutes.");
  }
  return troubles;
}

type Health = NonNullable<NonNullable<BoardItem["attempt"]>["health"]>;

function healthTroubles(health: Health, nowMs: number): string[] {
  if (nowMs - Date.parse(health.at) > STALE_HEALTH_MS)
    return ["The workspace has not reported for over a minute."];
  const troubles: string[] = [];
  if (!health.ideAnswers) troubles.push("The editor does not answer.");
  if (health.memoryBytes / health.memoryLimitBytes > NEARLY_FULL) troubles.push("Memory is nearly full.");
  if (health.diskUsedBytes / health.diskLimitBytes > NEARLY_FULL) troubles.push("The disk is nearly full.");
  return troubles;
}

/** Snapshots are taken only when something changed, so silence alone means nothing; work without saves does. */
function isBusy({ health, lastSavedAt }: NonNullable<BoardItem["attempt"]>): boolean {
  return lastSavedAt === null && (health?.cpuPercent ?? 0) > 20;
}
