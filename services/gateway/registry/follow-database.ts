import type { Database } from "../../shared/db/database.ts";
import type { Log } from "../../shared/observability/log.ts";
import type { SandboxGates } from "../sandbox-gates.ts";
import type { SandboxRegistry } from "./sandbox-registry.ts";
import { deadSandboxes, liveSandboxes } from "./sandbox-rows.ts";

const RETRY_MS = 1000;
const SWEEP_MS = 15_000;

export interface FollowParts {
  db: Database;
  hostId: string;
  gates: SandboxGates;
  registry: SandboxRegistry;
  log: Log;
}

export interface DatabaseFollower {
  /** Settles when what was open before a restart is open again. */
  restored: Promise<void>;
  assertRestored(): void;
  stop(): void;
}

/**
 * Opens at the start what the database says is live on this host, trying until the database answers, and from
 * then on closes what it says is over: the worker closes sandboxes, and this finds those that it could not.
 */
export function followDatabase({ db, hostId, gates, registry, log }: FollowParts): DatabaseFollower {
  const { promise: restored, resolve } = Promise.withResolvers<void>();
  let timer: NodeJS.Timeout | undefined;
  let isRestored = false;
  let isStopped = false;

  async function restore(): Promise<void> {
    for (const attempt of await liveSandboxes(db, hostId))
      await gates
        .restore(attempt)
        // A sandbox that is only being made has no directory yet; its worker opens it.
        .catch((error: unknown) => log.warn({ err: error, ...attempt }, "a sandbox could not be reopened"));
    gates.endRestoring();
    isRestored = true;
    resolve();
  }

  async function sweep(): Promise<void> {
    const open = registry.all().map((entry) => entry.sandboxId);
    for (const sandboxId of await deadSandboxes(db, open)) {
      log.warn({ sandboxId }, "closing a sandbox that the database says is over");
      await gates.close(sandboxId);
    }
  }

  async function run(): Promise<void> {
    try {
      await (isRestored ? sweep() : restore());
    } catch (error) {
      log.warn({ err: error }, "the sandboxes of this host could not be compared with the database");
    }
    if (isStopped) return;
    timer = setTimeout(run, isRestored ? SWEEP_MS : RETRY_MS);
    timer.unref();
  }

  void run();
  return {
    restored,
    assertRestored() {
      if (!isRestored) throw new Error("the sandboxes of this host are not open again yet");
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
