import { sql } from "kysely";
import type { Database } from "../../shared/db/database.ts";
import type { DemoVersions } from "./demo-assessments.ts";

const FULL_INVITATIONS = 4;
const PEOPLE = [
  "Noor Haddad",
  "Jonas Lindqvist",
  "Marta Kowalczyk",
  "Diego Salinas",
  "Aiko Tanaka",
  "Femi Adeyemi",
  "Clara Weiss",
  "Tomás Rocha",
];

/**
 * Keeps enough unused demo links open: those of earlier starts stay valid, and what was used up is replaced.
 * @returns invitation ids, the one with the 3-minute limit last.
 */
export async function ensureDemoInvitations(db: Database, versions: DemoVersions): Promise<string[]> {
  const full = await topUp(db, versions.full, FULL_INVITATIONS);
  const short = await topUp(db, versions.short, 1);
  return [...full, ...short];
}

async function topUp(db: Database, assessmentVersionId: string, count: number): Promise<string[]> {
  const open = await db
    .selectFrom("invitation")
    .select("id")
    .where("assessment_version_id", "=", assessmentVersionId)
    .where("created_by", "is", null)
    .where("revoked_at", "is", null)
    .where("expires_at", ">", sql<Date>`now() + interval '1 day'`)
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom("attempt")
            .select("attempt.id")
            .whereRef("attempt.invitation_id", "=", "invitation.id")
            .where("attempt.kind", "=", "scored"),
        ),
      ),
    )
    .orderBy("created_at")
    .orderBy("id")
    .limit(count)
    .execute();
  const ids = open.map((row) => row.id);
  const { made } = await db
    .selectFrom("invitation")
    .select((e) => e.fn.countAll<number>().as("made"))
    .executeTakeFirstOrThrow();
  for (let index = ids.length; index < count; index++) {
    const name = PEOPLE[(made + index) % PEOPLE.length]!;
    const email = `${name.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll(" ", ".")}@candidates.example`;
    const { id } = await db
      .insertInto("invitation")
      .values({
        assessment_version_id: assessmentVersionId,
        candidate_name: name,
        candidate_email: email,
        expires_at: sql<Date>`now() + interval '30 days'`,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    ids.push(id);
  }
  return ids;
}
