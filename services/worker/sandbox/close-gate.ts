import type { WorkerContext } from "../context.ts";

/**
 * Ends a sandbox's connections in both directions. A gateway that does not answer must not keep an attempt from
 * being frozen, sealed or removed: once it is back it closes what the database says is over.
 */
export async function closeGate(context: WorkerContext, sandboxId: string): Promise<void> {
  await context.gateway
    .close(sandboxId)
    .catch((error: unknown) =>
      context.log.warn({ sandboxId, err: error }, "the gateway could not be told to close a sandbox"),
    );
}
