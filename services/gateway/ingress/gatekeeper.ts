import type { Log } from "../../shared/observability/log.ts";
import type { OpenEntry, SandboxRegistry } from "../registry/sandbox-registry.ts";
import type { AttemptOutlook } from "../registry/sandbox-rows.ts";
import { REFUSALS, type Refusal } from "./pages.ts";

export interface GatekeeperParts {
  registry: SandboxRegistry;
  /** What becomes of an attempt that has no open sandbox here. */
  outlook(attemptId: string): Promise<AttemptOutlook>;
  log: Log;
}

export type Admission = { entry: OpenEntry } | { refusal: Refusal };

/** Says which sandbox a request of a browser reaches, or why none. */
export class Gatekeeper {
  readonly #parts: GatekeeperParts;

  constructor(parts: GatekeeperParts) {
    this.#parts = parts;
  }

  /** @param hasPass a valid cookie, or a valid ticket, for this attempt. */
  async admit(attemptId: string, hasPass: boolean): Promise<Admission> {
    const { registry } = this.#parts;
    const entry = registry.ofAttempt(attemptId);
    if (entry) return hasPass ? { entry } : { refusal: REFUSALS.signInAgain };
    // Strangers do not get to ask the database.
    if (!hasPass) return { refusal: registry.wasOpen(attemptId) ? REFUSALS.closed : REFUSALS.notFound };
    return { refusal: await this.#explainAbsence(attemptId) };
  }

  async #explainAbsence(attemptId: string): Promise<Refusal> {
    try {
      const outlook = await this.#parts.outlook(attemptId);
      if (outlook === "open") return REFUSALS.comingBack;
      return outlook === "over" ? REFUSALS.closed : REFUSALS.notFound;
    } catch (error) {
      this.#parts.log.warn({ err: error, attemptId }, "cannot tell what became of a workspace");
      return this.#parts.registry.wasOpen(attemptId) ? REFUSALS.closed : REFUSALS.comingBack;
    }
  }
}
