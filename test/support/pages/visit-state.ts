import type { BrowserContext } from "playwright-core";
import { expect } from "vitest";
import type { PageState } from "../../e2e/pages/candidate-states.ts";
import { findBarriers, keepScreenshot, type Look, overflowsSideways } from "./browser-visit.ts";
import type { PageServer } from "./page-server.ts";

export interface Visit {
  context: BrowserContext;
  complaints: string[];
  server: PageServer;
  look: Look;
  /** Folder of the screenshots. */
  area: string;
}

/** Brings a page into a state, keeps a picture of it, and checks what must hold in every state. */
export async function visitState(
  { context, complaints, server, look, area }: Visit,
  state: PageState,
): Promise<void> {
  complaints.length = 0;
  server.unanswered = [];
  server.answers = state.answers(server);
  const page = await context.newPage();
  try {
    await page.goto(server.origin + state.path);
    await state.act?.(page, server);
    await page.getByTestId(state.shows).first().waitFor({ timeout: 15_000 });
    await page.evaluate(() => document.fonts.ready);
    await keepScreenshot(page, area, `${state.name}.${look.name}`);
    expect(await findBarriers(page)).toEqual([]);
    expect(await overflowsSideways(page)).toBe(false);
    expect(server.unanswered).toEqual([]);
    expect(complaints.filter((text) => !state.mayComplain?.test(text))).toEqual([]);
  } finally {
    await page.close();
    // What one state typed must not come back as an unsaved draft in the next.
    await context.clearCookies();
    await forgetDrafts(context, server.origin);
  }
}

async function forgetDrafts(context: BrowserContext, origin: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${origin}/favicon.svg`);
  await page.evaluate(() => localStorage.clear());
  await page.close();
}
