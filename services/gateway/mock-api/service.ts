import type { Config } from "../../shared/config/config.ts";
import type { Database } from "../../shared/db/database.ts";
import type { Log } from "../../shared/observability/log.ts";
import type { AttemptContext, EgressService } from "../egress/service.ts";
import type { ServeScratch } from "../ingress/ingress-server.ts";
import type { LogLimits } from "./log/log-budget.ts";
import type { RequestLogOptions } from "./log/request-log.ts";
import { MockApiEngine } from "./mock-api-engine.ts";
import type { ScratchLimits } from "./scratch/scratch-instances.ts";

export interface MockApiDependencies {
  db: Database;
  config: Pick<Config, "dataDir" | "publicUrl" | "secret">;
  log: Log;
  /** Overrides for tests. */
  requestLog?: Partial<RequestLogOptions>;
  logLimits?: LogLimits;
  maxWaiting?: number;
  scratchLimits?: Partial<ScratchLimits>;
}

/** One engine per database and data directory: attempts share compiled documents, bases and the pool of states. */
const engines = new WeakMap<Database, Map<string, MockApiEngine>>();

/**
 * The mock APIs of an attempt by hostname, for example `helpdesk.internal`; none for a practice.
 * @throws MockApiCompileError for a version that cannot be served, or the database's error
 */
export function openMockApis(
  deps: MockApiDependencies,
  attempt: AttemptContext,
): Promise<Map<string, EgressService>> {
  return engineOf(deps).open(attempt);
}

/** Serves the scratch instances of the studio's console, each by its id. */
export function serveScratch(deps: MockApiDependencies): ServeScratch {
  return (scratchId, path, request, response) =>
    engineOf(deps).scratch.handle(scratchId, path, request, response);
}

/** Closes what all attempts have open, and writes the rest of the log; what they wrote is in Postgres. */
export async function closeMockApis(deps: MockApiDependencies): Promise<void> {
  const engine = engines.get(deps.db)?.get(deps.config.dataDir);
  engines.get(deps.db)?.delete(deps.config.dataDir);
  await engine?.close();
}

function engineOf(deps: MockApiDependencies): MockApiEngine {
  const ofDatabase = engines.get(deps.db) ?? new Map<string, MockApiEngine>();
  engines.set(deps.db, ofDatabase);
  const engine = ofDatabase.get(deps.config.dataDir) ?? new MockApiEngine(deps);
  ofDatabase.set(deps.config.dataDir, engine);
  return engine;
}
