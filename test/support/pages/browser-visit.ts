import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContext, Page } from "playwright-core";

export interface Look {
  name: string;
  scheme: "light" | "dark";
  width: number;
  height: number;
}

const ALL_LOOKS: readonly Look[] = [
  { name: "light-1280", scheme: "light", width: 1280, height: 800 },
  { name: "dark-1280", scheme: "dark", width: 1280, height: 800 },
  { name: "light-390", scheme: "light", width: 390, height: 844 },
  { name: "dark-390", scheme: "dark", width: 390, height: 844 },
];

export const VISITS_EVERYTHING = process.env.WORKSAMPLE_LOOKS === "all";

/** Two looks meet both colour schemes, a laptop and a phone. */
export const LOOKS: readonly Look[] = VISITS_EVERYTHING
  ? ALL_LOOKS
  : ALL_LOOKS.filter(({ name }) => name === "light-1280" || name === "dark-390");

/** A fresh browser profile; collects what a page complains about (errors, policy violations, foreign requests). */
export async function openVisitor(browser: Browser, look: Look) {
  const context: BrowserContext = await browser.newContext({
    colorScheme: look.scheme,
    viewport: { width: look.width, height: look.height },
    reducedMotion: "reduce",
    locale: "en-GB",
    timezoneId: "Europe/Stockholm",
  });
  const complaints: string[] = [];
  context.on("page", (page) => listen(page, complaints));
  return { context, complaints };
}

function listen(page: Page, complaints: string[]): void {
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("console", (message) => {
    // A failing call is what some states are about; everything else said at this level is a fault.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      complaints.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith("http") && !/(^|\.)localhost$/.test(hostname))
      complaints.push(`foreign: ${request.url()}`);
  });
}

/** Serious and critical findings of axe, one line each. */
export async function findBarriers(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .exclude("iframe")
    // The reference is a program of others; its barriers (small targets, a few buttons without names) are theirs.
    .exclude(".scalar-app")
    // react-aria's announcements of a pending button outlive the button they name by some seconds.
    .exclude("[data-live-announcer]")
    .setLegacyMode(true)
    .analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.failureSummary ?? ""}`),
    );
}

/** The page is wider than the window: something would have to be scrolled sideways. */
export async function overflowsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth + 1);
}

export async function keepScreenshot(page: Page, area: string, name: string): Promise<void> {
  const folder = join("test/.output/screenshots", area);
  mkdirSync(folder, { recursive: true });
  // A dialog covers the window, not the page.
  const fullPage = (await page.locator("[role=dialog], [role=alertdialog]").count()) === 0;
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage, animations: "disabled" });
}
