import { z } from "zod";

/**
 * The jobs of the platform: name, payload and queue. Handlers live in the worker, one file each, so that
 * enqueuing never loads one. Payloads carry ids only; a handler reads the state it acts on.
 */
export const JOBS = {
  /** Any host with room: bring up the first sandbox of an attempt. */
  provision: { payload: z.object({ attemptId: z.uuid() }), queue: "provision" },
  /** The attempt's host: replace a sandbox that was lost. */
  restore: { payload: z.object({ attemptId: z.uuid(), lostEpoch: z.int() }), queue: "host" },
  /** The attempt's host, at its deadline: freeze, capture, seal, remove. A deadline that moved re-schedules itself. */
  deadline: { payload: z.object({ attemptId: z.uuid() }), queue: "host" },
  /** The attempt's host: the candidate (or an admin) ends it early. Same path as the deadline. */
  finish: { payload: z.object({ attemptId: z.uuid() }), queue: "host" },
  /** The attempt's host: stop the container of an attempt that is paused for a fault of the platform. */
  pause: { payload: z.object({ attemptId: z.uuid() }), queue: "host" },
  /** The attempt's host: let it go on, and give the time back. */
  resume: { payload: z.object({ attemptId: z.uuid() }), queue: "host" },
  /** The attempt's host: remove whatever is left of its sandboxes, keeping nothing. */
  discard: { payload: z.object({ attemptId: z.uuid() }), queue: "host" },
  /** Any worker: hand one mail to the mail server. */
  "send-email": { payload: z.object({ emailId: z.uuid() }), queue: "studio" },
  /** Any worker: read the document of a mock API's draft, judge it, and compile it with the draft's bindings. */
  "check-mock-api": { payload: z.object({ mockApiId: z.uuid() }), queue: "studio" },
  /** Any host: reads an uploaded archive of starter files into a tree. */
  "import-starter": { payload: z.object({ uploadId: z.uuid() }), queue: "studio" },
  /** Any host with room: looks at everything that a draft needs, and really starts its workspace. */
  "check-assessment": {
    payload: z.object({ assessmentId: z.uuid(), revision: z.int() }),
    queue: "studio",
  },
  /** Any worker: read the files of a dataset import into tables, and look at them. */
  "import-dataset": { payload: z.object({ importId: z.uuid() }), queue: "studio" },
  /** Any worker: treat the columns of an import as chosen, and make a dataset version of it. */
  "publish-dataset": { payload: z.object({ importId: z.uuid() }), queue: "studio" },
  /** Any host: takes over an assessment that was exported, here or elsewhere. */
  "import-assessment": { payload: z.object({ importId: z.uuid() }), queue: "studio" },
  /** Each host, every few seconds: finds what a lost job or event left behind. */
  sweep: { payload: z.object({}), queue: "host" },
  /** Each host, every few seconds: snapshots of the workspaces that are due. */
  snapshots: { payload: z.object({}), queue: "host" },
  /** Each host: memory, processor and disk of its sandboxes, and whether each IDE answers. */
  health: { payload: z.object({}), queue: "host" },
} as const;

export type JobName = keyof typeof JOBS;
export type JobPayload<Name extends JobName> = z.infer<(typeof JOBS)[Name]["payload"]>;

export const PROVISION_QUEUE = "worksample-provision";
/** Work for the studio: any worker takes it. */
export const STUDIO_QUEUE = "worksample-studio";
/** BullMQ reserves the colon in queue names. */
export function hostQueue(hostId: string): string {
  return `worksample-host-${hostId}`;
}
