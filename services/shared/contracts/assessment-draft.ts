import { z } from "zod";
import { AiPolicy, Stage } from "./assessment.ts";
import { Id, RoleType } from "./common.ts";

/**
 * An assessment while it is written. A draft may be incomplete and even wrong, so that saving it never loses what
 * somebody typed; the check says what is missing. Its limits here only keep it to a size that can be kept. What a
 * published version must fulfil is `AssessmentSpec`.
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
