import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { signIn, startWork, submitWork, typeInTerminal } from "../support/candidate-visit.ts";
import { readArchived } from "../support/read-archived.ts";
import { FIRST_TICKET_ID, TICKET_ROWS, ticketApi, ticketExport } from "../support/studio-material.ts";
import { actionOf, addRule, checked, choose, pin, saved, WORKER_MS } from "../support/studio-steps.ts";

const demo = inject("demo");
const SCREENSHOTS = join(import.meta.dirname, "../.output/screenshots/studio");
/** One run's things are told from another's on the same instance. */
const run = Date.now().toString(36);
const TITLES = { dataset: `Tickets ${run}`, api: `Helpdesk ${run}`, assessment: `Tame the tickets ${run}` };
const CANDIDATES = [
  { name: "Ada Walk", email: `ada-${run}@candidates.example` },
  { name: "Björn Walk", email: `bjoern-${run}@candidates.example` },
];
const exported = ticketExport();

let browser: Browser;
let scratch: string;
beforeAll(async () => {
  browser = await launchBrowser();
  scratch = await mkdtemp(join(tmpdir(), "worksample-test-"));
});
afterAll(async () => {
  await browser?.close();
  await rm(scratch, { recursive: true, force: true });
});

async function visitor(): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true });
  return context.newPage();
}

const shoot = (page: Page, name: string) =>
  page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });

