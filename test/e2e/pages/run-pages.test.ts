import type { BrowserContext, Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Run } from "../../../services/shared/contracts/run.ts";
import { LOOKS, openVisitor } from "../../support/pages/browser-visit.ts";
import { problem } from "../../support/pages/candidate-fixtures.ts";
import type { Answers } from "../../support/pages/page-server.ts";
import {
  ended,
  preparing,
  RUN,
  RUN_PATH,
  run,
  runModels,
  runView,
} from "../../support/pages/run-fixtures.ts";
import { visitStates, withPages } from "../../support/pages/with-pages.ts";
import { draft, ROOM_PATH, room } from "./review-states.ts";
import { RUN_STATES, running } from "./run-states.ts";

const pages = withPages();
visitStates(pages, "run", RUN_STATES);

describe("running a submission", () => {
  let context: BrowserContext;
  let page: Page;
  let current: Run | null;
  beforeEach(async () => {
    ({ context } = await openVisitor(pages.browser, LOOKS[0]!));
    page = await context.newPage();
    current = null;
  });
  afterEach(() => context.close());

  const open = async (more: Answers = {}, path = RUN_PATH) => {
    pages.server.answers = running(() => current, more)(pages.server);
    await page.goto(pages.server.origin + path);
  };
  const frame = () => page.getByTestId("workspace-frame");

  it("is one press away from reading, goes by the keyboard from start to end, and back", async () => {
    const done: string[] = [];
    await open(
      {
        ...room({ review: draft() }),
        [`GET ${RUN}`]: () => ({ body: runView(current) }),
        [`POST ${RUN}`]: () => {
          done.push("start");
          current = preparing();
          return { body: runView(current) };
        },
        [`DELETE ${RUN}`]: () => {
          done.push("end");
          current = ended("reviewer");
          return { body: runView(current) };
        },
      },
      ROOM_PATH,
    );
    await page.getByTestId("open-run").focus();
    await page.keyboard.press("Enter");
    await page.getByTestId("run-start").focus();
    await page.keyboard.press("Enter");
    await page.getByTestId("run-preparing").waitFor();
    current = run();
    await frame().waitFor();
    expect(await page.getByTestId("countdown").textContent()).toMatch(/^4[78]:\d\d$/);
    await page.getByTestId("run-end").focus();
    await page.keyboard.press("Enter");
    await page.getByTestId("run-end-dialog-confirm").focus();
    await page.keyboard.press("Enter");
    await page.getByTestId("run-over-reviewer").waitFor();
    expect(done).toEqual(["start", "end"]);
    await page.getByRole("link", { name: "Back to reading" }).click();
    await page.getByTestId("open-run").waitFor();
  });

  it("keeps the editor in place while it looks again, and says when the run is lost", async () => {
    let links = 0;
    current = run();
    await open({
      [`POST ${RUN}/workspace-links`]: () => {
        links += 1;
        return { body: { url: pages.server.sandboxUrl(`run${links}`), expiresAt: new Date().toISOString() } };
      },
    });
    await frame().waitFor();
    current = run({ models: runModels({ replayed: 42 }) });
    await expect.poll(() => page.getByTestId("run-models").textContent(), { timeout: 8000 }).toContain("42");
    expect(links).toBe(1);
    current = ended("lost");
    await page.getByTestId("run-over-lost").waitFor({ timeout: 8000 });
    expect(await frame().count()).toBe(0);
  });

  it("sends what may be spent, and shows it", async () => {
    const sent: unknown[] = [];
    current = run();
    await open({
      [`POST ${RUN}/spending`]: (body) => {
        sent.push(body);
        current = run({ models: runModels({ spending: { limitUsd: 1.5, spentUsd: 0, reservedUsd: 0 } }) });
        return { body: runView(current) };
      },
    });
    await page.getByTestId("run-allow").click();
    expect(await page.getByTestId("run-spending-usd").inputValue()).toBe("5");
    await page.getByTestId("run-spending-usd").fill("1.5");
    await page.keyboard.press("Tab");
    await page.getByTestId("run-spending-confirm").click();
    await page.getByTestId("run-spending-dialog").waitFor({ state: "detached" });
    expect(sent).toEqual([{ usd: 1.5 }]);
    expect(await page.getByTestId("run-models").textContent()).toContain("$0.00 of $1.50");
  });

  it("opens the app's port in a tab of its own", async () => {
    const sent: unknown[] = [];
    current = run();
    await open({
      [`POST ${RUN}/workspace-links`]: (body) => {
        sent.push(body);
        return { body: { url: pages.server.sandboxUrl("app"), expiresAt: new Date().toISOString() } };
      },
    });
    await page.getByTestId("run-preview").click();
    await page.getByTestId("preview-port").fill("8501");
    const [tab] = await Promise.all([context.waitForEvent("page"), page.getByTestId("preview-open").click()]);
    await tab.waitForURL(pages.server.sandboxUrl("app"));
    expect(sent.at(-1)).toEqual({ target: 8501 });
  });

  it("goes on when the platform does not answer for a while", async () => {
    current = run();
    await open();
    await frame().waitFor();
    pages.server.answers = { ...pages.server.answers, [`GET ${RUN}`]: problem("unavailable") };
    await page.getByTestId("run-stale").waitFor({ timeout: 20_000 });
    expect(await frame().count()).toBe(1);
    pages.server.answers = running(() => current)(pages.server);
    await page.getByTestId("run-stale").waitFor({ state: "detached", timeout: 20_000 });
  });
});
