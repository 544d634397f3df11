import type { Page } from "playwright-core";
import type { AttemptView, CandidateView } from "../../../services/shared/contracts/candidate.ts";
import {
  ago,
  attempt,
  BASE,
  candidateView,
  DATASET,
  INVITATION_ID,
  LOBBY,
  MOCK_API,
  practice,
  preparing,
  problem,
  receiptView,
  TASK,
} from "../../support/pages/candidate-fixtures.ts";
import type { Answers, PageServer } from "../../support/pages/page-server.ts";

export interface PageState {
  name: string;
  path?: string;
  answers: (server: PageServer) => Answers;
  /** What to do once the page is there. */
  act?: (page: Page, server: PageServer) => Promise<void>;
  /** The test id that has to be seen at the end. */
  shows: string;
  /** Needs the editor, or looks like another state on a phone. */
  wideOnly?: boolean;
  /** The streams and calls of this state fail on purpose. */
  mayComplain?: RegExp;
}

export const candidatePath = `/candidate/${INVITATION_ID}`;
const invitePath = "/invite/wsi_3f9c";

/** Answers of an invitation whose view is made afresh at each call, so that `now` is now. */
export function invitation(
  changes: () => Partial<CandidateView>,
  more: Answers = {},
): (server: PageServer) => Answers {
  const view = () => candidateView(changes());
  return (server) => ({
    [`GET ${BASE}`]: () => ({ body: view() }),
    [`GET ${BASE}/events`]: { events: view, event: "state" },
    [`GET ${BASE}/task`]: { body: TASK },
    [`GET ${BASE}/datasets/support-tickets`]: { body: DATASET },
    [`GET ${BASE}/mock-apis/helpdesk.internal`]: { body: MOCK_API },
    [`PUT ${BASE}/notes`]: () => ({ body: { savedAt: new Date().toISOString() } }),
    [`POST ${BASE}/workspace-links`]: () => ({
      body: { url: server.sandboxUrl(`ws${Date.now()}`), expiresAt: ago(-1) },
    }),
    ...more,
  });
}

const working = (changes: Partial<AttemptView> = {}, minutesIn = 42) =>
  invitation(() => ({ consentedAt: ago(60), attempt: attempt(changes, minutesIn) }));

const refusedLink = (name: string, answer: Answers[string]): PageState => ({
  name: `invite-${name}`,
  path: invitePath,
  answers: () => ({ "POST /api/candidate/sessions": answer }),
  shows: `problem-${name}`,
});

const press = (testId: string) => (page: Page) => page.getByTestId(testId).click();

const INVITE_STATES: PageState[] = [
  {
    name: "invite-exchanging",
    path: invitePath,
    answers: () => ({ "POST /api/candidate/sessions": { hang: true } }),
    shows: "exchanging",
  },
  refusedLink("invitation_not_found", problem("invitation_not_found")),
  refusedLink("invitation_expired", problem("invitation_expired")),
  refusedLink("invitation_revoked", problem("invitation_revoked")),
  refusedLink("invitation_not_yet_valid", problem("invitation_not_yet_valid", "2026-12-01T08:00:00.000Z")),
  refusedLink("internal_error", problem("internal_error")),
  refusedLink("rate_limited", problem("rate_limited")),
  {
    // Answered once, before the connection goes; the reload meets nothing.
    ...refusedLink("offline", problem("unavailable")),
    act: async (page) => {
      await page.route("**/api/**", (route) => route.abort());
      await page.reload();
    },
  },
  { name: "not-found", path: "/nothing-here", answers: () => ({}), shows: "not-found" },
];

