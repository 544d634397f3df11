import { sql } from "kysely";
import type { AssessmentSpec } from "../../shared/contracts/assessment.ts";
import { AssessmentDraft } from "../../shared/contracts/assessment-draft.ts";
import type { CheckReport } from "../../shared/contracts/composer.ts";
import type { Connection } from "../../shared/db/database.ts";
import { storable } from "../../shared/db/storable.ts";

/** The draft, while it waits for the check of this revision; null once it does not. */
export async function findDraftToCheck(
  db: Connection,
  assessmentId: string,
  revision: number,
): Promise<AssessmentDraft | null> {
  const row = await db
    .selectFrom("assessment_draft")
    .select("content")
    .where("assessment_id", "=", assessmentId)
    .where("revision", "=", revision)
    .where("checked_revision", "=", revision)
    .where("check_state", "=", "waiting")
    .executeTakeFirst();
  return row ? AssessmentDraft.parse(row.content) : null;
}

/** @param outcome null while the check goes on. @returns false when the draft does not wait for this check any more */
export async function saveCheck(
  db: Connection,
  check: { assessmentId: string; revision: number; report: CheckReport },
  outcome: { state: "passed" | "failed"; prepared: AssessmentSpec | null } | null,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("assessment_draft")
    .set({
      report: JSON.stringify(storable(check.report)),
      ...(outcome
        ? {
            check_state: outcome.state,
            prepared: outcome.prepared === null ? null : JSON.stringify(outcome.prepared),
          }
        : {}),
    })
    .where("assessment_id", "=", check.assessmentId)
    .where("checked_revision", "=", check.revision)
    .where("check_state", "=", "waiting")
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export interface PinnedDocument {
  document: Record<string, unknown>;
  bindings: unknown;
  weather: unknown;
}

export async function findMockApiDocument(db: Connection, versionId: string): Promise<PinnedDocument | null> {
  const row = await db
    .selectFrom("mock_api_version")
    .select(["document", "bindings", "weather"])
    .where("id", "=", versionId)
    .executeTakeFirst();
  return row ? { ...row, document: row.document as Record<string, unknown> } : null;
}

/** Checks that were asked for so long ago that nobody works on them any more; the next look finds them later. */
export async function takeForgottenChecks(
  db: Connection,
  ageSec: number,
): Promise<{ assessmentId: string; revision: number }[]> {
  const rows = await db
    .updateTable("assessment_draft")
    .set({ check_requested_at: sql<Date>`clock_timestamp()` })
    .where("check_state", "=", "waiting")
    .where("check_requested_at", "<", sql<Date>`clock_timestamp() - make_interval(secs => ${ageSec})`)
    .returning(["assessment_id", "checked_revision"])
    .execute();
  return rows.map((row) => ({ assessmentId: row.assessment_id, revision: row.checked_revision! }));
}
