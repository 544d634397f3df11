import type { Log } from "../shared/observability/log.ts";
import { sandboxLayout } from "../shared/sandbox/layout.ts";
import { type EgressLimits, type EgressServer, openEgressServer } from "./egress/egress-server.ts";
import type { AttemptContext, OpenEgressServices } from "./egress/service.ts";
import type { GatewayMetrics } from "./metrics.ts";
import { EpochRefused, type SandboxRegistry } from "./registry/sandbox-registry.ts";

export interface SandboxGatesParts {
  dataDir: string;
  registry: SandboxRegistry;
  openServices: OpenEgressServices;
  /** The epoch the attempt is at by the database; null when it is not known there. */
  currentEpoch(attemptId: string): Promise<number | null>;
  log: Log;
  metrics: GatewayMetrics;
  limits?: Partial<EgressLimits>;
}

/** Opens and closes sandboxes in both directions. Calls for one sandbox take effect in the order they were made. */
export class SandboxGates {
  readonly #parts: SandboxGatesParts;
  readonly #servers = new Map<string, EgressServer>();
  readonly #turns = new Map<string, Promise<unknown>>();
  /** Closed while what was open before a restart is being opened again; undefined once that is done. */
  #closedMeanwhile: Set<string> | undefined = new Set();

  constructor(parts: SandboxGatesParts) {
    this.#parts = parts;
  }

  /** Repeating it is harmless. @throws EpochRefused, or the error of bind(2) when the directory is missing. */
  async open(attempt: AttemptContext): Promise<void> {
    await this.#inTurn(attempt.sandboxId, async () => {
      const current = await this.#parts.currentEpoch(attempt.attemptId);
      if (current !== null && current > attempt.epoch) throw new EpochRefused(attempt, current);
      await this.#open(attempt);
    });
  }

  /** Opens what was open before a restart, unless it was closed since. */
  async restore(attempt: AttemptContext): Promise<void> {
    await this.#inTurn(attempt.sandboxId, async () => {
      if (!this.#closedMeanwhile?.has(attempt.sandboxId)) await this.#open(attempt);
    });
  }

  endRestoring(): void {
    this.#closedMeanwhile = undefined;
  }

  /** Ends every connection of the sandbox, in both directions, at once. */
  async close(sandboxId: string): Promise<void> {
    this.#closedMeanwhile?.add(sandboxId);
    await this.#inTurn(sandboxId, () => this.#close(sandboxId));
  }

  /** For the end of the process: sockets stay for a successor, requests under way get `graceMs`. */
  async closeAll(graceMs: number): Promise<void> {
    await Promise.all(this.#turns.values());
    await Promise.all(
      [...this.#servers.values()].map((server) => server.close({ keepSocket: true, graceMs })),
    );
    for (const { sandboxId } of this.#parts.registry.all()) this.#parts.registry.close(sandboxId);
    this.#servers.clear();
  }

  async #open(attempt: AttemptContext): Promise<void> {
    const { registry, log, dataDir } = this.#parts;
    const { replaced, isNew } = registry.open(attempt);
    if (replaced) await this.#closeServer(replaced.sandboxId);
    if (!isNew && this.#servers.has(attempt.sandboxId)) return;
    try {
      const socketPath = sandboxLayout(dataDir, attempt.sandboxId).gatewaySocket;
      this.#servers.set(attempt.sandboxId, await openEgressServer({ ...this.#parts, attempt, socketPath }));
    } catch (error) {
      registry.close(attempt.sandboxId);
      throw error;
    }
    log.info(attempt, "sandbox opened");
  }

  async #close(sandboxId: string): Promise<void> {
    const entry = this.#parts.registry.close(sandboxId);
    await this.#closeServer(sandboxId);
    if (entry) this.#parts.log.info({ sandboxId, attemptId: entry.attemptId }, "sandbox closed");
  }

  async #closeServer(sandboxId: string): Promise<void> {
    const server = this.#servers.get(sandboxId);
    this.#servers.delete(sandboxId);
    await server?.close();
  }

  #inTurn(sandboxId: string, action: () => Promise<void>): Promise<void> {
    const before = this.#turns.get(sandboxId) ?? Promise.resolve();
    const turn = before.then(action, action);
    const settled = turn
      .catch(() => {})
      .finally(() => {
        if (this.#turns.get(sandboxId) === settled) this.#turns.delete(sandboxId);
      });
    this.#turns.set(sandboxId, settled);
    return turn;
  }
}
