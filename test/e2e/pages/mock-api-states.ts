import type { Page } from "playwright-core";
import { problem } from "../../support/pages/candidate-fixtures.ts";
import { DATASETS } from "../../support/pages/dataset-fixtures.ts";
import {
  draftView,
  EMPTY_DRAFT,
  FAILED_REPORT,
  HELPDESK,
  MOCK_API_ID,
  MOCK_APIS,
  mockApiDetail,
  PROPOSAL,
} from "../../support/pages/mock-api-fixtures.ts";
import { REQUESTS, SCRATCH_ID, scratch } from "../../support/pages/mock-api-scratch-fixtures.ts";
import type { Answers, PageServer } from "../../support/pages/page-server.ts";
import { ADMIN } from "../../support/pages/review-fixtures.ts";
import type { PageState } from "./candidate-states.ts";

export const MOCK_APIS_API = "/api/admin/mock-apis";
export const MOCK_API_API = `${MOCK_APIS_API}/${MOCK_API_ID}`;
export const DRAFT_API = `${MOCK_API_API}/draft`;
export const MOCK_API_PAGE = `/admin/mock-apis/${MOCK_API_ID}`;
export const CONSOLE_PAGE = `${MOCK_API_PAGE}/console`;
const SCRATCH_API = `${MOCK_API_API}/scratch/${SCRATCH_ID}`;

type Draft = ReturnType<typeof draftView>;

/** What the server answers about the check of a draft. */
export const checkEvent = ({ revision, checkState, report }: Draft) => ({
  now: new Date().toISOString(),
  revision,
  checkState,
  errors: report?.errors ?? 0,
  warnings: report?.warnings ?? 0,
});

/** An admin's session with one mock API, whose draft is `draft`. */
export function studio(draft: Draft = draftView(), more: Answers = {}): Answers {
  return {
    "GET /api/staff/me": { body: ADMIN },
    [`GET ${MOCK_APIS_API}`]: { body: { items: MOCK_APIS } },
    [`GET ${MOCK_API_API}`]: { body: mockApiDetail() },
    [`GET ${DRAFT_API}`]: { body: draft },
    [`GET ${DRAFT_API}/events`]: { event: "check", events: () => checkEvent(draft) },
    [`PUT ${DRAFT_API}`]: (body) => {
      const {
        revision,
        datasetVersionId: _dataset,
        ...change
      } = body as Draft & { datasetVersionId: string };
      return { body: { ...draft, ...change, revision: revision + 1, checkState: "none" } };
    },
    ...more,
  };
}

const LIST_STATES: PageState[] = [
  { name: "list", path: "/admin/mock-apis", answers: () => studio(), shows: "mock-api-row" },
  {
    name: "list-empty",
    wideOnly: true,
    path: "/admin/mock-apis",
    answers: () => studio(draftView(), { [`GET ${MOCK_APIS_API}`]: { body: { items: [] } } }),
    shows: "mock-apis-empty",
  },
];

const failed = () => draftView({ checkState: "failed", report: FAILED_REPORT });

const DOCUMENT_STATES: PageState[] = [
  { name: "document", path: MOCK_API_PAGE, answers: () => studio(), shows: "operations" },
  { name: "document-empty", path: MOCK_API_PAGE, answers: () => studio(EMPTY_DRAFT), shows: "drop-zone" },
  { name: "document-errors", path: MOCK_API_PAGE, answers: () => studio(failed()), shows: "check-report" },
  {
    name: "publish-gap",
    wideOnly: true,
    path: MOCK_API_PAGE,
    answers: () => studio(draftView({ checkState: "waiting" })),
    act: async (page) => {
      await page.getByTestId("check-progress").waitFor();
      await page.getByTestId("publish").click();
    },
    shows: "publish-gap",
  },
  {
    name: "versions",
    wideOnly: true,
    path: `${MOCK_API_PAGE}?tab=versions`,
    answers: () => studio(),
    shows: "version-row",
  },
  {
    name: "failed",
    wideOnly: true,
    path: MOCK_API_PAGE,
    answers: () => studio(draftView(), { [`GET ${MOCK_API_API}`]: problem("mock_api_not_found") }),
    shows: "error-state",
  },
];

