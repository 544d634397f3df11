import type { AttemptState } from "../../shared/contracts/common.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { recordEvent } from "../../shared/db/attempt-timeline.ts";
import type { Database } from "../../shared/db/database.ts";
import { enqueue } from "../../shared/queue/outbox.ts";
import { type AttemptRow, lockLatestAttempt, requestSubmit, setNotes } from "../records/attempt.ts";
import { happenedWithin } from "../records/attempt-event.ts";

/** Autosave writes every few seconds; the timeline needs no more than one line a minute of it. */
const NOTES_EVENT_INTERVAL_SEC = 60;

/**
 * Ends the sitting early. Repeating it while it is sealed or after it was submitted changes nothing.
 * @throws PlatformError attempt_not_started, attempt_not_running (also: the deadline has passed), attempt_paused,
 *   attempt_over.
 */
export async function submitAttempt(db: Database, invitationId: string, notes?: string): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const attempt = await lockLatestAttempt(transaction, invitationId, "scored");
    if (attempt && isSubmitting(attempt)) return;
    requireRunning(attempt);
    requireUnpaused(attempt);
    await requestSubmit(transaction, attempt.id, notes ?? attempt.notesToReviewer);
    await recordEvent(transaction, attempt.id, { type: "submit_requested", actor: "candidate" });
    await enqueue(transaction, "finish", { attemptId: attempt.id }, attempt);
  });
}

function isSubmitting(attempt: AttemptRow): boolean {
  if (attempt.state === "sealing" || attempt.state === "submitted") return true;
  return attempt.state === "running" && attempt.submitRequestedAt !== null;
}

/**
 * Notes may be saved while the attempt is paused: what was typed before must not be lost.
 * @throws PlatformError as submitting does, and attempt_not_running once a submit was asked for.
 */
export async function saveNotes(db: Database, invitationId: string, notes: string): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const attempt = await lockLatestAttempt(transaction, invitationId, "scored");
    requireRunning(attempt);
    if (attempt.submitRequestedAt) throw new PlatformError("attempt_not_running");
    if (attempt.notesToReviewer === notes) return;
    await setNotes(transaction, attempt.id, notes);
    if (await happenedWithin(transaction, attempt.id, "notes_saved", NOTES_EVENT_INTERVAL_SEC)) return;
    await recordEvent(transaction, attempt.id, {
      type: "notes_saved",
      actor: "candidate",
      data: { characters: notes.length },
    });
  });
}

const REFUSALS = {
  provisioning: "attempt_not_running",
  failed: "attempt_not_started",
  sealing: "attempt_over",
  submitted: "attempt_over",
  ended: "attempt_over",
} as const satisfies Record<Exclude<AttemptState, "running">, string>;

/** @throws PlatformError unless the attempt runs and its deadline has not passed. */
export function requireRunning(attempt: AttemptRow | null): asserts attempt is AttemptRow {
  if (!attempt) throw new PlatformError("attempt_not_started");
  if (attempt.state !== "running") throw new PlatformError(REFUSALS[attempt.state]);
  if (attempt.overdue) throw new PlatformError("attempt_not_running", "Its time is up; it is being sealed.");
}

/**
 * While the platform has stopped the clock nothing of the work can be reached, nor be handed in by accident.
 * @throws PlatformError attempt_paused
 */
export function requireUnpaused({ pausedAt, pauseReason }: AttemptRow): void {
  if (pausedAt) throw new PlatformError("attempt_paused", pauseReason ?? undefined);
}
