import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { type Config, sandboxOrigin } from "../../shared/config/config.ts";
import type { WorkspaceLinkResponse } from "../../shared/contracts/candidate.ts";
import type { TokenSealer } from "../../shared/domain/sealed-token.ts";
import {
  originLabel,
  sealTicket,
  TICKET_TTL_MS,
  type WorkspaceAccess,
} from "../../shared/domain/workspace-access.ts";

/** A one-time address into the origin of a sandbox. Whoever calls has made sure that it may be entered. */
export function makeWorkspaceAddress(
  config: Config,
  sealer: TokenSealer,
  { attemptId, target }: Pick<WorkspaceAccess, "attemptId" | "target">,
): z.infer<typeof WorkspaceLinkResponse> {
  const expiresAt = Date.now() + TICKET_TTL_MS;
  const ticket = sealTicket(sealer, { attemptId, target, jti: randomUUID(), expiresAt });
  const origin = sandboxOrigin(config, originLabel(attemptId, target));
  return {
    url: `${origin}/_worksample/enter?ticket=${encodeURIComponent(ticket)}`,
    expiresAt: new Date(expiresAt).toISOString(),
  };
}
