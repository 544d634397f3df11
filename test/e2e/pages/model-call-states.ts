import type { Page } from "playwright-core";
import type { CandidateView } from "../../../services/shared/contracts/candidate.ts";
import type { ModelBudgetView, ModelCallView } from "../../../services/shared/contracts/models.ts";
import { ASSESSMENT, ASSESSMENT_ID, VERSION_ID } from "../../support/pages/assessment-fixtures.ts";
import { ago, attempt, BASE, LOBBY, problem } from "../../support/pages/candidate-fixtures.ts";
import {
  CALL_PAGE,
  CALLS,
  callView,
  candidateModels,
  OFFERS,
  treatment,
} from "../../support/pages/model-call-fixtures.ts";
import type { Answers, PageServer } from "../../support/pages/page-server.ts";
import { SUBMISSION } from "../../support/pages/review-fixtures.ts";
import { studio } from "./assessment-states.ts";
import { candidatePath, invitation, type PageState } from "./candidate-states.ts";
import { ROOM_PATH, room, showPane } from "./review-states.ts";

const press = (testId: string) => (page: Page) => page.getByTestId(testId).click();

// ── Candidates ───────────────────────────────────────────────────────────────

const lobby = { ...LOBBY, offers: OFFERS };
const working = (changes: Partial<CandidateView> = {}) =>
  invitation(() => ({ consentedAt: ago(60), attempt: attempt(), lobby, ...changes }));
const MODELS = `GET ${BASE}/models`;

const budget = (name: string, changes: Partial<ModelBudgetView>, shows = "models-panel"): PageState => ({
  name: `models-${name}`,
  path: candidatePath,
  answers: (server) => ({ ...working()(server), [MODELS]: { body: candidateModels(changes) } }),
  act: press("tab-models"),
  shows,
});

const CANDIDATE_MODELS: PageState[] = [
  budget("spending", {
    ...{ spentUsd: 1.2345, reservedUsd: 0.41, requests: 84 },
    ...{ spentTokens: 412_000, reservedTokens: 9_000 },
  }),
  budget("unused", {}),
  budget("low", { spentUsd: 4.12, reservedUsd: 0.02, spentTokens: 912_118, requests: 301 }),
  budget("used-up", { spentUsd: 3.1, spentTokens: 1_999_900, requests: 411 }),
  {
    name: "models-loading",
    path: candidatePath,
    answers: (server) => ({ ...working()(server), [MODELS]: { hang: true } }),
    act: press("tab-models"),
    shows: "tab-models",
  },
  {
    name: "models-failed",
    path: candidatePath,
    answers: (server) => ({ ...working()(server), [MODELS]: problem("unavailable") }),
    act: press("tab-models"),
    shows: "error-state",
  },
  {
    name: "models-failed-again",
    path: candidatePath,
    answers: (server) => ({ ...working()(server), [MODELS]: { body: candidateModels({ spentUsd: 1 }) } }),
    act: async (page, server) => {
      await page.getByTestId("tab-models").click();
      await page.getByTestId("models-panel").waitFor();
      server.answers[MODELS] = problem("unavailable");
      await comeBack(page);
    },
    shows: "error-state",
  },
  {
    name: "models-none-after-all",
    path: candidatePath,
    answers: (server) => ({ ...working()(server), [MODELS]: { body: { ...candidateModels(), lines: [] } } }),
    act: press("tab-models"),
    shows: "workspace",
  },
  {
    name: "lobby-offers",
    path: candidatePath,
    answers: invitation(() => ({ lobby })),
    act: (page) => page.getByTestId("lobby-offers").scrollIntoViewIfNeeded(),
    shows: "lobby-offers",
  },
];

/** As when the window comes into sight again. */
export async function comeBack(page: Page): Promise<void> {
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
}

// ── Reviewers ────────────────────────────────────────────────────────────────

export const LIST = `GET ${SUBMISSION}/model-calls`;
const callAnswer = (number: number, changes: Partial<ModelCallView> = {}): Answers => ({
  [`GET ${SUBMISSION}/model-calls/${CALLS[number - 1]!.id}`]: { body: callView(number, changes) },
});

export const openCalls = async (page: Page) => {
  await showPane(page, "review");
  await page.getByTestId("tab-models").click();
};
export const openCall = (number: number) => async (page: Page) => {
  await openCalls(page);
  await page
    .getByTestId("model-call")
    .nth(number - 1)
    .click();
};

export const calls = (more: Answers = {}) => room({ more: { [LIST]: { body: CALL_PAGE }, ...more } });

const reading = (name: string, more: Answers, act: PageState["act"], shows: string): PageState => ({
  name,
  path: ROOM_PATH,
  answers: () => calls(more),
  ...(act ? { act } : {}),
  shows,
});
const raw = async (page: Page) => {
  await openCall(2)(page);
  await page.getByTestId("segment-raw").click();
};

