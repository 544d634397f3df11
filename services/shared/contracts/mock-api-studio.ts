import { z } from "zod";
import { Id, Instant, JsonValue, Sha256, ShortText } from "./common.ts";
import { MockApiBindings, MockApiOperation } from "./mock-api.ts";
import { Weather } from "./weather.ts";

/** What the pages and the API of the mock-API studio exchange. Bindings themselves: `mock-api.ts`. */

/** Name in addresses: lower-case letters, digits and single hyphens. */
export const MockApiSlug = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "must be lower-case letters, digits and single hyphens");

/** A document given in the request itself; larger ones are uploaded. */
export const MAX_INLINE_DOCUMENT_CHARACTERS = 1024 * 1024;

/** Something said about an uploaded document or its bindings. */
export const MockApiIssue = z.object({
  /** Errors keep a document from being served; warnings say what will be served differently. */
  severity: z.enum(["error", "warning"]),
  /** Stable name of the rule in kebab case, for example `duplicate-operation-id`. */
  rule: z.string(),
  message: z.string(),
  /** JSON pointer into the document, or, of the rules `bindings` and `weather`, into those. */
  pointer: z.string(),
  /** Counted from 1; null where the place is not in the text. */
  line: z.int().min(1).nullable(),
  column: z.int().min(1).nullable(),
  /** Which file of an uploaded zip; null when a single file was uploaded. */
  file: z.string().nullable(),
});
export type MockApiIssue = z.infer<typeof MockApiIssue>;

export const MockApiParameterSummary = z.object({
  name: z.string(),
  in: z.enum(["path", "query", "header", "cookie"]),
  required: z.boolean(),
  /** JSON Schema type, `string[]` for an array of strings, or `any`. */
  type: z.string(),
});

/** One operation, in the order of the document. */
export const MockApiOperationSummary = z.object({
  /** The document's own, or for example `GET /tickets/{id}` where it has none. Bindings refer to it. */
  operationId: z.string(),
  /** Upper case. */
  method: z.string(),
  path: z.string(),
  summary: z.string(),
  tags: z.array(z.string()),
  deprecated: z.boolean(),
  parameters: z.array(MockApiParameterSummary),
  /** Media types of the request's body; empty where it takes none. */
  requestTypes: z.array(z.string()),
  /** Documented statuses, for example `200`, `4XX`, `default`. */
  responses: z.array(z.string()),
});
export type MockApiOperationSummary = z.infer<typeof MockApiOperationSummary>;

/** What a check found. At most {@link MAX_REPORTED_ISSUES} issues are listed, errors first; the counts are of all. */
export const MockApiReport = z.object({
  checkedAt: Instant,
  /** As the document says, for example `3.0.3`; null when it could not be read. */
  openapi: z.string().nullable(),
  title: z.string().nullable(),
  version: z.string().nullable(),
  bytes: z.int().min(0),
  durationMs: z.int().min(0),
  /** Highest memory of the confined process that read it; null when it was stopped from outside. */
  peakMemoryBytes: z.int().min(0).nullable(),
  errors: z.int().min(0),
  warnings: z.int().min(0),
  issues: z.array(MockApiIssue),
  /** Empty while the document has errors. */
  operations: z.array(MockApiOperationSummary),
});
export type MockApiReport = z.infer<typeof MockApiReport>;
export const MAX_REPORTED_ISSUES = 200;

/**
 * `none`: nothing to check, or changed since. `waiting`: a check is on its way. `passed` and `failed` are of the
 * draft as it stands.
 */
export const MockApiCheckState = z.enum(["none", "waiting", "passed", "failed"]);
export type MockApiCheckState = z.infer<typeof MockApiCheckState>;

/** How an operation is answered: by a binding of that kind, or, unbound, from the document's examples and schemas. */
export const MockApiAnswerKind = z.union([
  z.enum(MockApiOperation.options.map((option) => option.shape.kind.value)),
  z.literal("document"),
]);
export type MockApiAnswerKind = z.infer<typeof MockApiAnswerKind>;

