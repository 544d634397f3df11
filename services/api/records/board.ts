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
}

/** Invitations of candidates with their latest scored attempt, newest first; any one of them when `invitationId` is given. */
export async function listBoard(connection: Connection, invitationId?: string): Promise<BoardRow[]> {
  let query = connection
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
    .orderBy("invitation.created_at", "desc")
    .orderBy("invitation.id");
  query =
    invitationId === undefined
      ? query.where("invitation.purpose", "=", "candidate")
      : query.where("invitation.id", "=", invitationId);
  return (await query.execute()) as unknown as BoardRow[];
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
