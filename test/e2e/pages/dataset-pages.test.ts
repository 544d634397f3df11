import type { BrowserContext, Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LOOKS, openVisitor } from "../../support/pages/browser-visit.ts";
import { problem } from "../../support/pages/candidate-fixtures.ts";
import {
  DATASET_ID,
  EMPTY_DATASET,
  IMPORT_ID,
  importView,
  rowPage,
} from "../../support/pages/dataset-fixtures.ts";
import type { Answers } from "../../support/pages/page-server.ts";
import { UploadStandIn } from "../../support/pages/upload-stand-in.ts";
import { visitStates, withPages } from "../../support/pages/with-pages.ts";
import {
  chooseFiles,
  DATASET_PAGE,
  DATASETS_API,
  IMPORT_API,
  IMPORT_PAGE,
  STUDIO_DATASET_STATES,
  shownImport,
  studio,
  VERSION_API,
  VERSION_PAGE,
} from "./dataset-states.ts";

const pages = withPages();
visitStates(pages, "datasets", STUDIO_DATASET_STATES);

describe("datasets in the studio", () => {
  let context: BrowserContext;
  let page: Page;
  beforeEach(async () => {
    ({ context } = await openVisitor(pages.browser, LOOKS[0]!));
    page = await context.newPage();
  });
  afterEach(() => context.close());

  const open = async (path: string, answers: Answers) => {
    pages.server.answers = answers;
    await page.goto(pages.server.origin + path);
  };
  const uploads = (stopsAfter: number | null = null) => {
    const standIn = new UploadStandIn();
    standIn.stopsAfter = stopsAfter;
    const answers = studio({
      ...standIn.answers(),
      [`GET ${DATASETS_API}/${DATASET_ID}`]: { body: EMPTY_DATASET },
    });
    return { standIn, answers };
  };
  const row = (phase: string) => page.locator(`[data-testid=upload-row][data-phase=${phase}]`);

  it("pauses an upload and goes on where it was", async () => {
    const { standIn, answers } = uploads(500_000);
    await open(DATASET_PAGE, answers);
    await chooseFiles(page, { name: "tickets.csv", bytes: 2_000_000 });
    await expect.poll(() => [...standIn.uploads.values()][0]?.received).toBe(500_000);
    await page.getByRole("button", { name: "Pause tickets.csv" }).click();
    await row("paused").waitFor();
    standIn.stopsAfter = null;
    await page.getByRole("button", { name: "Resume tickets.csv" }).click();
    await row("stored").waitFor();
    expect(standIn.asked).toEqual(["POST", "PATCH 0", "HEAD", "PATCH 500000"]);
    expect([...standIn.uploads.values()]).toMatchObject([
      { received: 2_000_000, metadata: { filename: "tickets.csv", purpose: "dataset" } },
    ]);
  });

  it("finds uploads again after a reload, and goes on only with the same file", async () => {
    const { standIn, answers } = uploads(500_000);
    await open(DATASET_PAGE, answers);
    const file = (text: string) => ({ name: "tickets.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
    const input = page.locator("input[type=file]");
    await input.setInputFiles(file("a".repeat(2_000_000)));
    await expect.poll(() => [...standIn.uploads.values()][0]?.received).toBe(500_000);
    page.on("dialog", (dialog) => void dialog.accept());
    await page.reload();
    await row("interrupted").getByText("500 KB of 2.0 MB · interrupted").waitFor();
    await input.first().setInputFiles(file("b".repeat(1_000)));
    await row("interrupted").getByText("This is another file").waitFor();
    expect(standIn.asked.filter((asked) => asked === "POST")).toHaveLength(1);
  });

  it("cancels an upload here and on the server", async () => {
    const { standIn, answers } = uploads(500_000);
    await open(DATASET_PAGE, answers);
    await chooseFiles(page, { name: "tickets.csv", bytes: 2_000_000 });
    await expect.poll(() => standIn.uploads.size).toBe(1);
    await row("sending").waitFor();
    await page.getByRole("button", { name: "Cancel tickets.csv" }).click();
    await expect.poll(() => standIn.uploads.size).toBe(0);
    expect(await page.getByTestId("upload-row").count()).toBe(0);
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
  });

  it("says why the server refuses a file", async () => {
    const { standIn, answers } = uploads();
    standIn.refusal = problem("upload_quota") as { status: number; body: unknown };
    standIn.refusal.status = 413;
    await open(DATASET_PAGE, answers);
    await chooseFiles(page, { name: "tickets.csv", bytes: 1_000 });
    await row("failed").getByText("Too much is being uploaded at once").waitFor();
  });

  it("reads the files together once all have arrived", async () => {
    const { standIn, answers } = uploads();
    const sent: unknown[] = [];
    await open(DATASET_PAGE, {
      ...answers,
      [`POST ${DATASETS_API}/${DATASET_ID}/imports`]: (body) => {
        sent.push(body);
        return { status: 201, body: importView({ state: "waiting", profile: null }) };
      },
      [`GET ${IMPORT_API}`]: { body: importView({ state: "waiting", profile: null }) },
      [`GET ${IMPORT_API}/events`]: { hang: true },
    });
    await chooseFiles(page, { name: "tickets.csv", bytes: 3_000 }, { name: "agents.csv", bytes: 1_000 });
    await page.getByTestId("read-files").click();
    await page.getByTestId("import-progress").waitFor();
    expect(page.url()).toContain(IMPORT_PAGE);
    expect(sent).toEqual([{ files: [...standIn.uploads.keys()].map((uploadId) => ({ uploadId })) }]);
  });

  it("follows an import by the server's events to what was found", async () => {
    let view = importView({
      state: "profiling",
      profile: null,
      progress: { phase: "reading", subject: "tickets.csv", share: 0.2, rows: 9_000 },
    });
    await open(IMPORT_PAGE, {
      ...shownImport(view),
      [`GET ${IMPORT_API}/events`]: { event: "import", events: () => view },
    });
    await page.getByText("9,000 rows read").waitFor();
    view = { ...view, progress: { ...view.progress, phase: "profiling", share: 0.8, rows: 48_255 } };
    pages.server.push();
    await page.getByText("48,255 rows read").waitFor();
    expect(await page.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("80");
    view = importView();
    pages.server.push();
    await page.getByTestId("sensitive").waitFor();
  });

  it("saves each choice under the revision it was made on, and publishes what was saved", async () => {
    const sent: unknown[] = [];
    const saved = studio()[`PUT ${IMPORT_API}/choices`] as (body: unknown) => ReturnType<typeof problem>;
    await open(IMPORT_PAGE, {
      ...studio(),
      [`PUT ${IMPORT_API}/choices`]: (body) => {
        sent.push((body as { revision: number }).revision);
        return saved(body);
      },
      [`POST ${IMPORT_API}/publish`]: (body) => {
        sent.push(body);
        return { body: importView({ state: "published", version: { id: IMPORT_ID, number: 3 } }) };
      },
    });
    await page.getByTestId("action-tickets-subject").getByRole("button").click();
    await page.getByRole("option", { name: /Drop/ }).click();
    await page.locator("[data-testid=save-mark][data-phase=saved]").waitFor();
    await expect.poll(() => sent).toEqual([1]);
    await page.getByTestId("action-tickets-priority").getByRole("button").click();
    await page.getByRole("option", { name: /Mask/ }).click();
    // Without waiting for the autosave: publishing saves first.
    await page.getByTestId("publish").click();
    await page.getByTestId("publish-dialog-confirm").click();
    await page.getByTestId("import-published").waitFor();
    expect(sent).toEqual([1, 2, { revision: 3 }]);
  });

  it("asks the server for rows by filter, order and page, and moves through them by keyboard", async () => {
    const asked: string[] = [];
    await open(`${VERSION_PAGE}?view=rows`, {
      ...studio(),
      [`GET ${VERSION_API}/tables/tickets/rows`]: (_body, query) => {
        asked.push(decodeURIComponent(String(query)));
        return { body: rowPage(query) };
      },
    });
    const grid = page.getByTestId("row-grid");
    await grid.waitFor();
    expect(await grid.getByRole("row").count()).toBeLessThan(60);
    await page.getByTestId("sort-priority").focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => asked.at(-1)).toBe("page=1&pageSize=200&sort=priority");
    await page.keyboard.press("Control+End");
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute("data-cell")))
      .toBe("199:9");
    await page.getByRole("button", { name: "Next page" }).click();
    await expect.poll(() => asked.at(-1)).toBe("page=2&pageSize=200&sort=priority");
    await page.getByTestId("filter-value").fill("100000000000000007");
    await page.getByTestId("filter-add").click();
    await page.getByText("37 of 48,213 rows").waitFor();
    expect(asked.at(-1)).toBe(
      'page=1&pageSize=200&sort=priority&filter=[{"column":"id","comparison":"equals","value":"100000000000000007"}]',
    );
  });
});
