import { type ExpressionBuilder, sql } from "kysely";
import type { AttemptState, EndReason, SandboxState } from "../../shared/contracts/common.ts";
import type { Connection } from "../../shared/db/database.ts";
import type { DB } from "../../shared/db/schema.gen.ts";

export interface BoardRow {
  invitationId: string;
  linkGeneration: number;
  candidateName: string;
  candidateEmail: string;
  assessmentTitle: string;
  assessmentVersion: number;
  validFrom: Date;
  expiresAt: Date;
  revokedAt: Date | null;
  extraTimeFactor: number;
  attemptId: string | null;
  state: AttemptState | null;
  startedAt: Date | null;
  deadlineAt: Date | null;
  creditedSec: number;
  lastSnapshotAt: Date | null;
  endedAt: Date | null;
  endReason: EndReason | null;
  failure: string | null;
  epoch: number | null;
  sandboxState: SandboxState | null;
  health: unknown;
  practiceRunning: boolean;
  submissionId: string | null;
  pausedAt: Date | null;
  pauseReason: string | null;
  resumeRequestedAt: Date | null;
  submitRequestedAt: Date | null;
  faultCount: number;
  unreadMessages: number;
  email: { state: "waiting" | "sent" | "failed"; at: string } | null;
  openRequests: number;
}

/** These invitations with their latest scored attempt, in no order. */
export async function listBoard(
  connection: Connection,
  invitationIds: readonly string[],
): Promise<BoardRow[]> {
  if (invitationIds.length === 0) return [];
  const rows = await connection
    .selectFrom("invitation")
    .innerJoin("assessment_version", "assessment_version.id", "invitation.assessment_version_id")
    .innerJoin("assessment", "assessment.id", "assessment_version.assessment_id")
    .leftJoinLateral(latestScored, (join) => join.onTrue())
    .leftJoinLateral(latestSandbox, (join) => join.onTrue())
    .leftJoin("submission", "submission.attempt_id", "scored.id")
    .select((select) => [
      "invitation.id as invitationId",
      "invitation.link_generation as linkGeneration",
      "invitation.candidate_name as candidateName",
      "invitation.candidate_email as candidateEmail",
      "assessment.title as assessmentTitle",
      "assessment_version.number as assessmentVersion",
      "invitation.valid_from as validFrom",
      "invitation.expires_at as expiresAt",
      "invitation.revoked_at as revokedAt",
      "invitation.extra_time_factor as extraTimeFactor",
      "scored.id as attemptId",
      "scored.state as state",
      "scored.started_at as startedAt",
      "scored.deadline_at as deadlineAt",
      "scored.last_snapshot_at as lastSnapshotAt",
      "scored.ended_at as endedAt",
      "scored.end_reason as endReason",
      "scored.failure as failure",
      "scored.epoch as epoch",
      "latest_sandbox.state as sandboxState",
      "latest_sandbox.health as health",
      "submission.id as submissionId",
      "scored.paused_at as pausedAt",
      "scored.pause_reason as pauseReason",
      "scored.resume_requested_at as resumeRequestedAt",
      "scored.submit_requested_at as submitRequestedAt",
      sql<number>`(select count(*)::int from mock_api_request
        where attempt_id = scored.id and fault is not null)`.as("faultCount"),
      sql<number>`(select count(*)::int from attempt_message
        where attempt_id = scored.id and read_at is null)`.as("unreadMessages"),
      sql<BoardRow["email"]>`(select jsonb_build_object('state', state, 'at', coalesce(sent_at, created_at))
        from email_message where invitation_id = invitation.id order by created_at desc limit 1)`.as("email"),
      sql<number>`(select count(*)::int from candidate_request
        where invitation_id = invitation.id and state = 'open')`.as("openRequests"),
      select
        .selectFrom("time_credit")
        .select((sum) => sql<number>`coalesce(${sum.fn.sum("time_credit.seconds")}, 0)::int`.as("sum"))
        .whereRef("time_credit.attempt_id", "=", "scored.id")
        .as("creditedSec"),
      select
        .exists(
          select
            .selectFrom("attempt as practice")
            .select("practice.id")
            .whereRef("practice.invitation_id", "=", "invitation.id")
            .where("practice.kind", "=", "practice")
            .where("practice.state", "in", ["provisioning", "running", "sealing"]),
        )
        .as("practiceRunning"),
    ])
    .where("invitation.id", "in", invitationIds)
    .execute();
  return rows as unknown as BoardRow[];
}

/** Every assessment somebody was invited to, by title. */
export async function listInvitedAssessments(
  connection: Connection,
): Promise<{ id: string; title: string }[]> {
  return connection
    .selectFrom("assessment")
    .select(["assessment.id", "assessment.title"])
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom("invitation")
          .innerJoin("assessment_version", "assessment_version.id", "invitation.assessment_version_id")
          .select("invitation.id")
          .whereRef("assessment_version.assessment_id", "=", "assessment.id")
          .where("invitation.purpose", "=", "candidate"),
      ),
    )
    .orderBy("assessment.title")
    .execute();
}

function latestScored(select: ExpressionBuilder<DB, "invitation">) {
  return select
    .selectFrom("attempt")
    .selectAll("attempt")
    .whereRef("attempt.invitation_id", "=", "invitation.id")
    .where("attempt.kind", "=", "scored")
    .orderBy("attempt.requested_at", "desc")
    .limit(1)
    .as("scored");
}

function latestSandbox(select: ExpressionBuilder<DB & { scored: DB["attempt"] }, "scored">) {
  return select
    .selectFrom("sandbox")
    .select(["sandbox.state", "sandbox.health"])
    .whereRef("sandbox.attempt_id", "=", "scored.id")
    .orderBy("sandbox.epoch", "desc")
    .limit(1)
    .as("latest_sandbox");
}