export const MockApiDatasetSummary = z.object({
  datasetVersionId: Id,
  datasetTitle: z.string(),
  number: z.int(),
  tables: z.array(
    z.object({
      name: z.string(),
      rows: z.int(),
      columns: z.array(z.object({ name: z.string(), type: z.string() })),
    }),
  ),
});
export type MockApiDatasetSummary = z.infer<typeof MockApiDatasetSummary>;

export const MockApiListItem = z.object({
  id: Id,
  slug: z.string(),
  title: z.string(),
  createdAt: Instant,
  archivedAt: Instant.nullable(),
  latestVersion: z.object({ id: Id, number: z.int(), createdAt: Instant }).nullable(),
  /** Null where there is no draft beside the latest version. */
  draft: z
    .object({
      checkState: MockApiCheckState,
      sourceName: z.string().nullable(),
      updatedAt: Instant,
    })
    .nullable(),
});
export const MockApiList = z.object({ items: z.array(MockApiListItem) });
export type MockApiListItem = z.infer<typeof MockApiListItem>;

export const MockApiVersionItem = z.object({
  id: Id,
  number: z.int(),
  sha256: Sha256,
  createdAt: Instant,
  createdBy: z.string().nullable(),
  /** How many published assessment versions use it. */
  usedBy: z.int().min(0),
});

/** `GET /api/admin/mock-apis/:mockApiId`; versions newest first. */
export const MockApiDetail = MockApiListItem.extend({ versions: z.array(MockApiVersionItem) });
export type MockApiDetail = z.infer<typeof MockApiDetail>;

export const CreateMockApiRequest = z.object({
  title: ShortText,
  /** Made of the title when absent. */
  slug: MockApiSlug.optional(),
});
export const RenameMockApiRequest = z.object({ title: ShortText });

/** A document as it is served: OpenAPI 3.1, whole. */
export const MockApiDocument = z.looseObject({ openapi: z.string() });
export type MockApiDocument = z.infer<typeof MockApiDocument>;

/** `GET /api/admin/mock-apis/:mockApiId/draft`. */
export const MockApiDraftView = z.object({
  mockApiId: Id,
  revision: z.int().min(1),
  source: z.object({ name: z.string(), bytes: z.int().min(0) }).nullable(),
  /** Title and version of the document that last passed; null while none has. */
  document: z.object({ title: z.string(), version: z.string() }).nullable(),
  /** Its operations and how each is answered, in the order of the document. */
  operations: z.array(MockApiOperationSummary.extend({ answeredBy: MockApiAnswerKind })),
  checkState: MockApiCheckState,
  report: MockApiReport.nullable(),
  dataset: MockApiDatasetSummary.nullable(),
  bindings: MockApiBindings.nullable(),
  weather: Weather,
  updatedAt: Instant,
  /** Name of who changed it last. */
  updatedBy: z.string().nullable(),
});
export type MockApiDraftView = z.infer<typeof MockApiDraftView>;

/** `PUT …/draft`. What is absent stays as it is. Answers with the draft; its check is then `none`. */
export const SaveMockApiDraftRequest = z.object({
  /** The revision that was edited; a stale one is answered with `mock_api_draft_conflict`. */
  revision: z.int().min(1),
  bindings: MockApiBindings.nullable().optional(),
  weather: Weather.optional(),
  datasetVersionId: Id.nullable().optional(),
});

/** `PUT …/draft/document`: an upload, or the text itself. Answers with the draft; a check is on its way. */
export const PutMockApiDocumentRequest = z.union([
  z.strictObject({ revision: z.int().min(1), uploadId: Id }),
  z.strictObject({
    revision: z.int().min(1),
    fileName: ShortText,
    text: z.string().min(1).max(MAX_INLINE_DOCUMENT_CHARACTERS),
  }),
]);

/** Body of `…/draft/check` and `…/draft/publish`. */
export const MockApiRevisionRequest = z.object({ revision: z.int().min(1) });

