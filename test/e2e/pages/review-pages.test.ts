import type { BrowserContext, Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LOOKS, openVisitor } from "../../support/pages/browser-visit.ts";
import { problem } from "../../support/pages/candidate-fixtures.ts";
import type { Answer, Answers } from "../../support/pages/page-server.ts";
import { COMPLETE, QUEUE, REVIEWER, review, SUBMISSION } from "../../support/pages/review-fixtures.ts";
import { SUBMITTED_FILES } from "../../support/pages/submitted-files.ts";
import { visitStates, withPages } from "../../support/pages/with-pages.ts";
import { draft, REVIEW_STATES, ROOM_PATH, room, roomPath } from "./review-states.ts";

const pages = withPages();
visitStates(pages, "review", REVIEW_STATES);

describe("reading and rating", () => {
  let context: BrowserContext;
  let page: Page;
  beforeEach(async () => {
    ({ context } = await openVisitor(pages.browser, LOOKS[0]!));
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    page = await context.newPage();
  });
  afterEach(() => context.close());

  const open = async (answers: Answers, path = ROOM_PATH) => {
    pages.server.answers = answers;
    await page.goto(pages.server.origin + path);
    await page.getByTestId("code-view").or(page.getByTestId("file-pane")).first().waitFor();
  };
  const phase = (name: string) => page.locator(`[data-testid=save-mark][data-phase=${name}]`).waitFor();
  const summary = () => page.getByTestId("review-summary");

  it("starts a review with the first rating and saves it", async () => {
    const saved: unknown[] = [];
    const answers = room();
    const put = answers[`PUT ${SUBMISSION}/review`] as (body: unknown) => Answer;
    await open({
      ...answers,
      [`PUT ${SUBMISSION}/review`]: (body) => {
        saved.push(body);
        return put(body);
      },
    });
    await page.getByTestId("criterion-api_use").getByText("Robust").click();
    await expect.poll(() => saved.length, { timeout: 10_000 }).toBe(1);
    await phase("saved");
    expect(saved[0]).toMatchObject({ revision: 1, ratings: { api_use: { level: 4 } } });
  });

  it("says that the reviewer is signed out when that keeps a review from being started", async () => {
    await open(room({ more: { [`POST ${SUBMISSION}/review`]: problem("sign_in_required") } }));
    await summary().fill("First words");
    await phase("failed");
    await page.getByTestId("save-failure").getByText("You have been signed out").waitFor();
    expect(await summary().inputValue()).toBe("First words");
  });

  it("keeps what was typed through a dead server and a reload", async () => {
    const answers = room({ review: draft() });
    const dead: Answers = { ...answers, [`PUT ${SUBMISSION}/review`]: problem("unavailable") };
    await open(dead);
    await summary().fill("Words that must not be lost");
    await phase("failed");
    await page.reload();
    await expect.poll(() => summary().inputValue(), { timeout: 10_000 }).toBe("Words that must not be lost");
    pages.server.answers = answers;
    await page
      .getByRole("button", { name: "Save now" })
      .click({ timeout: 3_000 })
      .catch(() => undefined);
    await phase("saved");
    await page.reload();
    await expect.poll(() => summary().inputValue(), { timeout: 10_000 }).toBe("Words that must not be lost");
    expect(
      await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes("draft"))),
    ).toEqual([]);
  });

  it("joins what another tab saved, without asking, when the fields differ", async () => {
    const answers = room({ review: draft() });
    await open(answers);
    const other = await context.newPage();
    await other.goto(pages.server.origin + ROOM_PATH);
    await other.getByTestId("evidence-evaluation").fill("From the other tab");
    await other.locator("[data-testid=save-mark][data-phase=saved]").waitFor();
    await other.waitForTimeout(1_500);
    await summary().fill("From this tab");
    await expect
      .poll(() => page.getByTestId("evidence-evaluation").inputValue(), { timeout: 8_000 })
      .toBe("From the other tab");
    await phase("saved");
    expect(await summary().inputValue()).toBe("From this tab");
  });

  it("walks through files and rates by single keys, and leaves keys alone while typing", async () => {
    await open(room({ review: draft() }), roomPath("src/helpdesk.py"));
    const path = () => page.getByTestId("open-path").textContent();
    await page.getByTestId("code-view").waitFor();
    await page.keyboard.press("j");
    await expect.poll(path).toBe("src/mixed.txt");
    await page.keyboard.press("k");
    await expect.poll(path).toBe("src/helpdesk.py");
    await page.keyboard.press("]");
    await page.keyboard.press("5");
    await expect.poll(() => page.locator("[data-criterion=api_use] input[value='5']").isChecked()).toBe(true);
    const evidence = page.getByTestId("evidence-api_use");
    await evidence.fill("");
    await evidence.pressSequentially("j5?k/d");
    expect(await evidence.inputValue()).toBe("j5?k/d");
    expect(await path()).toBe("src/helpdesk.py");
    expect(await page.getByTestId("shortcut-help").count()).toBe(0);
  });

  it("moves through the tree by the arrow keys and opens with Enter", async () => {
    await open(room(), roomPath("README.md"));
    const tree = page.getByTestId("file-tree");
    await tree.focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => tree.locator("[aria-expanded=false]").count()).toBe(1);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.getByTestId("open-path").textContent()).toBe("data/empty.jsonl");
  });

  it("inserts the selected lines as a reference, and goes back to them", async () => {
    await open(room({ review: draft() }), roomPath("src/helpdesk.py"));
    const line = (number: number) =>
      page.locator(".cm-lineNumbers .cm-gutterElement", { hasText: new RegExp(`^${number}$`) });
    await line(21).click();
    await line(24).click({ modifiers: ["Shift"] });
    const evidence = page.getByTestId("evidence-evaluation");
    await evidence.fill("Gives up");
    await page.getByTestId("insert-reference-evaluation").click();
    expect(await evidence.inputValue()).toBe("Gives up src/helpdesk.py:21-24 ");
    await page.getByRole("button", { name: "Go to README.md:9-14" }).click();
    await expect.poll(() => page.getByTestId("open-path").textContent()).toBe("README.md");
    await expect.poll(() => page.locator(".cm-selectionBackground").count()).toBeGreaterThan(0);
  });

  it("shows direction changes and zero-width characters in code and in names, and none of them raw", async () => {
    await open(room(), roomPath("src/refunds.py"));
    await page.locator(".cm-hidden-character").first().waitFor();
    expect(await page.locator(".cm-hidden-character").allTextContents()).toEqual([
      "RLO",
      "LRI",
      "PDI",
      "LRI",
      "ZWSP",
    ]);
    const raw = /[\u202a-\u202e\u2066-\u2069\u200b]/;
    expect(SUBMITTED_FILES.some(({ text }) => raw.test(text ?? ""))).toBe(true);
    expect(await page.locator("body").textContent()).not.toMatch(raw);
  });

  it("opens a line of 700,000 characters and stays responsive", async () => {
    await open(room(), roomPath("src/web/dist/bundle.min.js"));
    await page.locator(".cm-line").first().waitFor({ timeout: 10_000 });
    const drawn = await page.evaluate(() => document.querySelector(".cm-content")?.textContent?.length ?? 0);
    expect(drawn).toBeLessThan(100_000);
    const startedAt = Date.now();
    await page.keyboard.press("k");
    await expect.poll(() => page.getByTestId("open-path").textContent()).not.toContain("bundle");
    expect(Date.now() - startedAt).toBeLessThan(5_000);
  });

  it("submits once everything is there, and locks", async () => {
    await open(room({ review: review({ ...COMPLETE, summary: "" }) }));
    await page.getByTestId("submit-review").click();
    await page.getByText("Write a sentence or two.").waitFor();
    await summary().fill("Careful work.");
    await page.getByTestId("submit-review").click();
    await page.getByTestId("submit-dialog-confirm").click();
    await page.getByTestId("submitted-review").waitFor();
    expect(await page.getByTestId("weighted-score").textContent()).toBe("3.83");
    expect(await page.getByTestId("submit-review").count()).toBe(0);
  });

  it("submits nothing, and says so, while another tab's words are in the way", async () => {
    let wasSubmitted = false;
    const newer = review({ ...COMPLETE, revision: 9, summary: "Written in the other tab." });
    await open({
      ...room({ review: review(COMPLETE) }),
      [`PUT ${SUBMISSION}/review`]: problem("review_conflict"),
      [`POST ${SUBMISSION}/review`]: { body: newer },
      [`POST ${SUBMISSION}/review/submit`]: () => {
        wasSubmitted = true;
        return problem("review_conflict");
      },
    });
    await summary().fill("Written here.");
    await page.getByTestId("submit-review").click();
    await page.getByTestId("submit-dialog-confirm").click();
    await page.getByTestId("submit-dialog").getByText("Your last changes are not saved yet").waitFor();
    expect(await page.getByText("Review submitted").count()).toBe(0);
    expect(wasSubmitted).toBe(false);
    await page.getByRole("button", { name: "Keep editing" }).click();
    await page.getByTestId("keep-mine").waitFor();
    expect(await summary().inputValue()).toBe("Written here.");
  });
});

