import type { BoardItem, BoardView } from "../../../services/shared/contracts/admin.ts";
import type { CandidateView } from "../../../services/shared/contracts/candidate.ts";
import type {
  AdminRequestItem,
  BulkReport,
  BulkResult,
  BulkRow,
  EmailSettings,
  InvitationDetails,
} from "../../../services/shared/contracts/invitation-studio.ts";
import { DEFAULT_TEMPLATES } from "../../../services/shared/domain/email-template.ts";
import { board, invitationId } from "./board-fixtures.ts";

const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const DAY = 1440;

export const EMAIL: EmailSettings = {
  isConfigured: true,
  from: "Harbourly hiring <hiring@harbourly.example>",
  templates: [
    {
      name: "invitation",
      ...DEFAULT_TEMPLATES.invitation,
      revision: 2,
      isDefault: false,
      updatedAt: "2026-02-01T08:00:00.000Z",
    },
    { name: "answer", ...DEFAULT_TEMPLATES.answer, revision: 0, isDefault: true, updatedAt: null },
  ],
};
export const NO_EMAIL: EmailSettings = { ...EMAIL, isConfigured: false, from: null };

const row = (line: number, name: string, email: string, changes: Partial<BulkRow> = {}): BulkRow => ({
  line,
  name,
  email,
  validFrom: at(0),
  expiresAt: at(14 * DAY),
  extraTimeFactor: 1,
  problems: [],
  ...changes,
});

export const BULK_REPORT: BulkReport = {
  dialect: {
    encoding: "windows-1252",
    delimiter: ";",
    hasHeader: true,
    columns: [
      { header: "Name", field: "name" },
      { header: "E-Mail", field: "email" },
      { header: "Telefon", field: null },
    ],
  },
  rows: [
    row(2, "Maya Lindqvist", "maya.lindqvist@example.com"),
    row(3, "Jonas Weber", "jonas.weber@example.com", { extraTimeFactor: 1.25 }),
    row(4, "Wei Zhang", "wei.zhang@example.com", {
      problems: [
        {
          field: "email",
          code: "already_invited",
          message: "has an unused invitation of 3 March 2026; revoke it, or invite anew from there",
        },
      ],
    }),
    row(5, "", "amara@", {
      expiresAt: null,
      problems: [
        { field: "name", code: "missing", message: "is missing" },
        { field: "email", code: "invalid", message: "is not of the form name@example.com" },
        {
          field: "expiresAt",
          code: "invalid",
          message: "is not a date such as 2026-03-31, 2026-03-31 17:00 or 31.03.2026",
        },
      ],
    }),
    row(6, "Maya Lindqvist", "Maya.Lindqvist@example.com", {
      problems: [{ field: "email", code: "repeated_in_file", message: "is in line 2 already" }],
    }),
  ],
  readyCount: 2,
  problemCount: 3,
};
export const FINE_REPORT: BulkReport = {
  ...BULK_REPORT,
  rows: Array.from({ length: 240 }, (_, index) =>
    row(index + 2, `Candidate ${index + 1}`, `candidate${index + 1}@example.com`),
  ),
  readyCount: 240,
  problemCount: 0,
};
export const BULK_RESULT: BulkResult = {
  batchId: "5f1c1f0a-2f6e-4d0d-9a57-0b8f6f6f2a09",
  created: [
    {
      line: 2,
      invitationId: invitationId(21),
      name: "Maya Lindqvist",
      email: "maya.lindqvist@example.com",
      link: "https://assess.harbourly.example/invite/abc",
    },
    {
      line: 3,
      invitationId: invitationId(22),
      name: "Jonas Weber",
      email: "jonas.weber@example.com",
      link: "https://assess.harbourly.example/invite/def",
    },
  ],
  leftOut: BULK_REPORT.rows.slice(2).map(({ line, email, problems }) => ({ line, email, problems })),
  isRepeat: false,
};

type Request = CandidateView["requests"][number];
export const ASKED_DATE: Request = {
  id: "7f1c1f0a-2f6e-4d0d-9a57-0b8f6f6f2a01",
  kind: "new_date",
  message: "I have exams until the 20th. Any day of the week after would suit me.",
  wantedDate: "2026-12-21",
  state: "open",
  answer: "",
  createdAt: "2026-11-20T10:12:00.000Z",
  answeredAt: null,
};
export const GRANTED_TIME: Request = {
  id: "7f1c1f0a-2f6e-4d0d-9a57-0b8f6f6f2a02",
  kind: "extra_time",
  message: "I am dyslexic and usually get half as much time again.",
  wantedDate: null,
  state: "granted",
  answer: "Of course. You have three hours; nobody who reviews your work learns of it.",
  createdAt: "2026-11-18T09:00:00.000Z",
  answeredAt: "2026-11-18T14:30:00.000Z",
};
const DECLINED_DATE: Request = {
  ...ASKED_DATE,
  id: "7f1c1f0a-2f6e-4d0d-9a57-0b8f6f6f2a03",
  state: "declined",
  answer: "We decide before that day. Could you manage one of the evenings this week?",
  answeredAt: "2026-11-21T08:00:00.000Z",
};
export const ANSWERED = [GRANTED_TIME, DECLINED_DATE];

