import type { AttemptView, CandidateView } from "../../../services/shared/contracts/candidate.ts";
import { ROLE_TYPE_NAMES } from "../../../services/shared/contracts/common.ts";
import { PlatformError, type ProblemCode } from "../../../services/shared/contracts/problem.ts";
import type { Answer } from "./page-server.ts";

export const INVITATION_ID = "0198f2aa-1c00-7aaa-8aaa-000000000001";
const ATTEMPT_ID = "0198f2aa-1c00-7aaa-8aaa-000000000002";
const PRACTICE_ID = "0198f2aa-1c00-7aaa-8aaa-000000000003";
export const BASE = `/api/candidate/invitations/${INVITATION_ID}`;
const MINUTE = 60_000;

export const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE).toISOString();

export function problem(code: ProblemCode, detail?: string): Answer {
  const error = new PlatformError(code, detail);
  return { status: error.status, body: error.toProblem("req-7f3a9c21d4") };
}

export function attempt(changes: Partial<AttemptView> = {}, minutesIn = 42, limitMinutes = 120): AttemptView {
  return {
    id: ATTEMPT_ID,
    state: "running",
    sandboxState: "ready",
    startedAt: ago(minutesIn),
    deadlineAt: ago(minutesIn - limitMinutes),
    limitSec: limitMinutes * 60,
    credits: [],
    lastSavedAt: new Date(Date.now() - 9_000).toISOString(),
    endedAt: null,
    endReason: null,
    failure: null,
    submitRequestedAt: null,
    pausedAt: null,
    pauseReason: null,
    messages: [],
    ...changes,
  };
}

export const preparing = attempt({
  state: "provisioning",
  sandboxState: "starting",
  startedAt: null,
  deadlineAt: null,
  lastSavedAt: null,
});

export const practice = (changes: Partial<AttemptView> = {}) =>
  attempt({ id: PRACTICE_ID, limitSec: 1800, ...changes }, 4, 30);

export function candidateView(changes: Partial<CandidateView> = {}): CandidateView {
  return {
    now: new Date().toISOString(),
    invitationId: INVITATION_ID,
    candidateName: "Maya Lindqvist",
    expiresAt: ago(-9 * 24 * 60),
    consentedAt: null,
    attempt: null,
    practice: null,
    requests: [],
    lobby: LOBBY,
    ...changes,
  };
}

export const LOBBY: CandidateView["lobby"] = {
  company: {
    name: "Harbourly",
    about:
      "Harbourly is a consumer bank with 2.1 million customers and 140 people in support. The team you would join builds the tools that those 140 people use all day.",
  },
  role: { title: "Applied AI engineer", type: 1, typeName: ROLE_TYPE_NAMES[1] },
  title: "Support triage, in two hours",
  expectations: `You get a realistic but fictional problem, data that looks like ours, and an API to build against. You decide what is worth building in the time.

- **One task**, with room to choose. There is no hidden right answer.
- **Your own workspace** in the browser: VS Code, a terminal, Python 3.13 and Node 24. Nothing to install.
- We look at whether it works, how you handle what goes wrong, and how you explain your decisions.
- A small thing that works and that you can defend beats a large one that almost does.`,
  disclosures: [
    "Your files are saved every 30 seconds while you work; reviewers can see how they grew.",
    "Calls to the mock API are counted. What you type in the terminal is not recorded.",
    "No camera, no microphone, no screen recording, and no tracking of other tabs.",
    "Reviewers do not see your name or e-mail. Your work is deleted after 180 days.",
  ],
  aiPolicy: {
    kind: "disclose",
    statement:
      "You may use any AI assistant you like outside the workspace. Say in your notes where you used one and for what. You should be able to explain every line you submit.",
  },
  limitSec: 7200,
  extraTimeIncluded: false,
  practiceLimitSec: 1800,
  offers: { models: [], packages: [] },
  consentVersion: "2026-02",
};

