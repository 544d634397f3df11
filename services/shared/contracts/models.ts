import { z } from "zod";
import { Id, Instant, ShortText } from "./common.ts";

/**
 * Language models: the upstreams an admin sets up, what an assessment version fixes of them, and what became of each
 * call. Money is in US dollars; prices are dollars for a million tokens, as providers publish them.
 */

/** What calls are counted to: the candidate's own programs, or the coding assistant in the terminal. */
export const ModelLine = z.enum(["product", "assistant"]);
export type ModelLine = z.infer<typeof ModelLine>;

/** `embedding` models answer only `/embeddings`, and `chat` models all the rest. */
export const ModelKind = z.enum(["chat", "embedding"]);
export type ModelKind = z.infer<typeof ModelKind>;

/** `mock`: answers are made up by a program of the platform's, for trying things out. Named so wherever it shows. */
export const UpstreamKind = z.enum(["compatible", "mock"]);
export type UpstreamKind = z.infer<typeof UpstreamKind>;

const Usd = z.number().min(0).max(1e6);

/** Dollars for a million tokens. A model without a price is refused: nothing could bound what it costs. */
export const ModelPrice = z.strictObject({
  inputUsdPerMTok: Usd,
  /** For input that the provider had cached; the price of other input where it makes no difference. */
  cachedInputUsdPerMTok: Usd,
  outputUsdPerMTok: Usd,
});
export type ModelPrice = z.infer<typeof ModelPrice>;

/** Name of a model as its upstream knows it, for example `gpt-5-mini` or `meta-llama/Llama-3.1-8B-Instruct`. */
export const UpstreamModelName = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[\x21-\x7e]+$/, "must not contain spaces or control characters");

/** What candidates' programs call a model: `[A-Za-z0-9]` first, then also `._:/-`; for example `gpt-5-mini`. */
export const MODEL_ALIAS = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}$/;

// ── What an assessment version fixes ─────────────────────────────────────────

/** One upstream model behind an alias, with the price that holds for everybody who takes this version. */
export const ModelTarget = z.strictObject({
  modelId: Id,
  upstreamId: Id,
  name: UpstreamModelName,
  mock: z.boolean(),
  price: ModelPrice,
});
export type ModelTarget = z.infer<typeof ModelTarget>;

export const ServedModel = z.strictObject({
  alias: z.string().regex(MODEL_ALIAS),
  kind: ModelKind,
  /** The first is asked; the next when it fails before it has begun to answer. */
  targets: z.array(ModelTarget).min(1).max(5),
});
export type ServedModel = z.infer<typeof ServedModel>;

/** `tokens`: input and output together; null: no limit beside the money. */
export const ModelBudget = z.strictObject({
  usd: z.number().min(0.000_001).max(100_000),
  tokens: z.int().min(1).max(1e12).nullable(),
});
export type ModelBudget = z.infer<typeof ModelBudget>;

export const ModelLimits = z.strictObject({
  requestsPerMin: z.int().min(1).max(100_000),
  /** Requests of one line under way at once. */
  parallel: z.int().min(1).max(1000),
  /** The most one answer may have; what a program asks beyond is refused, and what it leaves open is this. */
  maxOutputTokens: z.int().min(1).max(1_000_000),
});
export type ModelLimits = z.infer<typeof ModelLimits>;

/** Models of a published version. Practice workspaces have none. */
export const SpecModels = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({
    kind: z.literal("metered"),
    models: z.array(ServedModel).max(20),
    budget: ModelBudget,
    limits: ModelLimits,
    /** The coding assistant's one model and its own budget; null: there is no assistant. */
    assistant: z.strictObject({ model: ServedModel, budget: ModelBudget }).nullable(),
  }),
]);
export type SpecModels = z.infer<typeof SpecModels>;

// ── Upstreams (admins) ───────────────────────────────────────────────────────

/** What the last test of an upstream found. */
export const UpstreamTest = z.object({
  at: Instant,
  ok: z.boolean(),
  /** A sentence; what to do when it failed. Never holds a key. */
  message: z.string(),
  durationMs: z.int().min(0),
  /** What the upstream lists, at most 500. Empty where it lists none. */
  models: z.array(z.string()),
});
export type UpstreamTest = z.infer<typeof UpstreamTest>;

export const ModelView = z.object({
  id: Id,
  upstreamId: Id,
  name: z.string(),
  kind: ModelKind,
  /** Null: not set, so the model cannot be used. */
  price: ModelPrice.nullable(),
  archivedAt: Instant.nullable(),
});
export type ModelView = z.infer<typeof ModelView>;