const asAdmin = (request: Request, number: number, name: string): AdminRequestItem => ({
  ...request,
  invitationId: invitationId(number),
  candidateName: name,
  candidateEmail: `${name.split(" ")[0]!.toLowerCase()}@example.com`,
  assessmentTitle: "Support triage assistant",
  validFrom: at(-3 * DAY),
  expiresAt: at(4 * DAY),
  extraTimeFactor: 1,
  canGrant: true,
  answeredBy: request.answer ? "Tove Lindqvist" : null,
});
export const OPEN_REQUESTS: AdminRequestItem[] = [
  asAdmin({ ...GRANTED_TIME, state: "open", answer: "", answeredAt: null }, 6, "Wei Zhang"),
  asAdmin(ASKED_DATE, 7, "Amara Okafor-Christiansen"),
  {
    ...asAdmin(
      { ...ASKED_DATE, id: "7f1c1f0a-2f6e-4d0d-9a57-0b8f6f6f2a04", message: "x".repeat(300) },
      8,
      "Lars Nygaard",
    ),
    canGrant: false,
  },
];
export const ANSWERED_REQUESTS = ANSWERED.map((request, index) => asAdmin(request, 6 + index, "Wei Zhang"));

/** The board with somebody who waits for an answer, a mail that failed, and a pause. */
export function busyBoard(): BoardView {
  const view = board(new Date());
  const change = (number: number, changes: Partial<BoardItem>) => {
    const index = view.items.findIndex((item) => item.invitationId === invitationId(number));
    view.items[index] = { ...view.items[index]!, ...changes };
  };
  const first = view.items[0]!.attempt!;
  change(1, {
    attempt: {
      ...first,
      pausedAt: at(-7),
      pauseReason: "Our mock API did not answer.",
      faultCount: 12,
      unreadMessages: 1,
    },
  });
  const second = view.items[1]!.attempt!;
  change(2, { attempt: { ...second, faultCount: 1 } });
  change(6, { openRequests: 1, email: { state: "sent", at: at(-300) } });
  change(7, { email: { state: "failed", at: at(-200) } });
  return { ...view, openRequests: 3, pageCount: 4 };
}

export function details(changes: Partial<InvitationDetails> = {}): InvitationDetails {
  const item = busyBoard().items[0]!;
  return {
    item,
    createdAt: at(-5 * DAY),
    createdBy: "Tove Lindqvist",
    revokedAt: null,
    revokeReason: null,
    consentedAt: at(-60),
    reinvitedFrom: invitationId(40),
    reinvitedAs: null,
    canEdit: true,
    canReinvite: true,
    emails: [
      {
        id: "8f1c1f0a-2f6e-4d0d-9a57-0b8f6f6f2a01",
        template: "invitation",
        recipient: "maya.lindqvist@example.com",
        state: "failed",
        attempts: 7,
        failure: "550 5.1.1 <maya.lindqvist@example.com>: Recipient address rejected: User unknown",
        nextTryAt: null,
        createdAt: at(-5 * DAY),
        sentAt: null,
      },
      {
        id: "8f1c1f0a-2f6e-4d0d-9a57-0b8f6f6f2a02",
        template: "invitation",
        recipient: "maya.lindqvist@example.com",
        state: "sent",
        attempts: 1,
        failure: null,
        nextTryAt: null,
        createdAt: at(-4 * DAY),
        sentAt: at(-4 * DAY),
      },
    ],
    requests: [GRANTED_TIME],
    messages: [
      {
        id: "9f1c1f0a-2f6e-4d0d-9a57-0b8f6f6f2a01",
        text: "We see that your editor is slow and are looking into it.",
        sentAt: at(-9),
        sentBy: "Tove Lindqvist",
        readAt: null,
      },
    ],
    credits: [{ seconds: 600, reason: "We had to restart your workspace", at: at(-20) }],
    faults: [
      { hostname: "helpdesk.internal", fault: "status 429", count: 9 },
      { hostname: "helpdesk.internal", fault: "timeout", count: 3 },
    ],
    ...changes,
  };
}
