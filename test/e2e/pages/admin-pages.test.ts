import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { LOOKS, launchBrowser, openVisitor } from "../../support/pages/browser-visit.ts";
import { buildPages } from "../../support/pages/build-pages.ts";
import { PageServer } from "../../support/pages/page-server.ts";
import { visitState } from "../../support/pages/staff-visit.ts";
import { ADMIN_STATES } from "./admin-states.ts";

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

describe.each(LOOKS)("the admin's pages, $name", (look) => {
  let context: BrowserContext;
  let complaints: string[];
  beforeAll(async () => {
    ({ context, complaints } = await openVisitor(browser, look));
  });
  afterAll(() => context.close());

  it.each(ADMIN_STATES)("$name", (state) =>
    visitState({ context, complaints, server, look, area: "admin" }, state),
  );
});
