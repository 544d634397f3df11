import type { Config } from "../../shared/config/config.ts";
import type { Database } from "../../shared/db/database.ts";
import type { Log } from "../../shared/observability/log.ts";
import type { AttemptContext, EgressService } from "../egress/service.ts";
import { PackageMirror } from "./package-mirror.ts";
import type { MetadataLimits } from "./store/metadata-store.ts";
import type { Resolve } from "./upstream/address-rules.ts";
import type { UpstreamTimeouts } from "./upstream/upstream-client.ts";

export interface PackageDependencies {
  db: Database;
  config: Pick<
    Config,
    "dataDir" | "npmRegistry" | "pypiIndex" | "packageFileHosts" | "packageCacheMib" | "outboundProxy"
  >;
  log: Log;
  /** Overrides for tests. */
  packages?: {
    metadata?: Partial<MetadataLimits>;
    timeouts?: Partial<UpstreamTimeouts>;
    fileTimeoutMs?: number;
    registryRequests?: { perSec?: number; burst?: number };
    resolve?: Resolve;
  };
}

/** One mirror per database and data directory: its cache belongs to one process. */
const mirrors = new WeakMap<Database, Map<string, PackageMirror>>();

/**
 * The package mirror of one attempt, as its assessment version allows.
 * @throws the database's error, or that of the cache's directory
 */
export function openPackages(deps: PackageDependencies, attempt: AttemptContext): Promise<EgressService> {
  return mirrorOf(deps).open(attempt);
}

/** Ends what is under way; what is in the cache stays. */
export async function closePackages(deps: PackageDependencies): Promise<void> {
  const mirror = mirrors.get(deps.db)?.get(deps.config.dataDir);
  mirrors.get(deps.db)?.delete(deps.config.dataDir);
  await mirror?.close();
}

function mirrorOf(deps: PackageDependencies): PackageMirror {
  const ofDatabase = mirrors.get(deps.db) ?? new Map<string, PackageMirror>();
  mirrors.set(deps.db, ofDatabase);
  const mirror = ofDatabase.get(deps.config.dataDir) ?? new PackageMirror(deps);
  ofDatabase.set(deps.config.dataDir, mirror);
  return mirror;
}
