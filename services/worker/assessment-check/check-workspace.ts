import type { VersionPins } from "../../shared/assessments/save-version.ts";
import { UnknownImageError } from "../../shared/config/config.ts";
import type { AssessmentSpec } from "../../shared/contracts/assessment.ts";
import type { CheckItem } from "../../shared/contracts/composer.ts";
import type { CompiledApi } from "../../shared/mock-api/compile/compiled-api.ts";
import { INSIDE } from "../../shared/sandbox/layout.ts";
import type { WorkerContext } from "../context.ts";
import type { JobRun } from "../jobs/job-run.ts";
import { provision } from "../jobs/provision.ts";
import { findAttempt } from "../records/attempt-record.ts";
import { currentSandbox } from "../records/sandbox-record.ts";
import { endTrialAttempt, insertCheckAttempt } from "../records/trial-record.ts";
import { discardSandboxes } from "../sandbox/discard-attempt.ts";
import { IdeTimeoutError, SandboxEndedError } from "../sandbox/ide-probe.ts";
import { type CheckProgress, pending, type Verdict } from "./check-progress.ts";
import { plainRead } from "./compile-check.ts";
import { datasetVerdict, mockApiVerdict, probeFiles } from "./workspace-probes.ts";

export interface CheckedApi {
  hostname: string;
  document: Record<string, unknown>;
  compiled: CompiledApi;
}

export interface WorkspaceCheck {
  assessmentId: string;
  spec: AssessmentSpec;
  pins: VersionPins;
  apis: readonly CheckedApi[];
}

/** How long a check waits for a place on a full host. */
const ROOM_WAIT_MS = 120_000;
const ROOM_LOOK_MS = 2000;

class HostFullError extends Error {}

/** The lines that `checkWorkspace` works on. */
export function workspaceItems({ pins }: Pick<WorkspaceCheck, "pins">): CheckItem[] {
  return [
    pending("workspace", "A workspace starts", { section: "image", path: "image" }),
    pending("workspace_files", "Its files are there", { section: "starter", path: "" }),
    ...pins.datasets.map(({ mountName }) =>
      pending(`dataset:${mountName}`, `/datasets/${mountName} can be read`, {
        section: "datasets",
        path: "",
      }),
    ),
    ...pins.mockApis.map(({ hostname }) =>
      pending(`answers:${hostname}`, `${hostname} answers`, { section: "mock_apis", path: "" }),
    ),
  ];
}

/**
 * Starts a workspace of the draft on this host exactly as a candidate's is started, looks around in it, and takes it
 * down again, whatever happens.
 */
export async function checkWorkspace(
  context: WorkerContext,
  check: WorkspaceCheck,
  progress: CheckProgress,
): Promise<void> {
  const attemptId = await insertCheckAttempt(context.db, { ...check.pins, ...check });
  try {
    const started = await progress.run("workspace", () => startWorkspace(context, attemptId));
    if (started !== "passed") return await progress.skipRest("The workspace did not start.");
    const { containerId } = (await currentSandbox(context.db, attemptId))!;
    await probe(context, check, progress, { attemptId, containerId: containerId! });
  } finally {
    await endTrialAttempt(context.db, attemptId);
    await discardSandboxes(context, attemptId, "the check is over");
  }
}

async function startWorkspace(context: WorkerContext, attemptId: string): Promise<Verdict> {
  const started = performance.now();
  const run: JobRun = {
    bailOut: (why) => context.log.info({ why, attemptId }, "the check's workspace was not started"),
    waitForRoom: () => Promise.reject(new HostFullError()),
    postpone: () => Promise.reject(new HostFullError()),
    isLastTry: true,
  };
  for (;;)
    try {
      await provision(context, { attemptId }, run);
      break;
    } catch (error) {
      if (!(error instanceof HostFullError)) return startFailure(error);
      if (performance.now() - started > ROOM_WAIT_MS) return NO_ROOM;
      await new Promise((resolve) => setTimeout(resolve, ROOM_LOOK_MS));
    }
  const attempt = await findAttempt(context.db, attemptId);
  if (attempt?.state !== "running") return startFailure(new Error("it ended while it was being prepared"));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  return { status: "passed", message: `The editor answered ${seconds} s after it was asked for.` };
}

const NO_ROOM: Verdict = {
  status: "failed",
  message: "All places of this host are taken.",
  remedy: "Check again when fewer workspaces run, or let the host take more.",
};

/** What an admin can do about it; the rest is in the log. */
function startFailure(error: unknown): Verdict {
  const failed = (message: string, remedy: string): Verdict => ({ status: "failed", message, remedy });
  if (error instanceof UnknownImageError) return failed(`${error.message}.`, "Choose another image.");
  if (error instanceof IdeTimeoutError)
    return failed(
      "The editor did not answer in time.",
      "Give the workspace more memory or processors, or check again.",
    );
  if (error instanceof SandboxEndedError)
    return failed(
      "The workspace ended before its editor answered.",
      "Give it more memory, or choose another image.",
    );
  if ((error as { statusCode?: number }).statusCode === 404)
    return failed("The image is not on this host.", "Pull or build it there, or choose another image.");
  return failed("The workspace did not come up.", "Check again; if it persists, look at the worker's log.");
}

async function probe(
  context: WorkerContext,
  { pins, apis }: WorkspaceCheck,
  progress: CheckProgress,
  { attemptId, containerId }: { attemptId: string; containerId: string },
): Promise<void> {
  await progress.run("workspace_files", () => workspaceVerdict(context, containerId));
  for (const { mountName } of pins.datasets)
    await progress.run(`dataset:${mountName}`, () => datasetVerdict(context, containerId, mountName));
  for (const { hostname, document, compiled } of apis)
    await progress.run(`answers:${hostname}`, () =>
      mockApiVerdict(context, containerId, { attemptId, hostname, document, operation: plainRead(compiled) }),
    );
}

async function workspaceVerdict(context: WorkerContext, containerId: string): Promise<Verdict> {
  const found = await probeFiles(context, containerId, INSIDE.workspace);
  if ("failure" in found)
    return {
      status: "failed",
      message: `The files cannot be read: ${found.failure}.`,
      remedy: "Look at the starter files, then check again.",
    };
  return { status: "passed", message: `${found.files} files, the brief among them.` };
}