describe("signing in", () => {
  it.each([
    ["/review", "/review"],
    ["//evil.example/", "/review"],
  ])("with next=%s ends at %s", async (next, end) => {
    const { context } = await openVisitor(pages.browser, LOOKS[0]!);
    const page = await context.newPage();
    let isSignedIn = false;
    const become = (signedIn: boolean) => () => {
      isSignedIn = signedIn;
      return { body: { ok: true } };
    };
    pages.server.answers = {
      "GET /api/staff/me": () => (isSignedIn ? { body: REVIEWER } : (problem("sign_in_required") as Answer)),
      "POST /api/auth/sign-in/email": become(true),
      "POST /api/auth/sign-out": become(false),
      "GET /api/review/queue": { body: { items: QUEUE } },
    };
    await page.goto(`${pages.server.origin}/sign-in?next=${encodeURIComponent(next)}`);
    await page.getByTestId("email").fill("noor@harbourly.example");
    await page.getByTestId("password").fill("correct horse battery");
    await page.keyboard.press("Enter");
    await page.getByTestId("queue-search").waitFor();
    expect(new URL(page.url()).origin).toBe(pages.server.origin);
    expect(new URL(page.url()).pathname).toBe(end);
    await page.getByTestId("sign-out").click();
    await page.getByTestId("sign-in-reason").waitFor();
    await context.close();
  });
});
