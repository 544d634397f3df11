import type { Log } from "./log.ts";

/** Longer than any job step; after it the supervisor would kill the process anyway. */
const SHUTDOWN_MS = 25_000;

/**
 * Runs a process of the platform: starts it, and on SIGTERM or SIGINT stops it in order, once.
 * @param start returns what stops it.
 */
export async function runProcess(log: Log, start: () => Promise<() => Promise<void>>): Promise<void> {
  let stop: () => Promise<void>;
  try {
    stop = await start();
  } catch (error) {
    log.fatal({ err: error }, "could not start");
    process.exit(1);
  }
  let stopping = false;
  const shutDown = (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, "stopping");
    const timer = setTimeout(() => {
      log.error("stopping took too long");
      process.exit(1);
    }, SHUTDOWN_MS);
    timer.unref();
    stop().then(
      () => {
        log.info("stopped");
        process.exit(0);
      },
      (error: unknown) => {
        log.error({ err: error }, "stopping failed");
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", () => shutDown("SIGTERM"));
  process.on("SIGINT", () => shutDown("SIGINT"));
  // A bug in one request or job must not end the sandboxes of everybody else.
  process.on("unhandledRejection", (error) => log.error({ err: error }, "a rejection was not handled"));
}
