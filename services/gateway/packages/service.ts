import type { Config } from "../../shared/config/config.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import type { Database } from "../../shared/db/database.ts";
import type { Log } from "../../shared/observability/log.ts";
import type { AttemptContext, EgressService } from "../egress/service.ts";

export interface PackageDependencies {
  db: Database;
  config: Pick<Config, "dataDir">;
  log: Log;
}

/** The package mirror of one attempt, as its assessment version allows. */
export async function openPackages(
  _deps: PackageDependencies,
  _attempt: AttemptContext,
): Promise<EgressService> {
  return {
    handle() {
      throw new PlatformError("packages_not_offered");
    },
  };
}
