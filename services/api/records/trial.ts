import { sql } from "kysely";
import { CHECK_EMAIL } from "../../shared/assessments/trial.ts";
import type { Connection, DatabaseTransaction } from "../../shared/db/database.ts";

export interface TrialRow {
  invitationId: string;
  linkGeneration: number;
  createdAt: Date;
  createdBy: string | null;
  expiresAt: Date;
}

const COLUMNS = [
  "invitation.id as invitationId",
  "invitation.link_generation as linkGeneration",
  "invitation.created_at as createdAt",
  "author.name as createdBy",
  "invitation.expires_at as expiresAt",
] as const;

/**
 * Trials that people can still open, newest first. Those that a check made for itself have nobody who made them and
 * are not among them.
 */
export async function listTrials(connection: Connection, assessmentId: string): Promise<TrialRow[]> {
  return connection
    .selectFrom("invitation")
    .innerJoin("assessment_version as version", "version.id", "invitation.assessment_version_id")
    .leftJoin("staff_user as author", "author.id", "invitation.created_by")
    .select(COLUMNS)
    .where("version.assessment_id", "=", assessmentId)
    .where("invitation.purpose", "=", "trial")
    .where("invitation.candidate_email", "<>", CHECK_EMAIL)
    .where("invitation.revoked_at", "is", null)
    .where("invitation.expires_at", ">", sql<Date>`clock_timestamp()`)
    .orderBy("invitation.created_at", "desc")
    .execute();
}

/** Trials of a person that stand, so that a new one can take their place. */
export async function findOwnTrials(
  transaction: DatabaseTransaction,
  assessmentId: string,
  createdBy: string | null,
): Promise<string[]> {
  const rows = await transaction
    .selectFrom("invitation")
    .innerJoin("assessment_version as version", "version.id", "invitation.assessment_version_id")
    .select("invitation.id")
    .where("version.assessment_id", "=", assessmentId)
    .where("invitation.purpose", "=", "trial")
    .where("invitation.candidate_email", "<>", CHECK_EMAIL)
    .where("invitation.created_by", "is not distinct from", createdBy)
    .where("invitation.revoked_at", "is", null)
    .orderBy("invitation.id")
    .execute();
  return rows.map(({ id }) => id);
}

export async function insertTrialInvitation(
  transaction: DatabaseTransaction,
  trial: {
    assessmentVersionId: string;
    name: string;
    email: string;
    hours: number;
    createdBy: string | null;
  },
): Promise<TrialRow> {
  const row = await transaction
    .insertInto("invitation")
    .values({
      assessment_version_id: trial.assessmentVersionId,
      purpose: "trial",
      candidate_name: trial.name,
      candidate_email: trial.email,
      expires_at: sql<Date>`clock_timestamp() + make_interval(hours => ${trial.hours})`,
      created_by: trial.createdBy,
    })
    .returning([
      "id as invitationId",
      "link_generation as linkGeneration",
      "created_at as createdAt",
      "expires_at as expiresAt",
    ])
    .executeTakeFirstOrThrow();
  return { ...row, createdBy: trial.name };
}

export async function findStaffEmail(connection: Connection, staffId: string): Promise<string> {
  const { email } = await connection
    .selectFrom("staff_user")
    .select("email")
    .where("id", "=", staffId)
    .executeTakeFirstOrThrow();
  return email;
}
