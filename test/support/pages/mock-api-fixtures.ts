import { loadHelpdeskApi } from "../../../datasets/support-tickets/api/load-helpdesk-api.ts";
import type { MockApiBindings } from "../../../services/shared/contracts/mock-api.ts";
import type {
  MockApiDatasetSummary,
  MockApiDetail,
  MockApiDraftView,
  MockApiIssue,
  MockApiListItem,
  MockApiReport,
} from "../../../services/shared/contracts/mock-api-studio.ts";
import type { Weather } from "../../../services/shared/contracts/weather.ts";
import { proposeBindings } from "../../../services/shared/mock-api/propose-bindings.ts";
import { summariseOperations } from "../../../services/shared/openapi/summarise.ts";
import { ago } from "./candidate-fixtures.ts";

export const MOCK_API_ID = "a9000000-0000-4000-8000-000000000001";
export const DATASET_VERSION_ID = "d0000000-0000-4000-8000-0000000000b3";
export const versionId = (number: number) =>
  `a9000000-0000-4000-8000-0000000000b${number}` as `${string}-${string}`;

const helpdesk = loadHelpdeskApi();
export const HELPDESK = helpdesk.document;
const operations = summariseOperations(helpdesk.document as never);

const item = (over: Partial<MockApiListItem>): MockApiListItem => ({
  id: MOCK_API_ID,
  slug: "helpdesk",
  title: "Harbourly Helpdesk API",
  createdAt: ago(4000),
  archivedAt: null,
  latestVersion: { id: versionId(2), number: 2, createdAt: ago(900) },
  draft: { checkState: "passed", sourceName: "helpdesk.openapi.yaml", updatedAt: ago(12) },
  ...over,
});
const other = (number: number, over: Partial<MockApiListItem>) =>
  item({ id: MOCK_API_ID.replace(/1$/, String(number)), ...over });

export const MOCK_APIS: MockApiListItem[] = [
  item({}),
  other(2, {
    title: "Payments",
    latestVersion: null,
    draft: { checkState: "failed", sourceName: "payments.json", updatedAt: ago(3) },
  }),
  other(3, {
    title:
      "Warehouse and fulfilment for all regions, including returns, carriers-and-their-tariffs and the stock of partners",
    draft: { checkState: "waiting", sourceName: "warehouse.zip", updatedAt: ago(1) },
  }),
  other(4, { title: "Calendar", draft: null }),
  other(5, { title: "Old CRM", archivedAt: ago(60), draft: null }),
];

const version = (number: number, usedBy: number): MockApiDetail["versions"][number] => ({
  id: versionId(number),
  number,
  sha256: String(number).repeat(3).padEnd(64, "7c1e0a94bd"),
  createdAt: ago(900 * (3 - number)),
  createdBy: "Dana Whitfield",
  usedBy,
});

export const mockApiDetail = (over: Partial<MockApiDetail> = {}): MockApiDetail => ({
  ...item({}),
  versions: [version(2, 1), version(1, 4)],
  ...over,
});

/** As if the dataset had a column for each property of the demo's bindings. */
const TABLES = Object.values(helpdesk.bindings.collections).map(({ table, properties }) => ({
  name: table,
  rows: 48_213,
  columns: Object.keys(properties).map((name) => ({ name, type: "text", description: "" })),
  preview: [],
}));

export const DATASET: MockApiDatasetSummary = {
  datasetVersionId: DATASET_VERSION_ID,
  datasetTitle: "Support tickets 2025",
  number: 3,
  tables: TABLES.map(({ name, rows, columns }) => ({
    name,
    rows,
    columns: columns.map((column) => ({ name: column.name, type: column.type })),
  })),
};

export const PROPOSAL = proposeBindings(helpdesk.document as never, TABLES);

export const WEATHER: Weather = {
  rules: [
    {
      name: "",
      operations: "*",
      fault: { kind: "latency", delay: { shape: "lognormal", p50Ms: 60, p99Ms: 800 }, atMostMs: 5000 },
      rate: { kind: "probability", probability: 1 },
      schedule: {},
    },
    {
      name: "Deploys",
      operations: ["listTickets", "getTicket", "updateTicket", "createTicket"],
      fault: { kind: "server_error", status: 503, retryAfterSec: 2, writes: "lost" },
      rate: { kind: "probability", probability: 0.5 },
      schedule: { fromSec: 900, burst: { everySec: 600, forSec: 20 } },
      atMost: 40,
    },
  ],
  atMostInARow: 2,
};

const issue = (over: Partial<MockApiIssue>): MockApiIssue => ({
  severity: "error",
  rule: "specification",
  message: "",
  pointer: "",
  line: 1,
  column: 1,
  file: null,
  ...over,
});

const WARNINGS = [
  issue({
    severity: "warning",
    rule: "pattern",
    message: "This pattern is not checked, since RE2 cannot run it: invalid perl operator (?=.",
    pointer: "/components/schemas/Customer/properties/phone/pattern",
    line: 1204,
    column: 17,
  }),
];

const ERRORS = [
  ...[214, 260, 371, 402, 433, 466, 518].map((line, index) =>
    issue({
      rule: "unresolved-reference",
      message: `There is nothing at "#/components/schemas/${["Ticket", "TicketPage", "Message"][index % 3]}".`,
      pointer: `/paths/~1tickets/get/responses/200/content/application~1json/schema/${index}`,
      line,
      column: 15,
    }),
  ),
  issue({
    rule: "specification",
    message: 'A parameter needs "in" to be one of query, header, path, cookie; this says "uri".',
    pointer: "/paths/~1tickets~1{ticket_id}/get/parameters/0/in",
    line: 241,
    column: 15,
  }),
  issue({
    rule: "duplicate-operation-id",
    message: 'The operationId "listTickets" is that of another operation, too.',
    pointer: "/paths/~1customers~1{customer_id}~1tickets/get/operationId",
    line: 552,
    column: 20,
  }),
];

export const report = (over: Partial<MockApiReport> = {}): MockApiReport => ({
  checkedAt: ago(12),
  openapi: "3.1.1",
  title: "Harbourly Helpdesk API",
  version: "1.4.0",
  bytes: 44_310,
  durationMs: 212,
  peakMemoryBytes: 118_000_000,
  errors: 0,
  warnings: WARNINGS.length,
  issues: WARNINGS,
  operations,
  ...over,
});

export const FAILED_REPORT = report({
  errors: ERRORS.length,
  warnings: 1,
  issues: [...ERRORS, ...WARNINGS],
  operations: [],
});

/** The draft as it is after the proposal was accepted, unless said otherwise. */
export function draftView(over: Partial<MockApiDraftView> = {}): MockApiDraftView {
  const bindings: MockApiBindings | null = over.bindings === undefined ? PROPOSAL.bindings : over.bindings;
  return {
    mockApiId: MOCK_API_ID,
    revision: 7,
    source: { name: "helpdesk.openapi.yaml", bytes: 44_310 },
    document: { title: "Harbourly Helpdesk API", version: "1.4.0" },
    operations: operations.map((operation) => ({
      ...operation,
      answeredBy: bindings?.operations[operation.operationId]?.kind ?? "document",
    })),
    checkState: "passed",
    report: report(),
    dataset: DATASET,
    bindings,
    weather: WEATHER,
    updatedAt: ago(12),
    updatedBy: "Dana Whitfield",
    ...over,
  };
}

export const EMPTY_DRAFT = draftView({
  revision: 1,
  source: null,
  document: null,
  operations: [],
  checkState: "none",
  report: null,
  dataset: null,
  bindings: null,
  weather: { rules: [], atMostInARow: 3 },
});
