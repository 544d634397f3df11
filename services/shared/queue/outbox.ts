import { sql } from "kysely";
import type { Connection } from "../db/database.ts";
import { hostQueue, JOBS, type JobName, type JobPayload, PROVISION_QUEUE, STUDIO_QUEUE } from "./jobs.ts";

/** Queues that every host takes from. */
const SHARED_QUEUES: Record<string, string> = { provision: PROVISION_QUEUE, studio: STUDIO_QUEUE };

/**
 * Writes a job into the outbox, in the caller's transaction: it runs if and only if that commits.
 * @param options.hostId required for jobs of a host's own queue.
 * @param options.runAt when it should run; now if absent.
 */
export async function enqueue<Name extends JobName>(
  connection: Connection,
  name: Name,
  payload: JobPayload<Name>,
  options: { hostId?: string | null; runAt?: Date } = {},
): Promise<void> {
  const queue = SHARED_QUEUES[JOBS[name].queue] ?? hostQueue(requireHost(name, options.hostId));
  await connection
    .insertInto("outbox")
    .values({
      queue,
      name,
      payload: JSON.stringify(JOBS[name].payload.parse(payload)),
      run_at: options.runAt ?? sql<Date>`clock_timestamp()`,
    })
    .execute();
}

function requireHost(name: JobName, hostId: string | null | undefined): string {
  if (!hostId) throw new Error(`job ${name} runs on the attempt's host, and no host is given`);
  return hostId;
}

const JOBS_A_STATEMENT = 1000;

/** The same for many jobs of one kind that every host takes from, to run now. */
export async function enqueueAll<Name extends JobName>(
  connection: Connection,
  name: Name,
  payloads: readonly JobPayload<Name>[],
): Promise<void> {
  const queue = SHARED_QUEUES[JOBS[name].queue];
  if (!queue) throw new Error(`job ${name} runs on one host`);
  for (let start = 0; start < payloads.length; start += JOBS_A_STATEMENT)
    await connection
      .insertInto("outbox")
      .values(
        payloads.slice(start, start + JOBS_A_STATEMENT).map((payload) => ({
          queue,
          name,
          payload: JSON.stringify(JOBS[name].payload.parse(payload)),
        })),
      )
      .execute();
}
