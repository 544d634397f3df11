import type { Page } from "playwright-core";
import {
  ASSESSMENT,
  ASSESSMENT_ID,
  BEGUN_DETAIL,
  CHECKS,
  CONTENT,
  DATASET_DETAIL,
  DATASET_ID,
  DATASETS,
  detail,
  draftView,
  LIST,
  MOCK_API_DETAIL,
  MOCK_API_ID,
  OPTIONS,
  TRIALS,
  UPLOAD_ID,
  VERSION_ID,
  versionView,
} from "../../support/pages/assessment-fixtures.ts";
import { problem } from "../../support/pages/candidate-fixtures.ts";
import { UPSTREAMS, UPSTREAMS_API } from "../../support/pages/model-fixtures.ts";
import type { Answers } from "../../support/pages/page-server.ts";
import { ADMIN, REVIEWER } from "../../support/pages/review-fixtures.ts";
import type { PageState } from "./candidate-states.ts";

const LIST_PATH = "/admin/assessments";
export const composerPath = (section: string) => `/admin/assessments/${ASSESSMENT_ID}?section=${section}`;

/** An admin's session, a list, and one assessment with its draft. */
export function studio(assessment = detail(), more: Answers = {}): Answers {
  return {
    "GET /api/staff/me": { body: ADMIN },
    "GET /api/admin/assessments": { body: LIST },
    "GET /api/admin/assessments/options": { body: OPTIONS },
    [`GET ${ASSESSMENT}`]: { body: assessment },
    [`GET ${ASSESSMENT}/draft/events`]: { event: "draft", events: () => assessment.draft },
    [`GET ${ASSESSMENT}/versions/${VERSION_ID(3)}`]: {
      body: versionView(3, { brief: "Shorter.", limitSec: 5400 }),
    },
    [`GET ${ASSESSMENT}/versions/${VERSION_ID(2)}`]: {
      body: versionView(2, { limitSec: 5400, datasets: [] }),
    },
    [`GET /api/admin/datasets/${DATASET_ID}`]: { body: DATASET_DETAIL },
    [`GET /api/admin/mock-apis/${MOCK_API_ID}`]: { body: MOCK_API_DETAIL },
    "GET /api/admin/datasets": { body: DATASETS },
    "GET /api/admin/mock-apis": { body: { items: [] } },
    [`GET ${UPSTREAMS_API}`]: { body: { items: UPSTREAMS } },
    ...more,
  };
}

export const state = (
  name: string,
  path: string,
  shows: string,
  more: Partial<PageState> = {},
): PageState => ({
  name,
  path,
  shows,
  answers: () => studio(),
  ...more,
});
const press = (testId: string) => (page: Page) => page.getByTestId(testId).click();

const LIST_STATES: PageState[] = [
  state("list", LIST_PATH, "assessment-search"),
  state("list-loading", LIST_PATH, "assessments-loading", {
    answers: () => studio(detail(), { "GET /api/admin/assessments": { hang: true } }),
  }),
  state("list-empty", LIST_PATH, "assessments-empty", {
    answers: () =>
      studio(detail(), {
        "GET /api/admin/assessments": {
          body: { items: [], counts: { draft: 0, published: 0, archived: 0 } },
        },
      }),
  }),
  state("list-failed", LIST_PATH, "error-state", {
    answers: () => studio(detail(), { "GET /api/admin/assessments": problem("missing_scope") }),
  }),
  state("list-forbidden", LIST_PATH, "no-permission", {
    answers: () => ({ "GET /api/staff/me": { body: REVIEWER } }),
  }),
  state("list-nothing", `${LIST_PATH}?state=archived`, "assessments-nothing", {
    answers: () => studio(detail(), { "GET /api/admin/assessments": { body: { ...LIST, items: [] } } }),
  }),
  state("new", LIST_PATH, "choice-api_integrator", { act: press("new-assessment") }),
  state("import", LIST_PATH, "drop-zone", { act: press("import-assessment") }),
];

