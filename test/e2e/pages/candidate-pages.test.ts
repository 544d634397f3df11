import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../../support/browser.ts";
import {
  findBarriers,
  keepScreenshot,
  LOOKS,
  openVisitor,
  overflowsSideways,
} from "../../support/pages/browser-visit.ts";
import { buildPages } from "../../support/pages/build-pages.ts";
import { PageServer } from "../../support/pages/page-server.ts";
import { CANDIDATE_STATES } from "./candidate-states.ts";

let browser: Browser;
let server: PageServer;

beforeAll(async () => {
  server = new PageServer(buildPages());
  await server.start();
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe.each(LOOKS)("the candidate's pages, $name", (look) => {
  let context: BrowserContext;
  let complaints: string[];

  beforeAll(async () => {
    ({ context, complaints } = await openVisitor(browser, look));
  });
  afterAll(() => context.close());

  const phone = look.width < 768;
  it.each(CANDIDATE_STATES.filter((state) => !(phone && state.wideOnly)))("$name", async (state) => {
    complaints.length = 0;
    server.unanswered = [];
    server.answers = state.answers(server);
    const page = await context.newPage();
    try {
      await page.goto(server.origin + state.path);
      await state.act?.(page, server);
      await page.getByTestId(state.shows).first().waitFor({ timeout: 15_000 });
      await page.evaluate(() => document.fonts.ready);
      await keepScreenshot(page, "candidate", `${state.name}.${look.name}`);
      expect(await findBarriers(page)).toEqual([]);
      expect(await overflowsSideways(page)).toBe(false);
      expect(server.unanswered).toEqual([]);
      expect(complaints.filter((text) => !state.mayComplain?.test(text))).toEqual([]);
    } finally {
      await page.close();
    }
  });
});
