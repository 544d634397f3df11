import type { Config } from "../../shared/config/config.ts";
import type { Database } from "../../shared/db/database.ts";
import type { Log } from "../../shared/observability/log.ts";
import type { AttemptContext, EgressService } from "../egress/service.ts";
import { MockApiEngine } from "./mock-api-engine.ts";

export interface MockApiDependencies {
  db: Database;
  config: Pick<Config, "dataDir" | "secret">;
  log: Log;
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

/** Closes what all attempts have open; what they wrote is in Postgres. */
export function closeMockApis(deps: MockApiDependencies): void {
  engines.get(deps.db)?.get(deps.config.dataDir)?.close();
  engines.get(deps.db)?.delete(deps.config.dataDir);
}

function engineOf(deps: MockApiDependencies): MockApiEngine {
  const ofDatabase = engines.get(deps.db) ?? new Map<string, MockApiEngine>();
  engines.set(deps.db, ofDatabase);
  const engine = ofDatabase.get(deps.config.dataDir) ?? new MockApiEngine(deps);
  ofDatabase.set(deps.config.dataDir, engine);
  return engine;
}
