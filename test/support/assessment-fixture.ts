import { randomUUID } from "node:crypto";
import { findVersionPins } from "../../services/shared/assessments/save-version.ts";
import type { AssessmentDraft } from "../../services/shared/contracts/assessment-draft.ts";
import type { Database } from "../../services/shared/db/database.ts";
import { suggestedDisclosures } from "../../services/shared/domain/composer/disclosure-findings.ts";
import { emptyDraft } from "../../services/shared/domain/composer/draft-of-version.ts";
import { makeCriterion } from "./fixtures.ts";

/** A draft with nothing missing, and limits that a test can afford. */
export function completeDraft(overrides: Partial<AssessmentDraft> = {}): AssessmentDraft {
  const draft: AssessmentDraft = {
    ...emptyDraft("Route the tickets"),
    company: { name: "Harbourly", about: "" },
    role: { title: "Applied AI engineer", type: 1 },
    brief: "# Route them\nBuild something.",
    expectations: "- Work in VS Code",
    aiPolicy: { kind: "disclose", statement: "Say what you used." },
    limits: { cpus: 1, memoryMib: 768, diskMib: 128, pids: 256 },
    rubric: { criteria: [makeCriterion("works")] },
    ...overrides,
  };
  return { ...draft, disclosures: overrides.disclosures ?? suggestedDisclosures(draft) };
}

/** An assessment with a draft. @returns its id */
export async function insertDraftedAssessment(db: Database, content: AssessmentDraft): Promise<string> {
  const { id } = await db
    .insertInto("assessment")
    .values({ slug: `assessment-${randomUUID()}`, title: content.title })
    .returning("id")
    .executeTakeFirstOrThrow();
  await db
    .insertInto("assessment_draft")
    .values({ assessment_id: id, content: JSON.stringify(content) })
    .execute();
  return id;
}

/** What a version of the fixtures pins, for a draft that pins the same. */
export async function pinsOfVersion(
  db: Database,
  assessmentVersionId: string,
): Promise<Pick<AssessmentDraft, "datasets" | "mockApis">> {
  return findVersionPins(db, assessmentVersionId);
}

/** What the api does when a check is asked for, without its job. */
export async function waitForCheck(db: Database, assessmentId: string, revision = 1): Promise<void> {
  await db
    .updateTable("assessment_draft")
    .set({ check_state: "waiting", checked_revision: revision, check_requested_at: new Date(), report: null })
    .where("assessment_id", "=", assessmentId)
    .execute();
}
