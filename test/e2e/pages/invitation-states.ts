import type { Page } from "playwright-core";
import { invitationId } from "../../support/pages/board-fixtures.ts";
import { ago, attempt, problem } from "../../support/pages/candidate-fixtures.ts";
import {
  ANSWERED,
  ANSWERED_REQUESTS,
  ASKED_DATE,
  BULK_REPORT,
  BULK_RESULT,
  busyBoard,
  details,
  FINE_REPORT,
  NO_EMAIL,
  OPEN_REQUESTS,
} from "../../support/pages/invitation-fixtures.ts";
import type { Answers } from "../../support/pages/page-server.ts";
import { admin, openAction } from "./admin-states.ts";
import { candidatePath, invitation, type PageState } from "./candidate-states.ts";

const CHECK = "POST /api/admin/invitations/bulk/check";
const CREATE = "POST /api/admin/invitations/bulk";
const bulk =
  (more: Answers = {}) =>
  () =>
    admin({ [CHECK]: { body: BULK_REPORT }, ...more });

async function check(page: Page): Promise<void> {
  await page.getByTestId("bulk-text").fill("Name;E-Mail\nMaya Lindqvist;maya@example.com");
  await page.getByTestId("bulk-version").getByRole("button").click();
  await page.getByRole("option").first().click();
  await page.getByTestId("bulk-check").click();
}
const BULK: Omit<PageState, "name" | "answers" | "shows"> = { path: "/admin/invitations/bulk" };

const BULK_STATES: PageState[] = [
  { ...BULK, name: "bulk", answers: bulk(), shows: "bulk-form" },
  {
    ...BULK,
    name: "bulk-incomplete",
    answers: bulk(),
    act: (page) => page.getByTestId("bulk-check").click(),
    shows: "bulk-form",
  },
  {
    ...BULK,
    name: "bulk-unreadable",
    answers: bulk({
      [CHECK]: problem(
        "bulk_unreadable",
        "No column is called “email”. The first line has: “Name”, “Phone”.",
      ),
    }),
    act: check,
    shows: "error-state",
  },
  { ...BULK, name: "bulk-report", answers: bulk(), act: check, shows: "bulk-report" },
  {
    ...BULK,
    name: "bulk-report-fine-no-mail",
    answers: bulk({ [CHECK]: { body: FINE_REPORT }, "GET /api/admin/email": { body: NO_EMAIL } }),
    act: check,
    shows: "bulk-no-mail",
  },
  {
    ...BULK,
    name: "bulk-done",
    answers: bulk({ [CREATE]: { status: 201, body: BULK_RESULT } }),
    act: async (page) => {
      await check(page);
      await page.getByTestId("bulk-create").click();
    },
    shows: "bulk-result",
  },
];

const requests = (items = OPEN_REQUESTS, more: Answers = {}) =>
  admin({
    "GET /api/admin/requests": (_body, query) => ({
      body: {
        items: query.get("state") === "answered" ? ANSWERED_REQUESTS : items,
        openCount: items.length,
      },
    }),
    ...more,
  });
const REQUESTS = { path: "/admin/invitations/requests" };
const answer = (index: number) => (page: Page) =>
  page.getByTestId(`answer-${OPEN_REQUESTS[index]!.id}`).click();

const REQUEST_STATES: PageState[] = [
  { ...REQUESTS, name: "requests", answers: () => requests(), shows: "requests-list" },
  { ...REQUESTS, name: "requests-empty", answers: () => requests([]), shows: "requests-empty" },
  {
    ...REQUESTS,
    name: "requests-failed",
    answers: () => requests([], { "GET /api/admin/requests": problem("missing_scope") }),
    shows: "error-state",
  },
  { ...REQUESTS, name: "answer-time", answers: () => requests(), act: answer(0), shows: "answer-factor" },
  { ...REQUESTS, name: "answer-date", answers: () => requests(), act: answer(1), shows: "answer-expires" },
  {
    ...REQUESTS,
    name: "answer-decline-only",
    answers: () => requests(),
    act: async (page) => {
      await answer(2)(page);
      await page.getByTestId("answer-confirm").click();
    },
    shows: "answer-dialog",
  },
];

const busy = (more: Answers = {}) =>
  admin({
    "GET /api/admin/board": () => ({ body: busyBoard() }),
    "GET /api/admin/board/events": { event: "board", events: busyBoard },
    [`GET /api/admin/invitations/${invitationId(1)}`]: () => ({ body: details() }),
    ...more,
  });