const LOBBY_STATES: PageState[] = [
  { name: "lobby", answers: invitation(() => ({})), shows: "lobby" },
  {
    name: "lobby-extra-time-practice-running",
    answers: invitation(() => ({
      consentedAt: ago(5),
      practice: practice(),
      lobby: { ...LOBBY, limitSec: 10_800, extraTimeIncluded: true },
    })),
    shows: "extra-time",
  },
  { name: "lobby-consent-missing", answers: invitation(() => ({})), act: press("start"), shows: "lobby" },
  {
    name: "lobby-start-dialog",
    answers: invitation(() => ({ consentedAt: ago(5) })),
    act: press("start"),
    shows: "start-dialog",
  },
  {
    name: "lobby-no-capacity",
    answers: invitation(() => ({ consentedAt: ago(5) }), { [`POST ${BASE}/start`]: problem("no_capacity") }),
    act: async (page) => {
      await page.getByTestId("start").click();
      await page.getByTestId("start-dialog-confirm").click();
    },
    shows: "error-state",
  },
  { name: "lobby-expired", answers: invitation(() => ({ expiresAt: ago(1) })), shows: "expired" },
  {
    name: "lobby-practice-preparing",
    answers: invitation(() => ({ practice: { ...preparing, limitSec: 1800 } })),
    shows: "practice-preparing",
  },
  {
    name: "lobby-practice-failed",
    answers: invitation(() => ({
      practice: practice({ state: "failed", failure: "The host did not answer in time.", startedAt: null }),
    })),
    shows: "practice-start",
  },
  {
    name: "practice",
    answers: invitation(() => ({ practice: practice() })),
    act: press("practice-open"),
    shows: "practice-workspace",
  },
  {
    name: "candidate-session-required",
    answers: () => ({ [`GET ${BASE}`]: problem("candidate_session_required") }),
    shows: "problem-candidate_session_required",
  },
  { name: "preparing", answers: invitation(() => ({ attempt: preparing })), shows: "preparing" },
  {
    name: "start-failed",
    answers: invitation(() => ({
      attempt: { ...preparing, state: "failed", failure: "No workspace is free at the moment." },
    })),
    shows: "start-failed",
  },
];