const COMPOSER_STATES: PageState[] = [
  state("composer-loading", composerPath("task"), "composer-loading", {
    answers: () => studio(detail(), { [`GET ${ASSESSMENT}`]: { hang: true } }),
  }),
  state("composer-missing", composerPath("task"), "assessment-missing", {
    answers: () => studio(detail(), { [`GET ${ASSESSMENT}`]: problem("assessment_not_found") }),
  }),
  state("task", composerPath("task"), "brief"),
  state("task-begun", composerPath("task"), "drop-zone", { answers: () => studio(BEGUN_DETAIL) }),
  state("task-refused-files", composerPath("task"), "starter-failed", {
    answers: () => studio(detail({ draft: draftView({ starterImports: [REFUSED] }) })),
  }),
  state("materials", composerPath("materials"), "newer-version"),
  state("materials-pick", composerPath("materials"), "pick-search", { act: press("add-datasets") }),
  state("materials-begun", composerPath("materials"), "hostname-0", { answers: () => studio(BEGUN_DETAIL) }),
  state("workspace", composerPath("workspace"), "limit-minutes"),
  state("rules", composerPath("rules"), "lobby-preview"),
  state("rubric", composerPath("rubric"), "criterion-editor"),
  state("save-failed", composerPath("workspace"), "save-failure", {
    answers: () => studio(detail(), { [`PUT ${ASSESSMENT}/draft`]: problem("unavailable") }),
    act: (page) => type(page, "75"),
  }),
  state("conflict", composerPath("workspace"), "conflict", {
    answers: conflicting,
    act: (page) => type(page, "75"),
  }),
];

const CHECK_STATES: PageState[] = [
  state("check-begun", composerPath("publish"), "gaps", { answers: () => studio(BEGUN_DETAIL) }),
  state("check-running", composerPath("publish"), "check-running", { answers: () => checked("running") }),
  state("check-failed", composerPath("publish"), "check-failed", { answers: () => checked("failed") }),
  state("check-passed", composerPath("publish"), "check-passed", {
    answers: () => checked("passed"),
    act: (page) => page.getByTestId("differences").waitFor(),
  }),
  state("check-stale", composerPath("publish"), "check-stale", { answers: () => checked("stale") }),
  state("publish", composerPath("publish"), "publish-dialog", {
    answers: () => checked("passed"),
    act: press("publish"),
  }),
];

const VERSION_STATES: PageState[] = [
  state("versions", composerPath("versions"), "differences", { act: press("changes-3") }),
  state("versions-none", composerPath("versions"), "versions-empty", { answers: () => studio(BEGUN_DETAIL) }),
  state("version", `/admin/assessments/${ASSESSMENT_ID}/versions/${VERSION_ID(3)}`, "version-view", {
    answers: () =>
      studio(detail(), { [`GET ${ASSESSMENT}/versions/${VERSION_ID(3)}`]: { body: versionView(3) } }),
  }),
  state("archived", composerPath("task"), "archived-view", {
    answers: () => studio(detail({ state: "archived", archivedAt: "2026-03-14T10:00:00.000Z" })),
  }),
];

const REFUSED = {
  uploadId: UPLOAD_ID,
  fileName: "starter.zip",
  state: "failed" as const,
  files: 0,
  bytes: 0,
  entries: [],
  problems: ["../../etc/passwd leads out of the workspace.", "data/link is a symbolic link."],
};

function checked(which: keyof typeof CHECKS): Answers {
  return studio(detail({ draft: draftView({ check: CHECKS[which] }), trials: TRIALS }));
}

/** Somebody else set the time to an hour meanwhile, and the title to another one. */
function conflicting(): Answers {
  const theirs = draftView({
    revision: 15,
    content: { ...CONTENT, limitSec: 3600, title: "Support, in an hour" },
  });
  const asked = { times: 0 };
  return studio(detail(), {
    [`GET ${ASSESSMENT}`]: () => {
      asked.times += 1;
      return { body: asked.times === 1 ? detail() : detail({ draft: theirs }) };
    },
    [`PUT ${ASSESSMENT}/draft`]: problem("assessment_conflict"),
  });
}

async function type(page: Page, minutes: string): Promise<void> {
  await page.getByTestId("limit-minutes").fill(minutes);
  await page.getByTestId("limit-minutes").blur();
}

export const ASSESSMENT_STATES: PageState[] = [
  ...LIST_STATES,
  ...COMPOSER_STATES,
  ...CHECK_STATES,
  ...VERSION_STATES,
];
