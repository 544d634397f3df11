import type { z } from "zod";
import type { Config } from "../../../shared/config/config.ts";
import type { WorkspaceLinkResponse } from "../../../shared/contracts/candidate.ts";
import { PlatformError } from "../../../shared/contracts/problem.ts";
import type { RunLinkRequest } from "../../../shared/contracts/run.ts";
import type { Connection } from "../../../shared/db/database.ts";
import type { TokenSealer } from "../../../shared/domain/sealed-token.ts";
import { makeWorkspaceAddress } from "../../access/workspace-address.ts";
import { findLatestRun, type RunOwner } from "../../records/run.ts";
import { requireSubmissionRow } from "../submission-view.ts";

/**
 * A one-time address into the sandbox of the reviewer's own run.
 * @throws PlatformError submission_not_found, run_not_running
 */
export async function makeRunLink(
  connection: Connection,
  config: Config,
  sealer: TokenSealer,
  owner: RunOwner,
  { target }: z.infer<typeof RunLinkRequest>,
): Promise<z.infer<typeof WorkspaceLinkResponse>> {
  await requireSubmissionRow(connection, owner.submissionId);
  const run = await findLatestRun(connection, owner);
  if (run?.state !== "running" || run.overdue || !run.sandboxReady)
    throw new PlatformError("run_not_running");
  return makeWorkspaceAddress(config, sealer, { attemptId: run.id, target });
}
