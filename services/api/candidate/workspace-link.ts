import type { z } from "zod";
import type { Config } from "../../shared/config/config.ts";
import type { WorkspaceLinkRequest, WorkspaceLinkResponse } from "../../shared/contracts/candidate.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import type { Connection } from "../../shared/db/database.ts";
import type { TokenSealer } from "../../shared/domain/sealed-token.ts";
import { makeWorkspaceAddress } from "../access/workspace-address.ts";
import { findLatestAttempt, findSandboxState } from "../records/attempt.ts";
import { requireRunning, requireUnpaused } from "./running-attempt.ts";

/**
 * A one-time address into the sandbox origin.
 * @throws PlatformError as an attempt that does not run, attempt_paused, or workspace_unavailable while it is brought back.
 */
export async function makeWorkspaceLink(
  connection: Connection,
  config: Config,
  sealer: TokenSealer,
  invitationId: string,
  wanted: z.infer<typeof WorkspaceLinkRequest>,
): Promise<z.infer<typeof WorkspaceLinkResponse>> {
  const attempt = await findLatestAttempt(connection, invitationId, wanted.attempt);
  requireRunning(attempt);
  requireUnpaused(attempt);
  if ((await findSandboxState(connection, attempt.id)) !== "ready")
    throw new PlatformError("workspace_unavailable");
  return makeWorkspaceAddress(config, sealer, { attemptId: attempt.id, target: wanted.target });
}