export const UpstreamView = z.object({
  id: Id,
  name: z.string(),
  kind: UpstreamKind,
  baseUrl: z.string(),
  /** A key is kept; it is never shown again. */
  hasKey: z.boolean(),
  /** The last four characters of the key, to tell keys apart; empty for short keys and none. */
  keyHint: z.string(),
  createdAt: Instant,
  updatedAt: Instant,
  archivedAt: Instant.nullable(),
  test: UpstreamTest.nullable(),
  models: z.array(ModelView),
});
export type UpstreamView = z.infer<typeof UpstreamView>;

/** `GET /api/admin/model-upstreams`; archived ones last. */
export const UpstreamList = z.object({ items: z.array(UpstreamView) });

const BaseUrl = z
  .url({ protocol: /^https?$/, error: "must be an address such as https://api.openai.com/v1" })
  .max(500)
  .refine((url) => !/[?#]/.test(url) && !/^\w+:\/*[^/]*@/.test(url), "must have no user, query or fragment")
  .transform((url) => url.replace(/\/+$/, ""));
const ApiKey = z
  .string()
  .trim()
  .max(1000)
  .regex(/^[\x21-\x7e]*$/, "must not contain spaces or control characters");

/** `POST /api/admin/model-upstreams`. */
export const CreateUpstreamRequest = z.strictObject({
  name: ShortText,
  /** What `/chat/completions` is appended to, for example `https://api.openai.com/v1`. */
  baseUrl: BaseUrl,
  /** Empty: the upstream wants none. */
  apiKey: ApiKey.default(""),
});
/** `PATCH /api/admin/model-upstreams/:upstreamId`; what is left out stays. Another address needs the key again. */
export const UpdateUpstreamRequest = z.strictObject({
  name: ShortText.optional(),
  baseUrl: BaseUrl.optional(),
  apiKey: ApiKey.optional(),
  archived: z.boolean().optional(),
});
/** `POST …/:upstreamId/models`. */
export const CreateModelRequest = z.strictObject({
  name: UpstreamModelName,
  kind: ModelKind,
  price: ModelPrice.nullable(),
});
/** `PATCH …/:upstreamId/models/:modelId`. Published versions keep the price they were published with. */
export const UpdateModelRequest = z.strictObject({
  price: ModelPrice.nullable().optional(),
  archived: z.boolean().optional(),
});
/** `POST …/:upstreamId/test`: lists models, and asks `model` for a few words when one is named. */
export const TestUpstreamRequest = z.strictObject({ model: UpstreamModelName.optional() });

// ── Calls ────────────────────────────────────────────────────────────────────

/** Where a budget stands. `spent` holds what ended, `reserved` the most that what is under way may cost. */
export const ModelBudgetView = z.object({
  line: ModelLine,
  models: z.array(z.object({ alias: z.string(), kind: ModelKind, mock: z.boolean() })),
  limitUsd: z.number(),
  spentUsd: z.number(),
  reservedUsd: z.number(),
  limitTokens: z.int().nullable(),
  spentTokens: z.int(),
  reservedTokens: z.int(),
  requests: z.int(),
});
export type ModelBudgetView = z.infer<typeof ModelBudgetView>;

/** A line's models and limits, before anything was spent: told in the lobby. */
export const ModelOffer = ModelBudgetView.pick({
  line: true,
  models: true,
  limitUsd: true,
  limitTokens: true,
});
export type ModelOffer = z.infer<typeof ModelOffer>;

/** `GET /api/candidate/invitations/:invitationId/models`: of the scored attempt. No lines: it has no models. */
export const CandidateModelsView = z.object({
  baseUrl: z.string(),
  lines: z.array(ModelBudgetView),
});
export type CandidateModelsView = z.infer<typeof CandidateModelsView>;

/** How a call ended. `lost`: the gateway ended before it did, and it counts as much as it could have cost. */
export const ModelOutcome = z.enum([
  "open",
  "answered",
  "aborted",
  "refused",
  "upstream_failed",
  "lost",
  "replayed",
]);
export type ModelOutcome = z.infer<typeof ModelOutcome>;

export const ModelCallSummary = z.object({
  id: Id,
  /**
   * Seconds from the start of the attempt, on the assessment's own clock: of somebody with half as much time again, what
   * happened after an hour and a half counts as after an hour. So it says when, and nothing of extra time.
   */
  afterSec: z.number().min(0),
  line: ModelLine,
  /** `chat/completions`, `responses`, `embeddings`. */
  endpoint: z.string(),
  alias: z.string(),
  /** The model that answered; null when none did. */
  upstreamModel: z.string().nullable(),
  mock: z.boolean(),
  stream: z.boolean(),
  outcome: ModelOutcome,
  /** HTTP status that the program got; null while it waits or when it went away before. */
  status: z.int().nullable(),
  errorCode: z.string().nullable(),
  inputTokens: z.int().nullable(),
  cachedInputTokens: z.int().nullable(),
  outputTokens: z.int().nullable(),
  /** `estimated`: the upstream did not say, or said what cannot be. */
  usage: z.enum(["reported", "estimated", "none"]),
  costUsd: z.number(),
  firstTokenMs: z.number().nullable(),
  durationMs: z.number().nullable(),
  /** Targets that failed before one answered. */
  failedTargets: z.int(),
  /** The first words of the last message, at most 200 characters. */
  excerpt: z.string(),
});
export type ModelCallSummary = z.infer<typeof ModelCallSummary>;

/** `GET /api/review/submissions/:submissionId/model-calls`; oldest first, 100 a page. */
export const ModelCallQuery = z.object({
  line: ModelLine.optional(),
  /** Only calls after this one. */
  after: Id.optional(),
});
export const ModelCallTotals = z.object({
  line: ModelLine,
  calls: z.int(),
  /** Of them. */
  answered: z.int(),
  costUsd: z.number(),
  inputTokens: z.int(),
  outputTokens: z.int(),
});
export type ModelCallTotals = z.infer<typeof ModelCallTotals>;

/** Data of the event `model_summary` in a sealed timeline: what programs asked of the models. */
export const ModelSummary = z.object({ lines: z.array(ModelCallTotals) });
export type ModelSummary = z.infer<typeof ModelSummary>;

export const ModelCallPage = z.object({
  items: z.array(ModelCallSummary),
  nextAfter: Id.nullable(),
  /** Of all calls, whichever are asked for. */
  totals: z.array(ModelCallTotals),
});
export type ModelCallPage = z.infer<typeof ModelCallPage>;

/** `GET …/model-calls/:callId`. Texts never hold the candidate's name or e-mail. */
export const ModelCallView = ModelCallSummary.extend({
  /** The request's JSON; null when it was not kept. Where only its beginning is kept, closed so that it can be read. */
  request: z.string().nullable(),
  /** The answer's JSON. Of a stream, what its events amount to: in single events a name is in pieces, and not found. */
  response: z.string().nullable(),
  /** The answer came as a stream of events and was put together from them. */
  reassembled: z.boolean(),
  requestBytes: z.int(),
  responseBytes: z.int(),
  /** Only the beginnings are kept. */
  truncated: z.boolean(),
  /** Something was replaced to keep the review blind. */
  redacted: z.boolean(),
});
export type ModelCallView = z.infer<typeof ModelCallView>;

/** Figures of a candidate's treatment that may stand out. */
export const TreatmentMark = z.enum([
  "upstreamFailures",
  "refusals",
  "firstTokenP50Ms",
  "firstTokenP95Ms",
  "tokensPerSecP50",
  "outages",
]);
export type TreatmentMark = z.infer<typeof TreatmentMark>;

/** What one candidate met of the upstreams, for comparing. Milliseconds; null without answers. */
export const ModelTreatmentRow = z.object({
  attemptId: Id,
  candidateName: z.string(),
  /** The attempt still runs, so that time can be given back. */
  running: z.boolean(),
  calls: z.int(),
  upstreamFailures: z.int(),
  refusals: z.int(),
  firstTokenP50Ms: z.number().nullable(),
  firstTokenP95Ms: z.number().nullable(),
  tokensPerSecP50: z.number().nullable(),
  spentUsd: z.number(),
  /** Spans in which no target answered, from the first failure to the next answer (or the last failure). */
  outages: z.array(
    z.object({
      from: Instant,
      until: Instant,
      failures: z.int(),
      /** Of it, given back by credits of whatever reason. */
      creditedSec: z.int().min(0),
      /** What a credit would still give. */
      uncreditedSec: z.int().min(0),
    }),
  ),
  /** What stands out beside the other candidates. */
  marks: z.array(TreatmentMark),
});
export type ModelTreatmentRow = z.infer<typeof ModelTreatmentRow>;

/** `GET /api/admin/assessments/:assessmentId/versions/:versionId/model-treatment`. */
export const ModelTreatmentReport = z.object({
  assessmentVersionId: Id,
  title: z.string(),
  number: z.int(),
  rows: z.array(ModelTreatmentRow),
});
export type ModelTreatmentReport = z.infer<typeof ModelTreatmentReport>;

/** `POST /api/admin/attempts/:attemptId/model-outages/credit`: gives the time of one outage back. */
export const CreditOutageRequest = z.strictObject({
  /** When the outage began, as the report says. */
  from: Instant,
});
/** `givenSec`: 0 when earlier credits had given all of it. */
export const CreditOutageResponse = z.object({ deadlineAt: Instant, givenSec: z.int().min(0) });
