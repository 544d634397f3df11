import type { Page } from "playwright-core";
import { problem } from "../../support/pages/candidate-fixtures.ts";
import { UPSTREAM_API, UPSTREAMS, UPSTREAMS_API } from "../../support/pages/model-fixtures.ts";
import type { Answers } from "../../support/pages/page-server.ts";
import { ADMIN, REVIEWER } from "../../support/pages/review-fixtures.ts";
import type { PageState } from "./candidate-states.ts";

export const MODELS_PAGE = "/admin/models";

/** An admin's session with these upstreams. */
export function models(items = UPSTREAMS, more: Answers = {}): Answers {
  return {
    "GET /api/staff/me": { body: ADMIN },
    [`GET ${UPSTREAMS_API}`]: { body: { items } },
    ...more,
  };
}

const state = (name: string, shows: string, more: Partial<PageState> = {}): PageState => ({
  name,
  path: MODELS_PAGE,
  shows,
  answers: () => models(),
  ...more,
});

/** Opens the menu of the first upstream, or of its first model, and chooses. */
const choose = (menu: "upstream-menu" | "model-menu", item: string) => async (page: Page) => {
  await page.getByTestId(menu).first().click();
  await page.getByTestId(`menu-${item}`).click();
};

export const MODEL_STATES: PageState[] = [
  state("list", "upstream"),
  state("loading", "models-loading", {
    answers: () => models([], { [`GET ${UPSTREAMS_API}`]: { hang: true } }),
  }),
  state("empty", "models-empty", { answers: () => models([]) }),
  state("failed", "error-state", {
    answers: () => models([], { [`GET ${UPSTREAMS_API}`]: problem("unavailable") }),
  }),
  state("forbidden", "no-permission", { answers: () => ({ "GET /api/staff/me": { body: REVIEWER } }) }),
  state("no-key", "no-key", { answers: () => models([UPSTREAMS[1]!]) }),
  state("test-failed", "test-failed", { answers: () => models([UPSTREAMS[1]!]) }),
  state("not-tested", "test-none", { answers: () => models([{ ...UPSTREAMS[0]!, test: null, models: [] }]) }),
  state("archived", "upstream", { act: (page) => page.getByTestId("segment-archived").click() }),
  state("archived-none", "segment-archived", {
    answers: () => models(UPSTREAMS.slice(0, 1)),
    act: (page) => page.getByTestId("segment-archived").click(),
  }),
  state("add", "upstream-dialog", {
    act: async (page) => {
      await page.getByTestId("new-upstream").click();
      await page.getByTestId("upstream-confirm").click();
      await page.getByText("Enter a name.").waitFor();
    },
  }),
  state("add-refused", "error-state", {
    answers: () => models(UPSTREAMS, { [`POST ${UPSTREAMS_API}`]: problem("upstream_name_taken") }),
    act: async (page) => {
      await page.getByTestId("new-upstream").click();
      await page.getByTestId("upstream-name").fill("OpenAI");
      await page.getByTestId("upstream-address").fill("https://api.openai.com/v1");
      await page.getByTestId("upstream-confirm").click();
    },
  }),
  state("change", "upstream-dialog", {
    act: async (page) => {
      await choose("upstream-menu", "edit")(page);
      await page.getByTestId("upstream-address").fill("https://elsewhere.example.com/v1");
      await page.getByTestId("upstream-confirm").click();
      await page.getByText("Give the key again").waitFor();
    },
  }),
  state("archive", "archive-dialog", { act: choose("upstream-menu", "archive") }),
  state("add-model", "model-dialog", { act: (page) => page.getByTestId("add-model").first().click() }),
  state("price", "price-input", {
    act: async (page) => {
      await choose("model-menu", "price")(page);
      await page.getByTestId("price-output").fill("");
      await page.getByTestId("model-confirm").click();
      await page.getByText("Give this price, too").waitFor();
    },
  }),
  state("test-refused", "error-state", {
    answers: () => models(UPSTREAMS, { [`POST ${UPSTREAM_API}/test`]: problem("rate_limited") }),
    act: (page) => page.getByTestId("test-upstream").first().click(),
  }),
];
