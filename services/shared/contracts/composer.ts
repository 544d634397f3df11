import { z } from "zod";
import { AssessmentDraft, InlineFile } from "./assessment-draft.ts";
import { Id, Instant, RoleType, ShortText } from "./common.ts";
import { ModelKind, ModelPrice } from "./models.ts";

/** What the composer's pages and the api tell each other. */

/** Parts of the composer, to which a finding points. */
export const ComposerSection = z.enum([
  "basics",
  "brief",
  "expectations",
  "disclosures",
  "ai_policy",
  "limits",
  "image",
  "starter",
  "practice_starter",
  "rubric",
  "datasets",
  "mock_apis",
  "models",
  "packages",
]);
export type ComposerSection = z.infer<typeof ComposerSection>;

export const CheckStatus = z.enum(["pending", "running", "passed", "warning", "failed", "skipped"]);

/** One line of a check. A warning does not keep anybody from publishing. */
export const CheckItem = z.object({
  /** Stable, for example `rubric`, or `mock_api:helpdesk.internal`. */
  id: z.string(),
  title: z.string(),
  status: CheckStatus,
  /** What was found; a sentence. Empty while pending or running. */
  message: z.string(),
  /** What to do about it; empty when there is nothing to do. */
  remedy: z.string(),
  /** Where to do it: `path` is a path into the draft, for example `datasets.0.mountName`, or empty. */
  target: z.object({ section: ComposerSection, path: z.string() }).nullable(),
  durationMs: z.int().min(0).nullable(),
});
export type CheckItem = z.infer<typeof CheckItem>;

export const CheckReport = z.object({
  startedAt: Instant,
  finishedAt: Instant.nullable(),
  items: z.array(CheckItem),
});
export type CheckReport = z.infer<typeof CheckReport>;

/** The last check of a draft. */
export const CheckView = z.object({
  state: z.enum(["none", "waiting", "passed", "failed"]),
  /** The revision it is about; null when there was none. */
  revision: z.int().nullable(),
  /** It is about the draft as it is now: only then `passed` allows publishing. */
  current: z.boolean(),
  report: CheckReport.nullable(),
});
export type CheckView = z.infer<typeof CheckView>;

/** An uploaded archive on its way to being the files of a workspace. */
export const StarterImportView = z.object({
  uploadId: Id,
  fileName: z.string(),
  /** `receiving`: the upload has not ended. */
  state: z.enum(["receiving", "waiting", "ready", "failed"]),
  files: z.int().min(0),
  bytes: z.int().min(0),
  /** The first of its files, in order of path. */
  entries: z.array(z.object({ path: z.string(), bytes: z.int().min(0) })),
  /** Why it is refused: each says which entry and what is wrong with it. */
  problems: z.array(z.string()),
});
export type StarterImportView = z.infer<typeof StarterImportView>;

/** What a pin of the draft refers to; a pin whose version is gone is not in the list. */
export const PinnedDataset = z.object({
  datasetVersionId: Id,
  datasetId: Id,
  title: z.string(),
  number: z.int(),
  latestVersionId: Id,
  latestNumber: z.int(),
  archived: z.boolean(),
  tables: z.array(z.object({ name: z.string(), rows: z.int(), columns: z.array(z.string()) })),
});
export const PinnedMockApi = z.object({
  mockApiVersionId: Id,
  mockApiId: Id,
  title: z.string(),
  number: z.int(),
  latestVersionId: Id,
  latestNumber: z.int(),
  archived: z.boolean(),
});

/** A model that a draft names, as it stands. */
export const PinnedModelView = z.object({
  modelId: Id,
  upstreamId: Id,
  upstreamName: z.string(),
  name: z.string(),
  kind: ModelKind,
  /** Its answers are made up. */
  mock: z.boolean(),
  price: ModelPrice.nullable(),
  archived: z.boolean(),
});
export type PinnedModelView = z.infer<typeof PinnedModelView>;

/** What changes while a draft is edited and checked. Sent as `draft` events, too. */
export const DraftView = z.object({
  assessmentId: Id,
  revision: z.int().min(1),
  updatedAt: Instant,
  /** Name of the person; null for a program. */
  updatedBy: z.string().nullable(),
  /** The draft says something else than the latest published version, or there is none. */
  changed: z.boolean(),
  content: AssessmentDraft,
  check: CheckView,
  starterImports: z.array(StarterImportView),
  pinnedDatasets: z.array(PinnedDataset),
  pinnedMockApis: z.array(PinnedMockApi),
  pinnedModels: z.array(PinnedModelView),
});
export type DraftView = z.infer<typeof DraftView>;

/** `PUT /api/admin/assessments/:assessmentId/draft`; a stale revision is refused with `assessment_conflict`. */
export const SaveDraftRequest = z.strictObject({ revision: z.int().min(1), content: AssessmentDraft });

