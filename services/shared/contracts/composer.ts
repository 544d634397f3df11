import { z } from "zod";
import { AiPolicy, Stage } from "./assessment.ts";
import { Id, Instant, JsonValue, RoleType, Sha256, ShortText } from "./common.ts";
import { ModelKind, ModelPrice } from "./models.ts";

/**
 * The composer: an assessment while it is written. A draft may be incomplete and even wrong, so that saving it never
 * loses what somebody typed; the check says what is missing. Its limits here only keep it to a size that can be kept.
 * What a published version must fulfil is `AssessmentSpec`.
 */

const Text = (most: number) => z.string().max(most);
/** A number that may still be missing; the check says which ones fit. */
const DraftNumber = z.number().min(-1e12).max(1e12).nullable();

/** How a dataset reaches each candidate: all of it, a sample of their own, with rows that tell whose copy it is. */
export const DatasetDelivery = z.strictObject({
  /** Rows of this table are drawn for each candidate anew; absent: all rows of all tables. */
  sample: z.strictObject({ table: Text(120).min(1), rows: z.int().min(1).max(100_000_000) }).optional(),
  /** So many made-up rows, with a marker of the candidate's own in this column. */
  canary: z
    .strictObject({ table: Text(120).min(1), column: Text(120).min(1), rows: z.int().min(1).max(1000) })
    .nullable()
    .optional(),
});
export type DatasetDelivery = z.infer<typeof DatasetDelivery>;

/** `mountName`: the dataset is `/datasets/<mountName>` in the workspace. Lower-case letters, digits and hyphens. */
export const MOUNT_NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;
/** `hostname`: the API answers at `http://<hostname>`; ends in `.internal`. */
export const MOCK_API_HOSTNAME = /^[a-z0-9][a-z0-9-]{0,62}\.internal$/;
/** Names under `.internal` that the platform itself answers at. */
export const RESERVED_HOSTNAMES: readonly string[] = ["models.internal", "packages.internal"];

export const DatasetPin = z.strictObject({
  mountName: Text(100),
  datasetVersionId: Id.nullable(),
  delivery: DatasetDelivery.default({}),
});
export type DatasetPin = z.infer<typeof DatasetPin>;

export const MockApiPin = z.strictObject({ hostname: Text(100), mockApiVersionId: Id.nullable() });
export type MockApiPin = z.infer<typeof MockApiPin>;

/** One text file of a workspace, written in the composer. `path` is relative, `/`-separated, for example `README.md`. */
export const InlineFile = z.strictObject({ path: Text(1000), text: Text(200_000) });
export type InlineFile = z.infer<typeof InlineFile>;

const FromUpload = z.strictObject({
  kind: z.literal("upload"),
  /** A finished upload with purpose `starter`: a .zip, .tar or .tar.gz. Saving the draft starts reading it. */
  uploadId: Id,
});
/** The files of a version of any assessment. */
const FromVersion = z.strictObject({ kind: z.literal("version"), assessmentVersionId: Id });
const inlineFiles = z.array(InlineFile).max(50).default([]);

/** What a scored workspace starts with. `files` are laid over the source. The brief is added as `BRIEF.md`. */
export const Starter = z.strictObject({
  source: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("none") }),
    FromUpload,
    FromVersion,
  ]),
  files: inlineFiles,
});
/** What a practice workspace starts with; `platform`: a short tour that gives nothing of the task away. */
export const PracticeStarter = z.strictObject({
  source: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("platform") }),
    FromUpload,
    FromVersion,
  ]),
  files: inlineFiles,
});