/** Events `check` of `GET …/draft/events`: read the draft again when it differs from what is shown. */
export const MockApiCheckEvent = z.object({
  now: Instant,
  revision: z.int(),
  checkState: MockApiCheckState,
  errors: z.int(),
  warnings: z.int(),
});
export type MockApiCheckEvent = z.infer<typeof MockApiCheckEvent>;

export const Certainty = z.enum(["high", "medium", "low"]);
export type Certainty = z.infer<typeof Certainty>;

/** Why a part of the proposed bindings is as it is, and how sure that is. */
export const MockApiProposalReason = z.object({
  of: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("collection"), collection: z.string() }),
    z.object({ kind: z.literal("operation"), operationId: z.string() }),
  ]),
  certainty: Certainty,
  /** Whole sentences, most important first. */
  why: z.array(z.string()),
});
export type MockApiProposalReason = z.infer<typeof MockApiProposalReason>;

/** `POST …/draft/proposal`. Nothing is saved: the page shows it, and saves what the admin confirms. */
export const MockApiProposal = z.object({
  bindings: MockApiBindings,
  reasons: z.array(MockApiProposalReason),
  /** Operations answered from the document, and why no data was found for them. */
  unbound: z.array(z.object({ operationId: z.string(), why: z.string() })),
});
export type MockApiProposal = z.infer<typeof MockApiProposal>;
/** The draft's dataset when absent. */
export const MockApiProposalRequest = z.object({ datasetVersionId: Id.optional() });

export const PublishMockApiResponse = z.object({ version: MockApiVersionItem, mockApi: MockApiDetail });

/** `GET /api/admin/mock-api-versions/:versionId`. */
export const MockApiVersionView = z.object({
  id: Id,
  mockApiId: Id,
  mockApiTitle: z.string(),
  number: z.int(),
  sha256: Sha256,
  createdAt: Instant,
  createdBy: z.string().nullable(),
  document: z.object({ title: z.string(), version: z.string() }),
  operations: z.array(MockApiOperationSummary.extend({ answeredBy: MockApiAnswerKind })),
  dataset: MockApiDatasetSummary.nullable(),
  bindings: MockApiBindings,
  weather: Weather,
  /** Whether the file can be downloaded as it was uploaded. */
  hasSource: z.boolean(),
});
export type MockApiVersionView = z.infer<typeof MockApiVersionView>;

/** `POST …/scratch`: the draft as it stands, or a version. */
export const CreateMockApiScratchRequest = z.object({ versionId: Id.optional() });

/** A throw-away instance for trying an API out. */
export const MockApiScratch = z.object({
  id: Id,
  /** Where it is served, without a slash at the end. */
  address: z.string(),
  /** To be sent as the document's security schemes say; null when the API takes none. */
  apiKey: z.string().nullable(),
  createdAt: Instant,
  expiresAt: Instant,
});
export type MockApiScratch = z.infer<typeof MockApiScratch>;

/** One request that a program made; keys are redacted and bodies cut. */
export const MockApiRequestItem = z.object({
  id: z.int(),
  at: Instant,
  method: z.string(),
  /** Path and query. */
  target: z.string(),
  operationId: z.string().nullable(),
  /** Null where no answer was sent: a timeout or a dropped connection. */
  status: z.int().nullable(),
  durationMs: z.number(),
  /** Kind of the fault it met, as `weather.ts` names it. */
  fault: z.string().nullable(),
  request: JsonValue,
  response: JsonValue,
});
export type MockApiRequestItem = z.infer<typeof MockApiRequestItem>;

/** Newest first. `next` is the `before` of the following page; null on the last. */
export const MockApiRequestPage = z.object({
  items: z.array(MockApiRequestItem),
  next: z.int().nullable(),
});
export const MockApiRequestQuery = z.object({
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** Events `requests` of `GET …/scratch/:scratchId/requests/events`: the newest 50, newest first. */
export const MockApiRequestsEvent = z.object({ now: Instant, items: z.array(MockApiRequestItem) });
export type MockApiRequestsEvent = z.infer<typeof MockApiRequestsEvent>;