/** `draft`: never published. Archived hides from lists and lets nobody be invited; what runs goes on. */
export const AssessmentState = z.enum(["draft", "published", "archived"]);
export type AssessmentState = z.infer<typeof AssessmentState>;

export const AssessmentListItem = z.object({
  id: Id,
  title: z.string(),
  companyName: z.string(),
  roleTitle: z.string(),
  roleType: RoleType,
  state: AssessmentState,
  /** The draft says something else than the latest published version. */
  changed: z.boolean(),
  limitSec: z.number().nullable(),
  latestVersion: z.object({ id: Id, number: z.int(), publishedAt: Instant }).nullable(),
  invitationCount: z.int(),
  submissionCount: z.int(),
  updatedAt: Instant,
});
export type AssessmentListItem = z.infer<typeof AssessmentListItem>;

/** `GET /api/admin/assessments?state=&search=`; most recently changed first. Archived ones only when asked for. */
export const AssessmentListQuery = z.object({
  state: AssessmentState.optional(),
  search: z.string().max(200).optional(),
});
export const AssessmentList = z.object({
  items: z.array(AssessmentListItem),
  /** Of all assessments, whatever was asked for. */
  counts: z.object({ draft: z.int(), published: z.int(), archived: z.int() }),
});
export type AssessmentList = z.infer<typeof AssessmentList>;

export const AssessmentVersionSummary = z.object({
  id: Id,
  number: z.int(),
  title: z.string(),
  changeNote: z.string(),
  publishedAt: Instant,
  publishedBy: z.string().nullable(),
  limitSec: z.int(),
  /** There are language models to call. */
  hasModels: z.boolean().default(false),
  invitationCount: z.int(),
  submissionCount: z.int(),
});
export type AssessmentVersionSummary = z.infer<typeof AssessmentVersionSummary>;

/** `GET /api/admin/assessments/:assessmentId/versions/:versionId`. */
export const AssessmentVersionView = AssessmentVersionSummary.extend({
  assessmentId: Id,
  content: AssessmentDraft,
  pinnedDatasets: z.array(PinnedDataset),
  pinnedMockApis: z.array(PinnedMockApi),
  /** As they stand now; the version keeps the prices it was published with. */
  pinnedModels: z.array(PinnedModelView),
});
export type AssessmentVersionView = z.infer<typeof AssessmentVersionView>;

/** A trial that can still be opened. */
export const TrialView = z.object({
  invitationId: Id,
  link: z.string(),
  createdAt: Instant,
  createdBy: z.string().nullable(),
  expiresAt: Instant,
});
export type TrialView = z.infer<typeof TrialView>;

export const AssessmentDetail = z.object({
  id: Id,
  slug: z.string(),
  title: z.string(),
  state: AssessmentState,
  createdAt: Instant,
  archivedAt: Instant.nullable(),
  draft: DraftView,
  /** Published ones, newest first. */
  versions: z.array(AssessmentVersionSummary),
  trials: z.array(TrialView),
});
export type AssessmentDetail = z.infer<typeof AssessmentDetail>;

export const TemplateId = z.enum(["blank", "api_integrator", "ml_engineer", "ai_systems_engineer"]);
export type TemplateId = z.infer<typeof TemplateId>;

/** `POST /api/admin/assessments`. */
export const CreateAssessmentRequest = z.strictObject({
  title: ShortText,
  template: TemplateId.default("blank"),
});
/** `POST …/:assessmentId/clone`: a new assessment with this draft, or with a published version as its draft. */
export const CloneAssessmentRequest = z.strictObject({
  title: ShortText.optional(),
  assessmentVersionId: Id.optional(),
});

/** `GET /api/admin/assessments/options`: what the composer offers on this instance. */
export const ComposerOptions = z.object({
  images: z.array(z.object({ name: z.string(), isDefault: z.boolean() })),
  templates: z.array(z.object({ id: TemplateId, title: z.string(), description: z.string() })),
  /** The files of `practiceStarter.source = platform`. */
  practiceFiles: z.array(InlineFile),
});
export type ComposerOptions = z.infer<typeof ComposerOptions>;

/** Body of `POST …/draft/check` and `POST …/draft/trial`: the revision that the page shows. */
export const DraftRevisionRequest = z.strictObject({ revision: z.int().min(1) });

/** `POST …/draft/publish`. Only what passed its check is published: else 409 `assessment_not_checked`. */
export const PublishAssessmentRequest = z.strictObject({
  revision: z.int().min(1),
  changeNote: z.string().trim().max(2000).default(""),
});
export const PublishAssessmentResponse = z.object({ assessmentVersionId: Id, number: z.int() });
