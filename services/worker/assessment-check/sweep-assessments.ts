import { enqueue } from "../../shared/queue/outbox.ts";
import type { WorkerContext } from "../context.ts";
import { takeForgottenChecks } from "../records/assessment-check-record.ts";
import { takeForgottenImports } from "../records/assessment-import-record.ts";
import { takeForgottenStarters } from "../records/starter-import-record.ts";
import {
  deleteTrial,
  endTrialAttempt,
  findOverdueTrialAttempts,
  findSpentTrials,
} from "../records/trial-record.ts";

const PAUSE_MS = 30_000;
/** Longer than anything here takes. */
const FORGOTTEN_SEC = 600;
/** Data directory -> when was looked last. */
const looked = new Map<string, number>();

/** What jobs of the composer left behind: trials that are over, and checks and uploads that nobody works on. */
export async function sweepAssessments(context: WorkerContext): Promise<void> {
  const now = Date.now();
  if (now - (looked.get(context.config.dataDir) ?? 0) < PAUSE_MS) return;
  looked.set(context.config.dataDir, now);
  await resumeForgotten(context, FORGOTTEN_SEC);
  await removeOldTrials(context, FORGOTTEN_SEC);
}

async function resumeForgotten({ db, log }: WorkerContext, ageSec: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    for (const check of await takeForgottenChecks(tx, ageSec)) {
      log.warn(check, "a check was left waiting; asking again");
      await enqueue(tx, "check-assessment", check);
    }
    for (const uploadId of await takeForgottenStarters(tx, ageSec)) {
      log.warn({ uploadId }, "starter files were left waiting; asking again");
      await enqueue(tx, "import-starter", { uploadId });
    }
    for (const importId of await takeForgottenImports(tx, ageSec)) {
      log.warn({ importId }, "an import was left waiting; asking again");
      await enqueue(tx, "import-assessment", { importId });
    }
  });
}

/** @param ageSec for how long a trial is over, or a check under way, before it is removed */
export async function removeOldTrials(
  { db, log }: Pick<WorkerContext, "db" | "log">,
  ageSec: number,
): Promise<void> {
  for (const { attemptId, hostId } of await findOverdueTrialAttempts(db, { checkSec: ageSec }))
    await db.transaction().execute(async (tx) => {
      await endTrialAttempt(tx, attemptId);
      // Without a host no worker took it yet; the one that does sees that it has ended.
      if (hostId) await enqueue(tx, "discard", { attemptId }, { hostId });
    });
  for (const invitationId of await findSpentTrials(db, ageSec))
    await deleteTrial(db, invitationId).catch((error: unknown) =>
      log.warn({ invitationId, err: error }, "an old trial could not be removed; trying again"),
    );
}
