import type { Page } from "playwright-core";
import { problem } from "../../support/pages/candidate-fixtures.ts";
import {
  CALM_PROFILE,
  DATASET_ID,
  DATASETS,
  datasetDetail,
  EMPTY_DATASET,
  IMPORT_ID,
  importView,
  rowPage,
  VERSION_ID,
  versionView,
} from "../../support/pages/dataset-fixtures.ts";
import type { Answers } from "../../support/pages/page-server.ts";
import { ADMIN, REVIEWER } from "../../support/pages/review-fixtures.ts";
import { UploadStandIn } from "../../support/pages/upload-stand-in.ts";
import type { PageState } from "./candidate-states.ts";

export const DATASETS_API = "/api/admin/datasets";
export const IMPORT_API = `/api/admin/dataset-imports/${IMPORT_ID}`;
export const VERSION_API = `/api/admin/dataset-versions/${VERSION_ID}`;
export const DATASET_PAGE = `/admin/datasets/${DATASET_ID}`;
export const IMPORT_PAGE = `${DATASET_PAGE}/imports/${IMPORT_ID}`;
export const VERSION_PAGE = `${DATASET_PAGE}/versions/${VERSION_ID}`;

/** An admin's session, with datasets in every stage. */
export function studio(more: Answers = {}): Answers {
  return {
    "GET /api/staff/me": { body: ADMIN },
    [`GET ${DATASETS_API}`]: { body: { items: DATASETS } },
    [`GET ${DATASETS_API}/${DATASET_ID}`]: { body: datasetDetail() },
    [`GET ${IMPORT_API}`]: { body: importView() },
    [`PUT ${IMPORT_API}/choices`]: (body) => {
      const { revision, choices } = body as {
        revision: number;
        choices: ReturnType<typeof importView>["choices"];
      };
      return { body: importView({ revision: revision + 1, choices }) };
    },
    [`GET ${IMPORT_API}/tables/tickets/rows`]: (_body, query) => ({ body: rowPage(query) }),
    [`GET ${VERSION_API}`]: { body: versionView() },
    [`GET ${VERSION_API}/tables/tickets/rows`]: (_body, query) => ({ body: rowPage(query) }),
    ...more,
  };
}

export const shownImport = (view: ReturnType<typeof importView>, more: Answers = {}) =>
  studio({
    [`GET ${IMPORT_API}`]: { body: view },
    [`GET ${IMPORT_API}/events`]: { event: "import", events: () => view },
    ...more,
  });

export const chooseFiles = (page: Page, ...files: { name: string; bytes: number }[]) =>
  page
    .locator("input[type=file]")
    .last()
    .setInputFiles(
      files.map(({ name, bytes }) => ({ name, mimeType: "text/csv", buffer: Buffer.alloc(bytes, "a,b\n") })),
    );

const LIST_STATES: PageState[] = [
  { name: "list", path: "/admin/datasets", answers: () => studio(), shows: "dataset-row" },
  {
    name: "list-empty",
    path: "/admin/datasets",
    answers: () => studio({ [`GET ${DATASETS_API}`]: { body: { items: [] } } }),
    shows: "datasets-empty",
  },
  {
    name: "list-failed",
    wideOnly: true,
    path: "/admin/datasets",
    answers: () => studio({ [`GET ${DATASETS_API}`]: problem("missing_scope") }),
    shows: "error-state",
  },
  {
    name: "list-no-permission",
    wideOnly: true,
    path: "/admin/datasets",
    answers: () => ({ "GET /api/staff/me": { body: REVIEWER } }),
    shows: "no-permission",
  },
  {
    name: "new",
    path: "/admin/datasets",
    answers: () => studio(),
    act: async (page) => {
      await page.getByTestId("new-dataset").click();
      await page.getByTestId("dataset-confirm").click();
    },
    shows: "dataset-dialog",
  },
];

/** Two files half way, one refused, one there. */
function uploading(): Answers {
  const uploads = new UploadStandIn();
  uploads.stopsAfter = 3_000_000;
  return studio({ ...uploads.answers(), [`GET ${DATASETS_API}/${DATASET_ID}`]: { body: EMPTY_DATASET } });
}

const DATASET_STATES: PageState[] = [
  { name: "dataset", path: DATASET_PAGE, answers: () => studio(), shows: "version-row" },
  {
    name: "dataset-empty",
    wideOnly: true,
    path: DATASET_PAGE,
    answers: () => studio({ [`GET ${DATASETS_API}/${DATASET_ID}`]: { body: EMPTY_DATASET } }),
    shows: "drop-zone",
  },
  {
    name: "dataset-uploading",
    path: DATASET_PAGE,
    answers: uploading,
    act: async (page) => {
      await page.getByTestId("drop-zone").waitFor();
      await chooseFiles(
        page,
        { name: "agents.csv", bytes: 400_000 },
        { name: "empty.csv", bytes: 0 },
        { name: "tickets-with-a-rather-long-name-2025-06-30.csv", bytes: 9_000_000 },
      );
      await page.locator("[data-phase=stored]").waitFor();
      await page.locator("[data-phase=sending]").waitFor();
      await page
        .getByText("3.0 MB of")
        .or(page.getByText(/of 9\.0 MB/))
        .first()
        .waitFor();
    },
    shows: "read-files",
  },
  {
    name: "dataset-loading",
    wideOnly: true,
    path: DATASET_PAGE,
    answers: () => studio({ [`GET ${DATASETS_API}/${DATASET_ID}`]: { hang: true } }),
    shows: "page-loading",
  },
  {
    name: "dataset-missing",
    wideOnly: true,
    path: DATASET_PAGE,
    answers: () => studio({ [`GET ${DATASETS_API}/${DATASET_ID}`]: problem("dataset_not_found") }),
    shows: "error-state",
  },
  {
    name: "dataset-archived",
    wideOnly: true,
    path: DATASET_PAGE,
    answers: () =>
      studio({
        [`GET ${DATASETS_API}/${DATASET_ID}`]: {
          body: datasetDetail({ archivedAt: "2026-03-01T10:00:00.000Z", imports: [] }),
        },
      }),
    shows: "version-row",
  },
];