/** Names as the registry knows them; a `*` at the end stands for any rest, for example `@types/*`. */
const DraftPackageRules = z.strictObject({
  enabled: z.boolean(),
  /** Nothing: all but what is denied. */
  allow: z.array(Text(300)).max(1000),
  deny: z.array(Text(300)).max(1000),
});
/** Packages that can be installed during an attempt. */
export const PackagePolicy = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({
    kind: z.literal("mirror"),
    npm: DraftPackageRules,
    pypi: DraftPackageRules,
    /** The largest file of a package. */
    maxFileMib: DraftNumber,
    /** All files that one attempt may fetch. */
    maxTotalMib: DraftNumber,
  }),
]);
export type PackagePolicy = z.infer<typeof PackagePolicy>;

const DraftBudget = z.strictObject({ usd: DraftNumber, tokens: DraftNumber });
/** Upstream models behind a name, the first to be asked first. */
const DraftModel = z.strictObject({
  alias: Text(200),
  modelIds: z.array(Id).max(5),
  /** Models that an imported assessment names and this instance does not have; they must be chosen anew. */
  missing: z
    .array(z.strictObject({ upstream: Text(200), name: Text(200) }))
    .max(5)
    .optional(),
});
/** Language models that can be called during an attempt. */
export const ModelPolicy = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({
    kind: z.literal("metered"),
    models: z.array(DraftModel).max(20),
    budget: DraftBudget,
    limits: z.strictObject({
      requestsPerMin: DraftNumber,
      parallel: DraftNumber,
      maxOutputTokens: DraftNumber,
    }),
    /** The coding assistant in the terminal; it is there where the AI policy is `assistant`. */
    assistant: z.strictObject({ model: DraftModel, budget: DraftBudget }).nullable(),
  }),
]);
export type ModelPolicy = z.infer<typeof ModelPolicy>;

export const DraftAnchor = z.strictObject({
  level: z.int().min(1).max(5),
  title: Text(200),
  description: Text(4000),
});
export const DraftCriterion = z.strictObject({
  /** Stays the same while titles change; `[a-z][a-z0-9_]{1,40}`. */
  id: Text(60),
  title: Text(300),
  guidance: Text(8000),
  weight: DraftNumber,
  anchors: z.array(DraftAnchor).max(10),
});
export type DraftCriterion = z.infer<typeof DraftCriterion>;

export const AssessmentDraft = z.strictObject({
  title: Text(300),
  company: z.strictObject({ name: Text(300), about: Text(10_000) }),
  role: z.strictObject({ title: Text(300), type: RoleType }),
  stages: z.array(Stage).max(3),
  /** Markdown; readable only once the attempt runs. */
  brief: Text(200_000),
  /** Markdown list for the lobby. */
  expectations: Text(50_000),
  /** Each is a sentence for the lobby: what is recorded, who sees it, how long it is kept. */
  disclosures: z.array(Text(2000)).max(50),
  aiPolicy: z.strictObject({ kind: AiPolicy.shape.kind, statement: Text(10_000) }),
  limitSec: DraftNumber,
  practiceLimitSec: DraftNumber,
  snapshotIntervalSec: DraftNumber,
  /** A name of `ComposerOptions.images`. */
  image: Text(200),
  limits: z.strictObject({
    cpus: DraftNumber,
    memoryMib: DraftNumber,
    diskMib: DraftNumber,
    pids: DraftNumber,
  }),
  starter: Starter,
  practiceStarter: PracticeStarter,
  rubric: z.strictObject({ criteria: z.array(DraftCriterion).max(40) }),
  datasets: z.array(DatasetPin).max(20),
  mockApis: z.array(MockApiPin).max(20),
  packages: PackagePolicy,
  models: ModelPolicy,
});
export type AssessmentDraft = z.infer<typeof AssessmentDraft>;
/** A draft as it is sent: what has a default may be left out. */
export type AssessmentDraftInput = z.input<typeof AssessmentDraft>;

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
  title: Text(300).min(1),
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
        title: Text(300).min(1),
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
        title: Text(300).min(1),
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
    .array(z.strictObject({ id: Id, upstream: Text(200).min(1), name: Text(200).min(1) }))
    .max(105)
    .default([]),
});
export type ExportedAssessment = z.infer<typeof ExportedAssessment>;