const WORKSPACE_STATES: PageState[] = [
  { name: "workspace", answers: working(), shows: "workspace" },
  {
    name: "workspace-dataset",
    answers: working(),
    act: press("tab-dataset-support-tickets"),
    shows: "workspace",
  },
  {
    name: "workspace-api",
    answers: working(),
    act: async (page) => {
      await page.getByTestId("tab-api-helpdesk.internal").click();
      await page.getByRole("button", { name: /^GET \/v1\/tickets List/ }).click();
    },
    shows: "api-reference",
  },
  {
    name: "workspace-notes",
    answers: working(),
    act: async (page) => {
      await page.getByTestId("tab-notes").click();
      await page.getByTestId("notes").fill("Run `make demo`. I chose retrieval over a classifier because …");
      await page.locator("[data-testid=notes-status][data-status=saved]").waitFor();
    },
    shows: "notes-status",
  },
  {
    name: "workspace-notes-failed",
    answers: (server) => ({ ...working()(server), [`PUT ${BASE}/notes`]: problem("unavailable") }),
    act: async (page) => {
      await page.getByTestId("tab-notes").click();
      await page.getByTestId("notes").fill("Run `make demo`.");
      await page.locator("[data-testid=notes-status][data-status=failed]").waitFor();
    },
    shows: "notes-status",
  },
  {
    name: "workspace-panel-hidden",
    answers: working(),
    act: press("toggle-panel"),
    shows: "workspace",
    wideOnly: true,
  },
  {
    name: "workspace-task-failed",
    answers: (server) => ({ ...working()(server), [`GET ${BASE}/task`]: problem("internal_error") }),
    shows: "error-state",
  },
  { name: "workspace-30-minutes", answers: working({}, 91), shows: "warning-1800" },
  { name: "workspace-10-minutes", answers: working({}, 111), shows: "warning-600" },
  { name: "workspace-2-minutes", answers: working({}, 118.5), shows: "warning-120" },
  { name: "workspace-time-up", answers: working({}, 121), shows: "time-up", wideOnly: true },
  {
    name: "workspace-away",
    answers: working({ sandboxState: "lost" }),
    shows: "workspace-away",
    wideOnly: true,
  },
  {
    name: "workspace-link-failed",
    answers: (server) => ({
      ...working()(server),
      [`POST ${BASE}/workspace-links`]: problem("workspace_unavailable"),
    }),
    shows: "workspace-link-failed",
    wideOnly: true,
  },
  {
    name: "workspace-disconnected",
    answers: working(),
    act: async (page, server) => {
      await page.getByTestId("workspace").waitFor();
      server.answers[`GET ${BASE}/events`] = problem("unavailable");
      server.dropStreams();
    },
    shows: "disconnected",
    mayComplain: /ERR_INCOMPLETE_CHUNKED|event-stream/,
  },
  {
    name: "workspace-time-credited",
    answers: working(),
    act: async (page, server) => {
      await page.getByTestId("workspace").waitFor();
      const credits = [
        { seconds: 480, reason: "Your workspace was restored after a host failed.", at: ago(0) },
      ];
      const view = () =>
        candidateView({ attempt: attempt({ credits, deadlineAt: ago(42 - 128) }), consentedAt: ago(60) });
      server.answers[`GET ${BASE}`] = () => ({ body: view() });
      await page.waitForTimeout(300);
      await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
    },
    shows: "toast",
  },
  {
    name: "workspace-elsewhere",
    answers: working(),
    act: async (page) => {
      await page.getByTestId("workspace-frame").waitFor();
      const second = await page.context().newPage();
      await second.goto(page.url());
      await second.getByTestId("workspace").waitFor();
      await page.bringToFront();
      await page.getByTestId("workspace-elsewhere").waitFor();
      await second.close();
    },
    shows: "workspace-elsewhere",
    wideOnly: true,
  },
  {
    name: "workspace-preview",
    answers: working(),
    act: press("preview"),
    shows: "preview-dialog",
    wideOnly: true,
  },
  { name: "workspace-submit", answers: working(), act: press("submit"), shows: "submit-dialog" },
  {
    name: "workspace-submit-failed",
    answers: (server) => ({ ...working()(server), [`POST ${BASE}/submit`]: problem("unavailable") }),
    act: async (page) => {
      await page.getByTestId("submit").click();
      await page.getByTestId("submit-confirm").click();
    },
    shows: "error-state",
  },
  {
    name: "revoked-while-working",
    answers: working(),
    act: async (page, server) => {
      await page.getByTestId("workspace").waitFor();
      server.answers[`GET ${BASE}`] = problem("invitation_revoked");
      server.answers[`GET ${BASE}/events`] = problem("invitation_revoked");
      server.dropStreams();
    },
    shows: "problem-invitation_revoked",
    mayComplain: /ERR_INCOMPLETE_CHUNKED|event-stream/,
  },
];

const END_STATES: PageState[] = [
  { name: "sealing", answers: working({ state: "sealing", endReason: "candidate" }), shows: "sealing" },
  {
    name: "sealing-time-up",
    answers: working({ state: "sealing", endReason: "deadline" }),
    shows: "sealing",
  },
  {
    name: "ended-revoked",
    answers: working({ state: "ended", endReason: "revoked", endedAt: ago(2) }),
    shows: "revoked",
  },
  {
    name: "receipt",
    answers: (server) => ({
      ...working({ state: "submitted", endReason: "candidate" })(server),
      [`GET ${BASE}/receipt`]: { body: receiptView("candidate") },
    }),
    shows: "receipt",
  },
  {
    name: "receipt-time-up",
    answers: (server) => ({
      ...working({ state: "submitted", endReason: "deadline" })(server),
      [`GET ${BASE}/receipt`]: { body: receiptView("deadline", false) },
    }),
    shows: "receipt",
  },
  {
    name: "receipt-failed",
    answers: (server) => ({
      ...working({ state: "submitted" })(server),
      [`GET ${BASE}/receipt`]: problem("internal_error"),
    }),
    shows: "page-failure",
  },
];

export const CANDIDATE_STATES: readonly PageState[] = [
  ...INVITE_STATES,
  ...LOBBY_STATES,
  ...WORKSPACE_STATES,
  ...END_STATES,
].map((state) => ({ ...state, path: state.path ?? candidatePath }));
