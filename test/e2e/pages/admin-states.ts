import type { Page } from "playwright-core";
import type { BoardView } from "../../../services/shared/contracts/admin.ts";
import { board, invitationId, STAFF, VERSIONS } from "../../support/pages/board-fixtures.ts";
import { problem } from "../../support/pages/candidate-fixtures.ts";
import { EMAIL } from "../../support/pages/invitation-fixtures.ts";
import type { Answer, Answers } from "../../support/pages/page-server.ts";
import { ADMIN } from "../../support/pages/review-fixtures.ts";
import type { PageState } from "./candidate-states.ts";

const now = () => new Date();

/** An admin's session and a board that lives. */
export function admin(more: Answers = {}): Answers {
  return {
    "GET /api/staff/me": { body: ADMIN },
    "GET /api/admin/board": () => ({ body: board(now()) }),
    "GET /api/admin/board/events": { event: "board", events: () => board(now()) },
    "GET /api/admin/assessment-versions": { body: { items: VERSIONS } },
    "GET /api/admin/staff": { body: { items: STAFF } },
    "GET /api/admin/email": { body: EMAIL },
    ...more,
  };
}

export async function openAction(page: Page, number: number, action: string): Promise<void> {
  const [actions] = await page
    .getByTestId(`actions-${invitationId(number)}`)
    .filter({ visible: true })
    .all();
  if (!actions) {
    await page
      .getByTestId(`actions-${invitationId(number)}`)
      .filter({ visible: true })
      .first()
      .waitFor();
    return openAction(page, number, action);
  }
  await actions.click();
  if (action !== "") await page.getByTestId(`menu-${action}`).click();
}

export async function fillInvite(page: Page): Promise<void> {
  await page.getByTestId("invite").click();
  await page.getByTestId("invite-name").fill("Hanna Virtanen");
  await page.getByTestId("invite-email").fill("hanna.virtanen@example.com");
  await page.getByTestId("invite-version").getByRole("button").click();
  await page.getByRole("option").first().click();
}

const invited: Answer = {
  status: 201,
  body: {
    invitationId: invitationId(77),
    link: "https://assess.harbourly.example/invite/wsi_Zk4Qm81vYtR0pLs7HdWxNc2BfGa",
    expiresAt: "2026-04-04T15:00:00.000Z",
  },
};
const closedStream: Answers = { "GET /api/admin/board/events": problem("unavailable") };

const BOARD_STATES: PageState[] = [
  { name: "board", path: "/admin", answers: () => admin(), shows: "board-search" },
  {
    name: "board-loading",
    path: "/admin",
    answers: () =>
      admin({ "GET /api/admin/board": { hang: true }, "GET /api/admin/board/events": { hang: true } }),
    shows: "board-loading",
  },
  { name: "board-empty", path: "/admin", answers: () => emptyBoard(), shows: "board-empty" },
  {
    name: "board-failed",
    path: "/admin",
    answers: () => admin({ "GET /api/admin/board": problem("missing_scope"), ...closedStream }),
    shows: "error-state",
    mayComplain: /EventSource/,
  },
  {
    name: "board-reconnecting",
    path: "/admin",
    answers: () => admin(closedStream),
    act: (page) => page.locator("[data-testid=live-mark][data-state=lost]").waitFor(),
    shows: "live-mark",
    mayComplain: /EventSource/,
  },
  {
    name: "board-nobody",
    path: "/admin",
    answers: () =>
      admin({
        "GET /api/admin/board": (_body, query) => ({ body: searched(query) }),
        "GET /api/admin/board/events": (_body, query) => ({ event: "board", events: () => searched(query) }),
      }),
    act: (page) => page.getByTestId("board-search").fill("walrus"),
    shows: "board-nobody",
  },
  {
    name: "board-menu",
    path: "/admin",
    answers: () => admin(),
    act: (page) => openAction(page, 1, ""),
    shows: "menu-revoke",
  },
  {
    name: "board-menu-submitted",
    path: "/admin",
    answers: () => admin(),
    act: (page) => openAction(page, 9, ""),
    shows: "menu-download",
  },
  {
    name: "extend",
    path: "/admin",
    answers: () => admin(),
    act: (page) => openAction(page, 2, "extend"),
    shows: "extend-dialog",
  },
  {
    name: "extend-incomplete",
    path: "/admin",
    answers: () => admin(),
    act: async (page) => {
      await openAction(page, 2, "extend");
      await page.getByTestId("extend-minutes").fill("0");
      await page.getByTestId("extend-confirm").click();
    },
    shows: "extend-dialog",
  },
  {
    name: "extend-refused",
    path: "/admin",
    answers: () =>
      admin({
        "POST /api/admin/attempts/11111111-2222-4333-8444-555555555501/extend":
          problem("attempt_not_running"),
      }),
    act: async (page) => {
      await openAction(page, 2, "extend");
      await page.getByTestId("extend-reason").fill("The editor froze");
      await page.getByTestId("extend-confirm").click();
    },
    shows: "error-state",
  },
  {
    name: "revoke-running",
    path: "/admin",
    answers: () => admin(),
    act: (page) => openAction(page, 1, "revoke"),
    shows: "revoke-dialog",
  },
  {
    name: "revoke-waiting",
    path: "/admin",
    answers: () => admin(),
    act: (page) => openAction(page, 6, "revoke"),
    shows: "revoke-dialog",
  },
];

