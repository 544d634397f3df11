import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import type { PageState } from "../../e2e/pages/candidate-states.ts";
import { launchPageBrowser } from "../browser.ts";
import { LOOKS, type Look, openVisitor, VISITS_EVERYTHING } from "./browser-visit.ts";
import { buildPages } from "./build-pages.ts";
import { PageServer } from "./page-server.ts";
import { visitState } from "./visit-state.ts";

export interface Pages {
  browser: Browser;
  server: PageServer;
}

/** The built pages and a browser for all tests of a file; filled before the first of them runs. */
export function withPages(): Pages {
  const pages = {} as Pages;
  beforeAll(async () => {
    pages.server = new PageServer(buildPages());
    await pages.server.start();
    pages.browser = await launchPageBrowser();
  });
  afterAll(async () => {
    await pages.browser?.close();
    await pages.server?.stop();
  });
  return pages;
}

/** Whether a state is visited in a look: the first of an area in every look, the others in turn. */
function isVisited(look: Look, state: PageState, index: number): boolean {
  const isPhone = look.width < 768;
  if (state.wideOnly) return !isPhone;
  return VISITS_EVERYTHING || index === 0 || isPhone === (index % 2 === 1);
}

/**
 * Visits every state: once, on a laptop in light or on a phone in the dark, in turn; `npm run test:looks` in every look.
 * @param area folder of the screenshots, and whose pages they are
 */
export function visitStates(pages: Pages, area: string, states: readonly PageState[]): void {
  describe.each(LOOKS)(`${area} pages, $name`, (look) => {
    let context: BrowserContext;
    let complaints: string[];
    beforeAll(async () => {
      ({ context, complaints } = await openVisitor(pages.browser, look));
    });
    afterAll(() => context.close());

    it.each(states.filter((state, index) => isVisited(look, state, index)))("$name", (state) =>
      visitState({ context, complaints, server: pages.server, look, area }, state),
    );
  });
}