const REVIEWER_CALLS: PageState[] = [
  reading("calls", {}, openCalls, "model-calls"),
  reading("calls-loading", { [LIST]: { hang: true } }, openCalls, "tab-models"),
  reading("calls-failed", { [LIST]: problem("unavailable") }, openCalls, "error-state"),
  reading(
    "calls-empty",
    { [LIST]: { body: { items: [], nextAfter: null, totals: [] } } },
    openCalls,
    "model-calls-empty",
  ),
  reading(
    "calls-filtered-empty",
    {
      [LIST]: (_body, query) => ({
        body: query.get("line") ? { ...CALL_PAGE, items: [], nextAfter: null } : CALL_PAGE,
      }),
    },
    async (page) => {
      await openCalls(page);
      await page.getByTestId("segment-assistant").click();
      await page.getByText("None of these").waitFor();
    },
    "model-calls",
  ),
  reading(
    "call",
    callAnswer(2, { reassembled: true, truncated: true, redacted: true }),
    async (page) => {
      await openCall(2)(page);
      await page.getByTestId("conversation").getByText("search_tickets").last().scrollIntoViewIfNeeded();
      await page.getByRole("region", { name: "Answered" }).scrollIntoViewIfNeeded();
    },
    "conversation",
  ),
  reading("call-raw", callAnswer(2, { reassembled: true }), raw, "raw-json"),
  reading(
    "call-refused",
    callAnswer(5, { response: JSON.stringify({ error: { message: "The budget is used up." } }) }),
    openCall(5),
    "conversation",
  ),
  reading(
    "call-embeddings",
    callAnswer(6, {
      request: JSON.stringify({ model: "text-embedding-3-small", input: ["Card was charged twice"] }),
      response: JSON.stringify({ data: [{ embedding: [0.1, 0.2, 0.3] }] }),
    }),
    openCall(6),
    "conversation",
  ),
  reading("call-not-kept", callAnswer(3, { request: null, response: null }), openCall(3), "nothing-kept"),
  reading(
    "call-loading",
    { [`GET ${SUBMISSION}/model-calls/${CALLS[0]!.id}`]: { hang: true } },
    openCall(1),
    "model-call-detail",
  ),
  reading(
    "call-missing",
    { [`GET ${SUBMISSION}/model-calls/${CALLS[0]!.id}`]: problem("model_call_not_found") },
    openCall(1),
    "error-state",
  ),
  reading(
    "packages-none",
    { [`GET ${SUBMISSION}/packages`]: { body: { items: [], truncated: false } } },
    async (page) => {
      await showPane(page, "review");
      await page.getByTestId("tab-about").click();
    },
    "installed-packages",
  ),
  reading(
    "packages-failed",
    { [`GET ${SUBMISSION}/packages`]: problem("unavailable") },
    async (page) => {
      await showPane(page, "review");
      await page.getByTestId("tab-about").click();
    },
    "error-state",
  ),
];

// ── Admins ───────────────────────────────────────────────────────────────────

export const TREATMENT_PATH = `/admin/assessments/${ASSESSMENT_ID}/versions/${VERSION_ID(3)}/models`;
export const TREATMENT = `GET ${ASSESSMENT}/versions/${VERSION_ID(3)}/model-treatment`;
export const treated = (more: Answers = {}): Answers =>
  studio(undefined, { [TREATMENT]: { body: treatment(VERSION_ID(3)) }, ...more });

const report = (
  name: string,
  more: Answers,
  shows: string,
  act?: (page: Page, server: PageServer) => Promise<void>,
): PageState => ({
  name: `treatment${name}`,
  path: TREATMENT_PATH,
  answers: () => treated(more),
  ...(act ? { act } : {}),
  shows,
});

const ADMIN_TREATMENT: PageState[] = [
  report("", {}, "treatment-view"),
  report("-loading", { [TREATMENT]: { hang: true } }, "composer-loading"),
  report("-missing", { [TREATMENT]: problem("assessment_version_not_found") }, "error-state"),
  report("-empty", { [TREATMENT]: { body: { ...treatment(VERSION_ID(3)), rows: [] } } }, "treatment-empty"),
  report("-credit", {}, "credit-dialog", press("credit-outage")),
  report(
    "-credit-failed",
    {
      [`POST /api/admin/attempts/${treatment("").rows[1]!.attemptId}/model-outages/credit`]:
        problem("attempt_over"),
    },
    "error-state",
    async (page) => {
      await page.getByTestId("credit-outage").click();
      await page.getByTestId("credit-dialog-confirm").click();
    },
  ),
];

export const MODEL_STATES: readonly PageState[] = [
  ...CANDIDATE_MODELS,
  ...REVIEWER_CALLS,
  ...ADMIN_TREATMENT,
];