describe("from a company's own data and API to a submission", () => {
  let page: Page;
  let context: BrowserContext;
  let candidateLink: string;

  beforeAll(async () => {
    page = await visitor();
    context = page.context();
    await signIn(page, demo.admin);
    await page.getByRole("link", { name: "Datasets", exact: true }).waitFor();
  });
  afterAll(() => context?.close());
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") await shoot(page, "failed");
  });

  it("uploads an export, and says what had to be repaired", async () => {
    await page.getByRole("link", { name: "Datasets", exact: true }).click();
    await page.getByTestId("new-dataset").click();
    await page.getByTestId("dataset-title").fill(TITLES.dataset);
    await page.getByTestId("dataset-confirm").click();
    await page.getByTestId("upload-panel").waitFor();
    await page.locator("input[type=file]").first().setInputFiles({
      name: "tickets.csv",
      mimeType: "text/csv",
      buffer: exported.bytes,
    });
    await page.locator("[data-testid=upload-row][data-phase=stored]").waitFor();
    await shoot(page, "01-uploaded");
    await page.getByTestId("read-files").click();
    const detected = page.getByTestId("detected");
    await detected.waitFor({ timeout: WORKER_MS });
    // One row has more fields than there are columns: nobody can tell which of them is which.
    await detected.getByText(`${TICKET_ROWS - 1} rows in 1 table`).waitFor();
    await detected.getByText("Windows-1252 (Latin-1) · separated by semicolons").waitFor();
    const issues = page.getByTestId("row-issues");
    await issues.getByRole("button", { name: /Too few fields.*1 repaired/ }).click();
    await issues.getByText("line 22").waitFor();
    await issues.getByRole("button", { name: /Too many fields.*1 skipped/ }).click();
    await issues.getByText("Überzähliges").waitFor();
    await shoot(page, "02-profiled");
  });

  it("treats the columns that point at people, and publishes a version without them", async () => {
    const sensitive = page.getByTestId("sensitive");
    await sensitive.getByText("2 columns may hold personal data").waitFor();
    await choose(page, "finding-tickets-customer_email", "Pseudonymise");
    await choose(page, "finding-tickets-card_number", "Mask");
    await page.getByText("1 column masked, 1 pseudonymised").waitFor();
    await saved(page);
    await page.getByTestId("publish").click();
    await page.getByTestId("publish-dialog").waitFor();
    await shoot(page, "03-publish-dataset");
    await page.getByTestId("publish-dialog-confirm").click();
    await page.getByTestId("import-published").waitFor({ timeout: WORKER_MS });
    await page.getByRole("link", { name: "See version 1" }).click();
    await page.getByTestId("lineage").getByText("customer_email").waitFor();
    await page.getByTestId("segment-rows").click();
    await page.getByTestId("row-grid").getByText(String(FIRST_TICKET_ID)).waitFor();
    await shoot(page, "04-dataset-version");
    const shown = (await page.getByTestId("version").textContent()) ?? "";
    for (const secret of [...exported.emails, ...exported.cards]) expect(shown).not.toContain(secret);
  });

  it("takes the description of an API, and says whether it can be served", async () => {
    await page.getByRole("link", { name: "Mock APIs", exact: true }).click();
    await page.getByTestId("new-mock-api").click();
    await page.getByTestId("mock-api-title").fill(TITLES.api);
    await page.getByTestId("mock-api-confirm").click();
    await page.getByTestId("upload-panel").waitFor();
    await page.locator("input[type=file]").setInputFiles({
      name: "helpdesk.yaml",
      mimeType: "application/yaml",
      buffer: Buffer.from(ticketApi(TITLES.api)),
    });
    await checked(page);
    await page.getByTestId("operations").getByText("/tickets/{ticketId}").waitFor();
    await shoot(page, "05-document");
  });

  it("binds it to the data as proposed, lets every third list fail, and publishes", async () => {
    await page.getByTestId("tab-answers").click();
    await page.getByTestId("choose-dataset").click();
    await choose(page, "dataset-select", TITLES.dataset);
    await page.getByTestId("dataset-choose").click();
    await page.getByTestId("dataset-card").getByText(`${TITLES.dataset}, version 1`).waitFor();
    await page.getByTestId("propose").click();
    await page.getByTestId("proposed").nth(1).waitFor();
    await shoot(page, "06-proposal");
    await page.getByTestId("accept-proposal").click();
    await saved(page);
    await shoot(page, "07-answers");
    await page.getByTestId("tab-weather").click();
    await addRule(page);
    await saved(page);
    await shoot(page, "08-weather");
    await page.getByTestId("check").click();
    await checked(page);
    await page.getByTestId("publish").click();
    await page.getByTestId("publish-dialog").getByText("2 operations, 2 of them on data").waitFor();
    await shoot(page, "09-publish-api");
    await page.getByTestId("publish-dialog-confirm").click();
    await page.getByTestId("versions").getByText("Version 1").waitFor();
    await page.getByText("Published as version 1").waitFor();
    await shoot(page, "09-published-api");
  });

  it("composes an assessment of both", async () => {
    await page.getByRole("link", { name: "Assessments", exact: true }).click();
    await page.getByTestId("new-assessment").click();
    await page.getByTestId("new-title").fill(TITLES.assessment);
    await page.getByTestId("new-assessment-dialog").getByText("API integrator", { exact: true }).click();
    await page.getByTestId("new-assessment-confirm").click();
    await page.getByTestId("section-task").waitFor();
    await page.getByTestId("company-name").fill("Walkers");
    await page.getByTestId("brief").click();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("# Support tickets\n\nTell us which tickets wait too long.\n");
    const preview = page.getByRole("region", { name: "Preview of Brief in Markdown" });
    await preview.getByText("Tell us which tickets wait too long.").waitFor();
    await saved(page);
    await shoot(page, "10-task");
    await page.getByTestId("go-materials").click();
    await pin(page, "add-datasets", TITLES.dataset);
    await page.getByTestId("mount-name-0").fill("tickets");
    await pin(page, "add-mock-apis", TITLES.api);
    await page.getByTestId("hostname-0").fill("helpdesk.internal");
    await page.locator("[data-testid=go-materials][data-mark=done]").waitFor();
    await saved(page);
    await shoot(page, "11-materials");
  });

  it("passes its check, with a workspace started from it", async () => {
    await page.getByTestId("check-and-publish").click();
    await shoot(page, "12-before-check");
    await page.getByTestId("run-check").click();
    await page.getByTestId("check-passed").waitFor({ timeout: WORKER_MS });
    await shoot(page, "13-checked");
  });

  it("is tried as a candidate, from the lobby to the receipt", async () => {
    await page.getByTestId("start-trial").click();
    const link = await page.getByTestId("open-trial").first().getAttribute("href");
    await shoot(page, "14-trial-link");
    const trial = await visitor();
    await trial.goto(link!);
    await trial.getByTestId("lobby").waitFor();
    await shoot(trial, "15-trial-lobby");
    const ide = await startWork(trial);
    await ide.getByRole("treeitem", { name: "BRIEF.md" }).waitFor({ timeout: 60_000 });
    await shoot(trial, "16-trial-workspace");
    await submitWork(trial, "Only a try.");
    await shoot(trial, "17-trial-receipt");
    await trial.context().close();
  });

  it("publishes a version that never changes", async () => {
    await page.getByTestId("publish").click();
    await page.getByTestId("change-note").fill("The first one");
    await shoot(page, "18-publish");
    await page.getByTestId("publish-dialog-confirm").click();
    await page.getByTestId("section-versions").waitFor();
    await page.getByText("The first one").waitFor();
    await shoot(page, "19-versions");
  });

  it("invites candidates from a table, and leaves out the line that cannot be", async () => {
    await page.getByRole("link", { name: "Board", exact: true }).click();
    await page.getByTestId("to-bulk").click();
    const lines = [...CANDIDATES.map(({ name, email }) => `${name};${email}`), "Nobody;not-an-address"];
    await page
      .getByTestId("bulk-form")
      .locator("input[type=file]")
      .setInputFiles({
        name: "candidates.csv",
        mimeType: "text/csv",
        buffer: Buffer.from(["Name;E-Mail", ...lines].join("\r\n"), "latin1"),
      });
    await page.getByTestId("bulk-file").waitFor();
    await choose(page, "bulk-version", `${TITLES.assessment}, version 1`);
    await shoot(page, "20-bulk");
    await page.getByTestId("bulk-check").click();
    const report = page.getByTestId("bulk-report");
    await report.getByText("1 line cannot be invited").waitFor();
    await page.getByTestId("segment-all").click();
    await report.getByText("Björn Walk").waitFor();
    await shoot(page, "21-bulk-report");
    await page.getByTestId("bulk-create").click();
    await page.getByTestId("bulk-result").getByText("2 candidates invited").waitFor();
    await shoot(page, "22-bulk-result");
    const [links] = await Promise.all([
      page.waitForEvent("download"),
      page.getByTestId("bulk-links").click(),
    ]);
    const table = await readFile(await links.path(), "utf8");
    candidateLink = new RegExp(`"${CANDIDATES[1]!.email}","([^"]+)"`).exec(table)![1]!;
    await page.getByRole("link", { name: "To the board" }).click();
    await page.getByTestId("board-search").fill(run);
    for (const { email } of CANDIDATES) await page.getByRole("row").filter({ hasText: email }).waitFor();
    await expect.poll(() => page.getByRole("row").count(), { timeout: 15_000 }).toBe(1 + CANDIDATES.length);
    await shoot(page, "23-board");
  });

  it("is taken: the data is read, the API called, its fault met as scheduled", async () => {
    const candidate = await visitor();
    await candidate.goto(candidateLink);
    await candidate.getByTestId("lobby").waitFor();
    await shoot(candidate, "24-lobby");
    const ide = await startWork(candidate);
    await shoot(candidate, "25-workspace");
    await typeInTerminal(candidate, ide, "head -n 2 /datasets/tickets/csv/tickets.csv > look.txt");
    await typeInTerminal(
      candidate,
      ide,
      `for n in 1 2 3 4 5 6; do curl -s -o answer-$n.json -w '%{http_code}\\n' -H "X-Api-Key: $HELPDESK_API_KEY" $HELPDESK_BASE_URL/tickets >> statuses.txt; done; curl -s -w '%{http_code}\\n' $HELPDESK_BASE_URL/tickets > keyless.txt; touch done.txt`,
    );
    await ide.getByRole("treeitem", { name: "done.txt" }).waitFor({ timeout: 30_000 });
    await shoot(candidate, "26-work");
    await candidate.getByRole("tab", { name: "Dataset" }).click();
    await candidate.getByText("customer_email").first().waitFor();
    await shoot(candidate, "26-dataset");
    await candidate.getByRole("tab", { name: "API" }).click();
    await candidate.getByText("http://helpdesk.internal").first().waitFor();
    await shoot(candidate, "26-api");
    await submitWork(candidate, "See statuses.txt");
    await shoot(candidate, "27-receipt");
    const [download] = await Promise.all([
      candidate.waitForEvent("download"),
      candidate.getByTestId("download-archive").click(),
    ]);
    const archive = join(scratch, "submission.tar.zst");
    await download.saveAs(archive);
    await candidate.context().close();
    const taken = page.getByRole("row").filter({ hasText: CANDIDATES[1]!.email });
    await taken.getByText("Submitted", { exact: true }).waitFor();
    await taken.getByText("2 faults met").waitFor();
    await shoot(page, "27-board");
    const read = async (name: string) => (await readArchived(archive, `workspace/${name}`)) ?? "";
    const look = await read("look.txt");
    expect(look).toContain(`${FIRST_TICKET_ID}`);
    expect(look).toContain("Rückerstattung");
    expect(look).not.toContain("kunde.example");
    expect((await read("statuses.txt")).trim().split("\n")).toEqual([
      "200",
      "200",
      "503",
      "200",
      "200",
      "503",
    ]);
    const page1 = JSON.parse(await read("answer-1.json")) as {
      items: { ticket_id: string }[];
      total: number;
    };
    expect(page1.total).toBe(TICKET_ROWS - 1);
    expect(page1.items[0]?.ticket_id).toMatch(/^9007199254740991\d\d$/);
    expect(await read("keyless.txt")).toMatch(/401\n$/);
  });

  it("waits for its reviewers under a code name, and the try does not", async () => {
    const reviewer = await visitor();
    await signIn(reviewer, demo.reviewer2);
    const mine = reviewer.getByRole("row").filter({ hasText: TITLES.assessment });
    await mine.first().waitFor();
    await shoot(reviewer, "28-queue");
    expect(await mine.count()).toBe(1);
    expect(await mine.getByRole("link").textContent()).toMatch(/^[A-Z][a-z]+ [A-Z][a-z]+ \d+/);
    expect(await reviewer.content()).not.toContain("Björn");
    await reviewer.context().close();
  });

  it("left every action in the audit log, whose chain holds", async () => {
    await page.getByRole("link", { name: "Settings", exact: true }).click();
    await page.getByRole("link", { name: "Audit log" }).click();
    await page.getByTestId("check-audit").click();
    await page.getByTestId("chain-holds").waitFor();
    await page.getByTestId("audit-search").fill(run);
    const log = page.getByRole("list", { name: "Events, the newest first" });
    await expect
      .poll(async () => (await log.getByRole("button").allTextContents()).map(actionOf), { timeout: 15_000 })
      .toEqual([
        "Invitation: create bulk",
        "Assessment: publish",
        "Assessment: try",
        "Assessment: check",
        "Assessment: create",
        "Mock API: publish",
        "Mock API: put document",
        "Mock API: create",
        "Dataset: publish",
        "Dataset: choose columns",
        "Dataset: import",
        "Dataset: create",
      ]);
    await shoot(page, "29-audit");
  });
});