const IMPORT_STATES: PageState[] = [
  {
    name: "import-reading",
    path: IMPORT_PAGE,
    answers: () =>
      shownImport(
        importView({
          state: "profiling",
          profile: null,
          progress: {
            phase: "reading",
            subject: "export/tickets 2025 (final).csv",
            share: 0.43,
            rows: 20_480,
          },
        }),
      ),
    shows: "import-progress",
  },
  {
    name: "import-failed",
    path: IMPORT_PAGE,
    answers: () =>
      shownImport(
        importView({
          state: "failed",
          profile: null,
          failure: {
            code: "spreadsheet",
            message:
              "tickets.csv is an Excel workbook whose name was changed. Export each sheet as CSV and upload those.",
            file: "tickets.csv",
          },
        }),
      ),
    shows: "import-failed",
  },
  { name: "import-ready", path: IMPORT_PAGE, answers: () => studio(), shows: "sensitive" },
  {
    name: "import-issue-open",
    path: IMPORT_PAGE,
    answers: () => studio(),
    act: (page) => page.getByRole("button", { name: /Too few fields/ }).click(),
    shows: "row-issues",
  },
  {
    name: "import-calm",
    wideOnly: true,
    path: IMPORT_PAGE,
    answers: () =>
      shownImport(
        importView({
          profile: CALM_PROFILE,
          choices: { columns: {}, leftOut: [], candidateFiles: "original" },
        }),
      ),
    act: (page) => page.getByTestId("publish").click(),
    shows: "publish-dialog",
  },
  {
    name: "import-publish",
    path: IMPORT_PAGE,
    answers: () => studio(),
    act: async (page) => {
      await page.getByTestId("finding-tickets-customer_name").getByRole("button").click();
      await page.getByRole("option", { name: /Keep/ }).click();
      await page.locator("[data-testid=save-mark][data-phase=saved]").waitFor();
      await page.getByTestId("publish").click();
    },
    shows: "publish-dialog",
  },
  {
    name: "import-conflict",
    wideOnly: true,
    path: IMPORT_PAGE,
    answers: () => {
      let asked = 0;
      const theirs = importView({
        revision: 4,
        choices: {
          columns: { tickets: { customer_email: "drop" } },
          leftOut: [],
          candidateFiles: "original",
        },
      });
      return studio({
        [`GET ${IMPORT_API}`]: () => ({ body: asked++ === 0 ? importView() : theirs }),
        [`PUT ${IMPORT_API}/choices`]: problem("dataset_import_conflict"),
      });
    },
    act: async (page) => {
      await page.getByTestId("finding-tickets-customer_email").getByRole("button").click();
      await page.getByRole("option", { name: /Mask/ }).click();
    },
    shows: "choice-conflict",
  },
  {
    name: "import-read-again",
    wideOnly: true,
    path: IMPORT_PAGE,
    answers: () => studio(),
    act: (page) => page.getByTestId("read-again").click(),
    shows: "read-again-dialog",
  },
  {
    name: "import-published",
    wideOnly: true,
    path: IMPORT_PAGE,
    answers: () => shownImport(importView({ state: "published", version: { id: VERSION_ID, number: 3 } })),
    shows: "import-published",
  },
];

const VERSION_STATES: PageState[] = [
  { name: "version", path: VERSION_PAGE, answers: () => studio(), shows: "column-list" },
  {
    name: "version-charts",
    path: `${VERSION_PAGE}?view=charts`,
    answers: () => studio(),
    shows: "chart-wall",
  },
  { name: "version-rows", path: `${VERSION_PAGE}?view=rows`, answers: () => studio(), shows: "row-grid" },
  {
    name: "version-rows-refused",
    wideOnly: true,
    path: `${VERSION_PAGE}?view=rows`,
    answers: () => studio({ [`GET ${VERSION_API}/tables/tickets/rows`]: problem("dataset_rows_invalid") }),
    shows: "error-state",
  },
  {
    name: "version-older",
    wideOnly: true,
    path: VERSION_PAGE,
    answers: () =>
      studio({
        [`GET ${VERSION_API}`]: {
          body: versionView({
            profile: null,
            treated: [],
            parent: null,
            usedBy: [],
            licence: "CC0-1.0",
            card: "# Tickets\n\nMade up for practice.",
          }),
        },
      }),
    shows: "version",
  },
];

export const STUDIO_DATASET_STATES: PageState[] = [
  ...LIST_STATES,
  ...DATASET_STATES,
  ...IMPORT_STATES,
  ...VERSION_STATES,
];
