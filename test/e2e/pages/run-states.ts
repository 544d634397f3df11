import type { Page } from "playwright-core";
import type { Run } from "../../../services/shared/contracts/run.ts";
import { problem } from "../../support/pages/candidate-fixtures.ts";
import type { Answers, PageServer } from "../../support/pages/page-server.ts";
import {
  ended,
  NEW_REQUESTS,
  preparing,
  RUN,
  RUN_PATH,
  run,
  runModels,
  runView,
} from "../../support/pages/run-fixtures.ts";
import type { PageState } from "./candidate-states.ts";
import { SIGNED_IN } from "./review-states.ts";

/** A run as it is, made afresh at each call. */
export function running(of: () => Run | null, more: Answers = {}): (server: PageServer) => Answers {
  return (server) => ({
    ...SIGNED_IN,
    [`GET ${RUN}`]: () => ({ body: runView(of()) }),
    [`POST ${RUN}/workspace-links`]: () => ({
      body: { url: server.sandboxUrl(`run${Date.now()}`), expiresAt: new Date().toISOString() },
    }),
    ...more,
  });
}

const press = (testId: string) => (page: Page) => page.getByTestId(testId).click();
/** The editor is there, where there is room for one. */
const loaded = async (page: Page) => {
  await page.getByTestId("run-live").waitFor();
  await page.getByTestId("workspace-opening").waitFor({ state: "detached" });
};
const spent = { limitUsd: 2, spentUsd: 0.3142, reservedUsd: 0.02 };
const asked = () => runModels({ newRequests: NEW_REQUESTS, newCount: 23, spending: spent });

const state = (
  name: string,
  shows: string,
  answers: PageState["answers"],
  act?: PageState["act"],
): PageState => ({
  ...{ name, path: RUN_PATH, answers, shows },
  ...(act ? { act } : {}),
});

export const RUN_STATES: PageState[] = [
  state(
    "run-live",
    "run-live",
    running(() => run({ models: asked() })),
    loaded,
  ),
  state(
    "run-none",
    "run-intro",
    running(() => null),
  ),
  state("run-loading", "run-loading", () => ({ ...SIGNED_IN, [`GET ${RUN}`]: { hang: true } })),
  state("run-failed-to-load", "page-failure", () => ({
    ...SIGNED_IN,
    [`GET ${RUN}`]: problem("internal_error"),
  })),
  state("run-of-nothing", "no-such-submission", () => ({
    ...SIGNED_IN,
    [`GET ${RUN}`]: problem("submission_not_found"),
  })),
  state("run-preparing", "run-preparing", running(preparing)),
  state(
    "run-no-capacity",
    "run-no-capacity",
    running(() => null, { [`POST ${RUN}`]: problem("no_capacity") }),
    press("run-start"),
  ),
  state(
    "run-start-refused",
    "error-state",
    running(() => null, { [`POST ${RUN}`]: problem("internal_error") }),
    press("run-start"),
  ),
  state(
    "run-nothing-new",
    "run-models",
    running(() => run()),
  ),
  state(
    "run-nothing-recorded",
    "run-models",
    running(() => run({ models: runModels({ recorded: 0, replayed: 0 }) })),
  ),
  state(
    "run-without-models",
    "run-live",
    running(() => run({ models: null })),
    loaded,
  ),
  {
    ...state(
      "run-link-refused",
      "workspace-link-failed",
      running(() => run(), { [`POST ${RUN}/workspace-links`]: problem("run_not_running") }),
    ),
    wideOnly: true,
  },
  state(
    "run-spending",
    "run-spending-dialog",
    running(() => run()),
    press("run-allow"),
  ),
  state(
    "run-spending-change",
    "run-spending-dialog",
    running(() => run({ models: asked() })),
    press("run-allow"),
  ),
  state(
    "run-spending-wrong",
    "run-spending-dialog",
    running(() => run()),
    async (page) => {
      await page.getByTestId("run-allow").click();
      await page.getByTestId("run-spending-usd").fill("7");
      await page.keyboard.press("Tab");
      await page.getByText("From $0.01 to $5.00.").waitFor();
    },
  ),
  state(
    "run-spending-refused",
    "error-state",
    running(() => run(), { [`POST ${RUN}/spending`]: problem("run_spending_too_high") }),
    async (page) => {
      await page.getByTestId("run-allow").click();
      await page.getByTestId("run-spending-confirm").click();
    },
  ),
  state(
    "run-preview",
    "preview-dialog",
    running(() => run()),
    press("run-preview"),
  ),
  state(
    "run-end",
    "run-end-dialog",
    running(() => run()),
    press("run-end"),
  ),
  state(
    "run-ended",
    "run-over-reviewer",
    running(() => ended("reviewer", { models: asked() })),
  ),
  state(
    "run-time-over",
    "run-over-deadline",
    running(() => ended("deadline")),
  ),
  state(
    "run-lost",
    "run-over-lost",
    running(() => ended("lost")),
  ),
  state(
    "run-did-not-come-up",
    "run-over-failed",
    running(() => ended("failed", { models: null })),
  ),
];