export const TASK = {
  brief: `# Make the next ticket easier

Harbourly's support team answers about 900 tickets a day. Agents open each one, read it, guess a queue, and look for a past answer by hand. You have two hours to **make that first minute better**.

## What you have

- \`/datasets/support-tickets\`: 12,000 past tickets with messages, queues and customer ratings.
- \`http://helpdesk.internal\`: the helpdesk's API. Read the reference in the **API** tab.

## What we ask for

1. Something an agent could use for a new ticket: a small service, a command, or a page.
2. Evidence that it helps, with numbers you trust. Say how you measured.
3. Sensible behaviour when the API is slow, rate limited or wrong.

| In scope | Out of scope |
| --- | --- |
| Triage, suggested replies, finding similar tickets | Training a large model, user accounts, styling |

> Tickets can hold personal data. Treat it as you would the real thing.

\`\`\`sh
curl -s http://helpdesk.internal/v1/tickets?limit=5 | jq
\`\`\`
`,
  datasets: [
    { mountName: "support-tickets", mountPath: "/datasets/support-tickets", title: "Support tickets" },
  ],
  mockApis: [{ hostname: "helpdesk.internal", baseUrl: "http://helpdesk.internal", title: "Helpdesk API" }],
  notesToReviewer: "",
};

export const DATASET = {
  mountName: "support-tickets",
  mountPath: "/datasets/support-tickets",
  title: "Support tickets",
  description: "Two years of fictional support conversations of a consumer bank.",
  card: "## How it was made\n\nGenerated from templates; no real customer is in it. About 3 % of the tickets are **mislabelled on purpose**, as in any real queue.\n\n## Known limits\n\n- English only.\n- Ratings are missing for half of the tickets.",
  files: [
    { path: "csv/tickets.csv", bytes: 4_812_233 },
    { path: "csv/messages.csv", bytes: 18_200_114 },
    { path: "parquet/tickets.parquet", bytes: 1_204_518 },
    { path: "README.md", bytes: 5_120 },
  ],
  tables: [
    {
      name: "tickets",
      rows: 12_000,
      columns: [
        { name: "ticket_id", type: "text", description: "Identifier, for example HB-10423." },
        { name: "created_at", type: "timestamp", description: "When the customer wrote, in UTC." },
        {
          name: "queue",
          type: "text",
          description: "Where it ended up: cards, transfers, login, fees, fraud.",
        },
        { name: "subject", type: "text", description: "First line of the customer's message." },
        { name: "rating", type: "integer", description: "1 to 5, empty when the customer gave none." },
      ],
      preview: [
        [
          "HB-10423",
          "2025-03-01 08:14:09",
          "cards",
          "Card declined at the supermarket although there is money on it",
          "2",
        ],
        ["HB-10424", "2025-03-01 08:15:40", "login", "Code never arrives", null],
        ["HB-10425", "2025-03-01 08:17:02", "transfers", "Sent to wrong IBAN, please stop!!", "5"],
      ],
    },
  ],
};

