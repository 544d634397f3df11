import type { Config } from "../../shared/config/config.ts";
import {
  type BoardGroup,
  type BoardItem,
  type BoardQuery,
  type BoardView,
  SandboxHealth,
} from "../../shared/contracts/admin.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { type Connection, databaseNow } from "../../shared/db/database.ts";
import { standingOf } from "../../shared/domain/invitation.ts";
import { invitationLink } from "../../shared/domain/invitation-link.ts";
import type { TokenSealer } from "../../shared/domain/sealed-token.ts";
import { type BoardRow, listBoard, listInvitedAssessments } from "../records/board.ts";
import { placeBoard, placeInvitation } from "../records/board-page.ts";
import { countOpenRequests } from "../records/candidate-request.ts";

type Links = { config: Pick<Config, "publicUrl">; sealer: TokenSealer };

/** One page of the board. */
export async function readBoard(connection: Connection, links: Links, query: BoardQuery): Promise<BoardView> {
  const now = await databaseNow(connection);
  const page = await placeBoard(connection, query);
  const rows = new Map((await listBoard(connection, page.ids)).map((row) => [row.invitationId, row]));
  const items = page.ids.flatMap((id) => {
    const row = rows.get(id);
    return row ? [presentBoardItem(row, page.groups.get(id)!, links, now)] : [];
  });
  return {
    now: now.toISOString(),
    items,
    page: query.page,
    pageCount: page.pageCount,
    counts: page.counts,
    openRequests: await countOpenRequests(connection),
    assessments: await listInvitedAssessments(connection),
  };
}

/** @throws PlatformError invitation_not_found */
export async function readBoardItem(
  connection: Connection,
  links: Links,
  invitationId: string,
): Promise<BoardItem> {
  const now = await databaseNow(connection);
  const [row] = await listBoard(connection, [invitationId]);
  const group = row && (await placeInvitation(connection, invitationId));
  if (!row || !group) throw new PlatformError("invitation_not_found", "There is no such invitation.");
  return presentBoardItem(row, group, links, now);
}

/** The personal link. */
export function linkOf({ config, sealer }: Links, invitationId: string, generation: number): string {
  return invitationLink(config.publicUrl, sealer, invitationId, generation);
}

function presentBoardItem(row: BoardRow, group: BoardGroup, links: Links, now: Date): BoardItem {
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
    group,
    email: row.email && { state: row.email.state, at: new Date(row.email.at).toISOString() },
    openRequests: row.openRequests,
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
    ...presentPause(row),
    submitRequestedAt: row.submitRequestedAt?.toISOString() ?? null,
    faultCount: row.faultCount,
    unreadMessages: row.unreadMessages,
  };
}

function presentPause(row: BoardRow) {
  if (row.state !== "running") return { pausedAt: null, pauseReason: null, resumeRequestedAt: null };
  return {
    pausedAt: row.pausedAt?.toISOString() ?? null,
    pauseReason: row.pauseReason,
    resumeRequestedAt: row.resumeRequestedAt?.toISOString() ?? null,
  };
}
