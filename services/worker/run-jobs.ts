import { DelayedError, type Job, Queue, UnrecoverableError, Worker } from "bullmq";
import type { Redis } from "ioredis";
import type { Config } from "../shared/config/config.ts";
import {
  hostQueue,
  JOBS,
  type JobName,
  type JobPayload,
  PROVISION_QUEUE,
  STUDIO_QUEUE,
} from "../shared/queue/jobs.ts";
import type { WorkerContext } from "./context.ts";
import { checkAssessment } from "./jobs/check-assessment.ts";
import { checkMockApi } from "./jobs/check-mock-api.ts";
import { deadline } from "./jobs/deadline.ts";
import { discard } from "./jobs/discard.ts";
import { finish } from "./jobs/finish.ts";
import { health } from "./jobs/health.ts";
import { importAssessment } from "./jobs/import-assessment.ts";
import { importDataset } from "./jobs/import-dataset.ts";
import { importStarter } from "./jobs/import-starter.ts";
import type { JobRun } from "./jobs/job-run.ts";
import { pause } from "./jobs/pause.ts";
import { provision } from "./jobs/provision.ts";
import { publishDataset } from "./jobs/publish-dataset.ts";
import { restore } from "./jobs/restore.ts";
import { resume } from "./jobs/resume.ts";
import { sendEmail } from "./jobs/send-email.ts";
import { snapshots } from "./jobs/snapshots.ts";
import { sweep } from "./jobs/sweep.ts";

type Handlers = {
  [Name in JobName]: (context: WorkerContext, payload: JobPayload<Name>, run: JobRun) => Promise<void>;
};

const HANDLERS: Handlers = {
  provision,
  restore,
  deadline,
  finish,
  pause,
  resume,
  discard,
  "import-starter": importStarter,
  "check-assessment": checkAssessment,
  "import-assessment": importAssessment,
  "send-email": sendEmail,
  "check-mock-api": checkMockApi,
  "import-dataset": importDataset,
  "publish-dataset": publishDataset,
  sweep,
  snapshots,
  health,
};

/** Jobs that repeat by themselves: name -> milliseconds between two. */
const REPEATED = { sweep: 5000, snapshots: 2000, health: 5000 } as const;

const RESCHEDULE_MS = 60_000;

const PROVISION_CONCURRENCY = 4;
/** Profiling and checking keep a processor busy each; a queue of its own, so that no candidate waits for them. */
const STUDIO_CONCURRENCY = 2;
/** Deadlines must not wait behind snapshots, nor behind each other. */
const HOST_JOBS_BESIDE_ATTEMPTS = 8;
const MAX_HOST_CONCURRENCY = 64;

/** How many jobs a worker works on at once, at most. */
export function jobConcurrency(config: Pick<Config, "maxSandboxes">): number {
  return PROVISION_CONCURRENCY + STUDIO_CONCURRENCY + hostConcurrency(config);
}

function hostConcurrency({ maxSandboxes }: Pick<Config, "maxSandboxes">): number {
  return Math.min(MAX_HOST_CONCURRENCY, maxSandboxes + HOST_JOBS_BESIDE_ATTEMPTS);
}

/** Takes jobs until closed; `close` lets the running ones finish. */
export async function runJobs(context: WorkerContext, redis: Redis): Promise<{ close(): Promise<void> }> {
  const { hostId } = context.config;
  const queue = new Queue(hostQueue(hostId), { connection: redis });
  await scheduleRepeated(queue);
  // Again every minute: a store that lost its data must not end the sweeps of a worker that goes on running.
  const rescheduling = setInterval(() => {
    scheduleRepeated(queue).catch((error: unknown) =>
      context.log.warn({ err: error }, "the repeated jobs could not be scheduled; trying again in a minute"),
    );
  }, RESCHEDULE_MS);
  const busy = new Set<string>();
  const process = (job: Job, token?: string) => runOne(context, job, token, busy);
  const options = { connection: redis, stalledInterval: 10_000, lockDuration: 30_000, maxStalledCount: 5 };
  const workers = [
    new Worker(PROVISION_QUEUE, process, { ...options, concurrency: PROVISION_CONCURRENCY }),
    new Worker(STUDIO_QUEUE, process, { ...options, concurrency: STUDIO_CONCURRENCY }),
    new Worker(hostQueue(hostId), process, { ...options, concurrency: hostConcurrency(context.config) }),
  ];
  for (const worker of workers)
    worker.on("error", (error) => context.log.warn({ err: error }, "the queue reported an error"));
  await Promise.all(workers.map((worker) => worker.waitUntilReady()));
  return {
    async close() {
      clearInterval(rescheduling);
      await Promise.all(workers.map((worker) => worker.close()));
      await queue.close();
    },
  };
}

async function scheduleRepeated(queue: Queue): Promise<void> {
  const opts = { removeOnComplete: true, removeOnFail: 10, attempts: 1 };
  for (const [name, every] of Object.entries(REPEATED)) {
    await queue.upsertJobScheduler(name, { every }, { name, data: {}, opts });
  }
}

async function runOne(
  context: WorkerContext,
  job: Job,
  token: string | undefined,
  busy: Set<string>,
): Promise<void> {
  const name = job.name as JobName;
  if (!(name in JOBS)) throw new UnrecoverableError(`no handler for job ${job.name}`);
  const repeated = name in REPEATED;
  // A repeated job that is still running is doing what this one would do.
  if (repeated && busy.has(name)) return;
  if (repeated) busy.add(name);
  const payload = JOBS[name].payload.parse(job.data);
  const attemptId = "attemptId" in payload ? payload.attemptId : undefined;
  const log = context.log.child({ job: name, jobId: job.id, ...(attemptId ? { attemptId } : {}) });
  const stopTimer = context.metrics.jobSeconds.startTimer({ job: name });
  try {
    const handler = HANDLERS[name] as (context: WorkerContext, payload: object, run: JobRun) => Promise<void>;
    await handler({ ...context, log }, payload, jobRun(job, token, log));
    stopTimer({ outcome: "done" });
    if (!repeated) log.info("job done");
  } catch (error) {
    const postponed = error instanceof DelayedError;
    stopTimer({ outcome: postponed ? "postponed" : "failed" });
    if (!postponed) log.error({ err: error, delivery: job.attemptsMade + 1 }, "job failed");
    throw error;
  } finally {
    if (repeated) busy.delete(name);
  }
}

function jobRun(job: Job, token: string | undefined, log: WorkerContext["log"]): JobRun {
  const postpone = async (milliseconds: number): Promise<never> => {
    await job.moveToDelayed(Date.now() + milliseconds, token);
    throw new DelayedError();
  };
  return {
    bailOut: (why) => log.info({ why }, "nothing to do"),
    waitForRoom: () => postpone(1000),
    postpone,
    isLastTry: job.attemptsMade + 1 >= (job.opts.attempts ?? 1),
  };
}