export const MOCK_API = {
  hostname: "helpdesk.internal",
  baseUrl: "http://helpdesk.internal",
  apiKey: "hd_live_6f1c9a20b7",
  document: {
    openapi: "3.1.0",
    info: {
      title: "Harbourly Helpdesk API",
      version: "1.4.0",
      description:
        "Reads and updates tickets. Limited to **60 requests a minute**; a 429 says in `Retry-After` how long to wait.",
    },
    security: [{ key: [] }],
    tags: [
      { name: "Tickets", description: "What customers wrote, and where it is handled." },
      { name: "Suggestions", description: "What agents see beside a ticket." },
    ],
    paths: {
      "/v1/tickets": {
        get: {
          tags: ["Tickets"],
          summary: "List tickets",
          description: "Newest first. Pages by cursor: send `cursor` back until it is null.",
          parameters: [
            {
              name: "queue",
              in: "query",
              description: "Only this queue.",
              schema: { enum: ["cards", "transfers", "login", "fees", "fraud"] },
            },
            {
              name: "limit",
              in: "query",
              description: "1 to 100.",
              schema: { type: "integer", default: 20 },
            },
            { name: "cursor", in: "query", schema: { type: "string" } },
          ],
          responses: {
            200: {
              description: "A page of tickets",
              content: { "application/json": { schema: { $ref: "#/components/schemas/TicketPage" } } },
            },
            429: {
              description: "Too many requests",
              content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
            },
          },
        },
      },
      "/v1/tickets/{ticketId}": {
        get: {
          tags: ["Tickets"],
          summary: "Read one ticket with its messages",
          parameters: [
            { name: "ticketId", in: "path", required: true, schema: { type: "string", example: "HB-10423" } },
          ],
          responses: {
            200: {
              description: "The ticket",
              content: { "application/json": { schema: { $ref: "#/components/schemas/Ticket" } } },
            },
          },
        },
        patch: {
          tags: ["Tickets"],
          summary: "Move a ticket to another queue",
          parameters: [
            { name: "ticketId", in: "path", required: true, schema: { type: "string", example: "HB-10423" } },
          ],
          requestBody: {
            content: {
              "application/json": {
                schema: {
                  type: "object",
                  required: ["queue"],
                  properties: { queue: { enum: ["cards", "login"] } },
                },
              },
            },
          },
          responses: { 200: { description: "The ticket as it is now" } },
        },
      },
      "/v1/tickets/{ticketId}/suggestions": {
        post: {
          tags: ["Suggestions"],
          summary: "Put a suggested reply beside a ticket",
          parameters: [
            { name: "ticketId", in: "path", required: true, schema: { type: "string", example: "HB-10423" } },
          ],
          requestBody: {
            content: { "application/json": { schema: { $ref: "#/components/schemas/Suggestion" } } },
          },
          responses: { 201: { description: "Stored" } },
        },
      },
    },
    components: {
      securitySchemes: { key: { type: "apiKey", in: "header", name: "X-Helpdesk-Key" } },
      schemas: {
        TicketPage: {
          type: "object",
          required: ["items", "cursor"],
          properties: {
            items: { type: "array", items: { $ref: "#/components/schemas/Ticket" } },
            cursor: { type: ["string", "null"], description: "For the next page; null on the last." },
          },
        },
        Ticket: {
          type: "object",
          required: ["id", "subject", "queue"],
          properties: {
            id: { type: "string", example: "HB-10423" },
            subject: { type: "string", description: "First line of the message.", example: "Card declined" },
            queue: { enum: ["cards", "transfers", "login", "fees", "fraud"] },
            createdAt: { type: "string", format: "date-time" },
          },
        },
        Suggestion: {
          type: "object",
          required: ["text"],
          properties: { text: { type: "string" }, confidence: { type: "number", description: "0 to 1." } },
        },
        Error: { type: "object", properties: { code: { type: "string", example: "rate_limited" } } },
      },
    },
  },
};

const DIGEST = "9f2c1b7a40de83c5561f0e2a7b94d8c3e6a1f05b2d7c8e9431a60b5f7d2e8c14";

export function receiptView(reason: "candidate" | "deadline", withOmissions = true) {
  const files = Array.from({ length: 14 }, (_, index) => ({
    path: FILES[index] ?? `tests/case_${index}.py`,
    size: 412 + index * 1733,
    sha256: `${index.toString(16)}${DIGEST.slice(1)}`,
  }));
  return {
    receipt: {
      statement: {
        format: "worksample-receipt-1",
        submissionId: "0198f2ab-7d10-7bbb-8bbb-00000000000a",
        attemptId: ATTEMPT_ID,
        assessment: LOBBY.title,
        startedAt: ago(120),
        frozenAt: ago(1),
        sealedAt: ago(0.9),
        reason,
        fileCount: 14,
        totalBytes: 163_455,
        omittedCount: withOmissions ? 2 : 0,
        archiveSha256: DIGEST,
        archiveBytes: 48_310,
      },
      keyId: "ws-2026-01-4be1",
      publicKey: "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=",
      signature: "q6Dk3v0n3oJ8m5aGk9m1b8s0J6Yx2b1m1kQbWw2b7u0q2b4Zb0Xb7Zy0m3m8s9m1aGk9m1b8s0J6Yx2b1m1kQ==",
    },
    archiveSha256: DIGEST,
    files,
    filesTruncated: false,
    omitted: withOmissions
      ? [
          { path: ".venv/run/agent.sock", reason: "socket" },
          { path: "data/huge.bin", reason: "larger_than_workspace" },
        ]
      : [],
    downloadUrl: `${BASE}/archive`,
  };
}

const FILES = [
  "README.md",
  "requirements.txt",
  "src/app.py",
  "src/triage.py",
  "src/similar.py",
  "src/helpdesk.py",
  "evaluation/report.md",
  "evaluation/run.py",
  "tests/test_triage.py",
  "tests/test_helpdesk.py",
];