const NOBODY = { items: [], counts: { attention: 0, live: 0, waiting: 0, done: 0 } };

function searched(query: URLSearchParams): BoardView {
  return query.has("search") ? { ...board(now()), ...NOBODY } : board(now());
}

function emptyBoard(): Answers {
  const empty = () => ({ ...board(now()), ...NOBODY, assessments: [] });
  return admin({
    "GET /api/admin/board": () => ({ body: empty() }),
    "GET /api/admin/board/events": { event: "board", events: empty },
  });
}

const INVITE_STATES: PageState[] = [
  { name: "invite", path: "/admin", answers: () => admin(), act: fillInvite, shows: "invite-dialog" },
  {
    name: "invite-incomplete",
    path: "/admin",
    answers: () => admin(),
    act: async (page) => {
      await page.getByTestId("invite").click();
      await page.getByTestId("invite-name").waitFor();
      await page.getByTestId("invite-confirm").click();
    },
    shows: "invite-dialog",
  },
  {
    name: "invite-no-assessment",
    path: "/admin",
    answers: () => admin({ "GET /api/admin/assessment-versions": { body: { items: [] } } }),
    act: (page) => page.getByTestId("invite").click(),
    shows: "invite-dialog",
  },
  {
    name: "invite-done",
    path: "/admin",
    answers: () => admin({ "POST /api/admin/invitations": invited }),
    act: async (page) => {
      await fillInvite(page);
      await page.getByTestId("invite-confirm").click();
    },
    shows: "invite-result",
  },
];

const STAFF_STATES: PageState[] = [
  { name: "staff", path: "/admin/settings/staff", answers: () => admin(), shows: "add-staff" },
  {
    name: "staff-loading",
    path: "/admin/settings/staff",
    answers: () => admin({ "GET /api/admin/staff": { hang: true } }),
    shows: "add-staff",
  },
  {
    name: "staff-failed",
    path: "/admin/settings/staff",
    answers: () => admin({ "GET /api/admin/staff": problem("missing_scope") }),
    shows: "error-state",
  },
  {
    name: "staff-add",
    path: "/admin/settings/staff",
    answers: () => admin(),
    act: (page) => page.getByTestId("add-staff").click(),
    shows: "add-staff-dialog",
  },
  {
    name: "staff-taken",
    path: "/admin/settings/staff",
    answers: () => admin({ "POST /api/admin/staff": problem("email_taken") }),
    act: addStaff,
    shows: "error-state",
  },
  {
    name: "staff-added",
    path: "/admin/settings/staff",
    answers: () => admin({ "POST /api/admin/staff": { status: 201, body: { ...STAFF[3], id: "staff-5" } } }),
    act: addStaff,
    shows: "staff-added",
  },
];

async function addStaff(page: Page): Promise<void> {
  await page.getByTestId("add-staff").click();
  await page.getByTestId("staff-name").fill("Oskar Dahl");
  await page.getByTestId("staff-email").fill("oskar@harbourly.example");
  await page.getByTestId("add-staff-confirm").click();
}

export const ADMIN_STATES: PageState[] = [...BOARD_STATES, ...INVITE_STATES, ...STAFF_STATES];
