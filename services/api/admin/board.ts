import type { Config } from "../../shared/config/config.ts";
import { type BoardItem, type BoardView, SandboxHealth } from "../../shared/contracts/admin.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { type Connection, databaseNow } from "../../shared/db/database.ts";
import { standingOf } from "../../shared/domain/invitation.ts";
import { invitationToken } from "../../shared/domain/invitation-link.ts";
import type { TokenSealer } from "../../shared/domain/sealed-token.ts";
import { type BoardRow, listBoard } from "../records/board.ts";

type Links = { config: Pick<Config, "publicUrl">; sealer: TokenSealer };

export async function readBoard(connection: Connection, links: Links): Promise<BoardView> {
  const now = await databaseNow(connection);
  const rows = await listBoard(connection);
  return { now: now.toISOString(), items: rows.map((row) => presentBoardItem(row, links, now)) };
}

/** @throws PlatformError invitation_not_found */
export async function readBoardItem(
  connection: Connection,
  links: Links,
  invitationId: string,
): Promise<BoardItem> {
  const now = await databaseNow(connection);
  const [row] = await listBoard(connection, invitationId);
  if (!row) throw new PlatformError("invitation_not_found", "There is no such invitation.");
  return presentBoardItem(row, links, now);
}

/** The personal link. Made again from the secret each time; it is stored nowhere. */
export function linkOf({ config, sealer }: Links, invitationId: string, generation: number): string {
  return `${config.publicUrl}/invite/${invitationToken(sealer, invitationId, generation)}`;
}

function presentBoardItem(row: BoardRow, links: Links, now: Date): BoardItem {
  return {
    invitationId: row.invitationId,
    candidateName: row.candidateName,
    candidateEmail: row.candidateEmail,
    assessmentTitle: row.assessmentTitle,
    assessmentVersion: row.assessmentVersion,
    status: statusOf(row, now),
    link: linkOf(links, row.invitationId, row.linkGeneration),
    validFrom: row.validFrom.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    extraTimeFactor: row.extraTimeFactor,
    attempt: presentAttempt(row),
    practiceRunning: row.practiceRunning,
    submissionId: row.submissionId,
  };
}

function statusOf(row: BoardRow, now: Date): BoardItem["status"] {
  if (!row.revokedAt && row.attemptId && row.state !== "failed") return "used";
  return standingOf(row, row.attemptId !== null, now);
}

function presentAttempt(row: BoardRow): BoardItem["attempt"] {
  if (row.attemptId === null || row.state === null) return null;
  const health = SandboxHealth.safeParse(row.health);
  return {
    id: row.attemptId,
    state: row.state,
    startedAt: row.startedAt?.toISOString() ?? null,
    deadlineAt: row.deadlineAt?.toISOString() ?? null,
    creditedSec: row.creditedSec,
    lastSavedAt: row.lastSnapshotAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
    endReason: row.endReason,
    failure: row.failure,
    sandboxState: row.sandboxState,
    epoch: row.epoch ?? 0,
    health: health.success ? health.data : null,
  };
}
