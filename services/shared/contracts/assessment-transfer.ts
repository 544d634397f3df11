import { z } from "zod";
import { AssessmentDraft } from "./assessment-draft.ts";
import { Id, JsonValue, Sha256 } from "./common.ts";

/** `POST /api/admin/assessments/import`: an uploaded export (purpose `assessment`). */
export const ImportAssessmentRequest = z.strictObject({ uploadId: Id });
/** What was done with one part of the file. */
export const ImportedPart = z.object({
  kind: z.enum(["dataset", "mock_api", "model", "starter", "assessment"]),
  title: z.string(),
  /** `reused`: exactly this was here already. `missing`: a model that is not set up here; the draft names it. */
  outcome: z.enum(["created", "reused", "missing"]),
});
/** `GET /api/admin/assessments/imports/:importId`. */
export const AssessmentImportView = z.object({
  id: Id,
  state: z.enum(["waiting", "done", "failed"]),
  fileName: z.string(),
  /** The assessment whose draft it became. */
  assessmentId: Id.nullable(),
  parts: z.array(ImportedPart),
  /** Why it was refused: one sentence each. */
  problems: z.array(z.string()),
});
export type AssessmentImportView = z.infer<typeof AssessmentImportView>;

/** First entry of an export, `assessment.json`. */
export const ExportedAssessment = z.strictObject({
  format: z.literal("worksample-assessment-1"),
  slug: z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/),
  title: z.string().max(300).min(1),
  /** Pins in it are the ids below; sources of files are digests in `starterTreeSha256`, `practiceTreeSha256`. */
  content: AssessmentDraft,
  /** Trees of the files without inline files and brief; null: none, or the platform's. */
  starterTreeSha256: Sha256.nullable(),
  practiceTreeSha256: Sha256.nullable(),
  datasets: z
    .array(
      z.strictObject({
        id: Id,
        slug: z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/),
        title: z.string().max(300).min(1),
        sha256: Sha256,
        manifest: JsonValue,
        profile: JsonValue.nullable(),
      }),
    )
    .max(40),
  mockApis: z
    .array(
      z.strictObject({
        id: Id,
        slug: z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/),
        title: z.string().max(300).min(1),
        sha256: Sha256,
        document: JsonValue,
        bindings: JsonValue,
        weather: JsonValue,
        datasetVersionId: Id.nullable(),
      }),
    )
    .max(20),
  /** Models are found again by these names; neither addresses nor keys leave an instance. */
  models: z
    .array(z.strictObject({ id: Id, upstream: z.string().max(200).min(1), name: z.string().max(200).min(1) }))
    .max(105)
    .default([]),
});
export type ExportedAssessment = z.infer<typeof ExportedAssessment>;