const open = (number: number, action: string) => (page: Page) => openAction(page, number, action);

const BOARD_STATES: PageState[] = [
  { name: "board-busy", path: "/admin", answers: () => busy(), shows: "to-requests" },
  {
    name: "board-menu-running",
    path: "/admin",
    answers: () => busy(),
    act: open(2, ""),
    shows: "menu-pause",
  },
  { name: "details", path: "/admin", answers: () => busy(), act: open(1, "details"), shows: "details" },
  {
    name: "details-edit",
    path: "/admin",
    answers: () => busy(),
    act: async (page) => {
      await openAction(page, 1, "details");
      await page.getByTestId("details-edit").click();
    },
    shows: "edit-invitation-dialog",
  },
  {
    name: "details-reinvite",
    path: "/admin",
    answers: () => busy(),
    act: async (page) => {
      await openAction(page, 1, "details");
      await page.getByTestId("details-reinvite").click();
    },
    shows: "reinvite-dialog",
  },
  {
    name: "pause-incomplete",
    path: "/admin",
    answers: () => busy(),
    act: async (page) => {
      await openAction(page, 2, "pause");
      await page.getByTestId("pause-dialog-confirm").click();
    },
    shows: "pause-dialog",
  },
  { name: "resume", path: "/admin", answers: () => busy(), act: open(1, "resume"), shows: "resume-dialog" },
  { name: "end", path: "/admin", answers: () => busy(), act: open(2, "end"), shows: "end-dialog" },
];

const MAIL = { path: "/admin/settings/mail" };
const PREVIEW = "POST /api/admin/email/templates/invitation/preview";
const preview = {
  subject: "Your work sample for Applied AI engineer at Your company",
  text: "Hello Maya Lindqvist,\n\nThis is your personal link:\n(the personal link)",
  html: "",
};
const MAIL_STATES: PageState[] = [
  { ...MAIL, name: "mail", answers: () => admin(), shows: "mail-from" },
  {
    ...MAIL,
    name: "mail-not-configured",
    answers: () => admin({ "GET /api/admin/email": { body: NO_EMAIL } }),
    shows: "mail-not-configured",
  },
  {
    ...MAIL,
    name: "mail-failed",
    answers: () => admin({ "GET /api/admin/email": problem("missing_scope") }),
    shows: "error-state",
  },
  {
    ...MAIL,
    name: "mail-preview",
    answers: () => admin({ [PREVIEW]: { body: preview } }),
    act: (page) => page.getByTestId("template-preview").click(),
    shows: "template-shown",
  },
];

const paused = { pausedAt: ago(3), pauseReason: "Our mock API did not answer." };
const message = {
  id: "9f1c1f0a-2f6e-4d0d-9a57-0b8f6f6f2a01",
  text: "We see that your editor is slow and are looking into it. Please keep working.",
  sentAt: ago(2),
  readAt: null,
};
const working = (changes: Parameters<typeof attempt>[0]) =>
  invitation(() => ({ consentedAt: ago(60), attempt: attempt(changes) }));

const CANDIDATE_STATES: PageState[] = [
  {
    name: "lobby-asked",
    path: candidatePath,
    answers: invitation(() => ({ requests: [ASKED_DATE, ...ANSWERED] })),
    shows: "request-open",
  },
  {
    name: "lobby-ask-date",
    path: candidatePath,
    answers: invitation(() => ({})),
    act: (page) => page.getByTestId("ask-new_date").click(),
    shows: "ask-dialog",
  },
  {
    name: "lobby-ask-refused",
    path: candidatePath,
    answers: invitation(() => ({}), {
      [`POST /api${candidatePath.replace("/candidate/", "/candidate/invitations/")}/requests`]:
        problem("request_already_open"),
    }),
    act: async (page) => {
      await page.getByTestId("ask-extra_time").click();
      await page.getByTestId("ask-confirm").click();
      await page.getByTestId("ask-message").fill("I am dyslexic.");
      await page.getByTestId("ask-confirm").click();
    },
    shows: "error-state",
  },
  {
    name: "workspace-paused",
    path: candidatePath,
    answers: working(paused),
    shows: "paused",
    wideOnly: true,
  },
  {
    name: "workspace-message",
    path: candidatePath,
    answers: working({ messages: [message] }),
    shows: "message",
  },
];

export const INVITATION_STATES: PageState[] = [
  ...BULK_STATES,
  ...REQUEST_STATES,
  ...BOARD_STATES,
  ...MAIL_STATES,
  ...CANDIDATE_STATES,
];