const datasets: Answers = {
  "GET /api/admin/datasets": { body: { items: DATASETS } },
  [`POST ${DRAFT_API}/proposal`]: { body: PROPOSAL },
};

const ANSWER_STATES: PageState[] = [
  {
    name: "answers",
    path: `${MOCK_API_PAGE}?tab=answers`,
    answers: () => studio(draftView(), datasets),
    shows: "answers",
  },
  {
    name: "answers-proposal",
    path: `${MOCK_API_PAGE}?tab=answers`,
    answers: () => studio(draftView({ bindings: null }), datasets),
    act: (page) => page.getByTestId("propose").click(),
    shows: "proposal",
  },
  {
    name: "answers-json",
    wideOnly: true,
    path: `${MOCK_API_PAGE}?tab=answers`,
    answers: () => studio(draftView(), datasets),
    act: async (page) => {
      await page.getByTestId("segment-json").click();
      await page.getByTestId("bindings-text").focus();
      await page.keyboard.press("Control+Home");
      await page.keyboard.type("{");
    },
    shows: "bindings-problems",
  },
];

const WEATHER_STATES: PageState[] = [
  {
    name: "weather",
    path: `${MOCK_API_PAGE}?tab=weather`,
    answers: () => studio(),
    shows: "weather-rule",
  },
  {
    name: "weather-rule",
    path: `${MOCK_API_PAGE}?tab=weather`,
    answers: () => studio(),
    act: async (page) => {
      await page.getByRole("button", { name: "Change Deploys" }).click();
      await page.getByTestId("rule-percent").fill("140");
      await page.getByTestId("rule-confirm").click();
      await page.getByText("From 0 to 100.").waitFor();
      await page.waitForFunction(
        () => document.activeElement?.getAttribute("data-testid") === "rule-percent",
        undefined,
        { timeout: 8_000 },
      );
    },
    shows: "rule-dialog",
  },
];

export const requestsEvents = (items: () => typeof REQUESTS): Answers => ({
  [`GET ${SCRATCH_API}/requests/events`]: {
    event: "requests",
    events: () => ({ now: new Date().toISOString(), items: items() }),
  },
});

/** @param over what is different about the trial instance */
export function trying(
  server: PageServer,
  over: Parameters<typeof scratch>[1] = {},
  more: Answers = {},
): Answers {
  const address = server.sandboxUrl(`try-${SCRATCH_ID}`).replace(/\/$/, "");
  return studio(draftView(), {
    [`GET ${DRAFT_API}/document`]: { body: HELPDESK },
    [`POST ${MOCK_API_API}/scratch`]: { status: 201, body: scratch(address, over) },
    ...requestsEvents(() => REQUESTS),
    ...more,
  });
}

/** The reference is a program of others: it is there when it says so. */
export const referenceReady = (page: Page) =>
  page.locator("[data-testid=api-reference][data-ready=true]").waitFor({ state: "attached" });

const CONSOLE_STATES: PageState[] = [
  {
    name: "console",
    path: CONSOLE_PAGE,
    answers: (server) => trying(server),
    act: async (page) => {
      await referenceReady(page);
      const requests = page.getByTestId("segment-requests");
      if (await requests.isVisible()) await requests.click();
      await page.getByRole("button", { name: /PATCH/ }).click();
    },
    shows: "exchange",
  },
  {
    name: "console-over",
    wideOnly: true,
    path: CONSOLE_PAGE,
    answers: (server) => trying(server, { expiresAt: new Date(Date.now() - 60_000).toISOString() }),
    act: referenceReady,
    shows: "scratch-over",
  },
  {
    name: "console-failed",
    wideOnly: true,
    path: CONSOLE_PAGE,
    answers: (server) =>
      trying(
        server,
        {},
        {
          [`GET ${DRAFT_API}/document`]: problem("mock_api_document_missing"),
          [`POST ${MOCK_API_API}/scratch`]: problem("mock_api_document_missing"),
        },
      ),
    shows: "error-state",
  },
];

export const MOCK_API_STATES = [
  ...LIST_STATES,
  ...DOCUMENT_STATES,
  ...ANSWER_STATES,
  ...WEATHER_STATES,
  ...CONSOLE_STATES,
];
