import type { Page } from "playwright-core";

/** Reading an upload, checking a draft and starting a workspace each wait for a worker. */
export const WORKER_MS = 120_000;

/** Until everything that was typed is kept by the server. */
export const saved = (page: Page) =>
  page.locator("[data-testid=save-mark][data-phase=saved]").first().waitFor({ timeout: 20_000 });

/** The action in a line of the log: between who did it and what it was done to. */
export const actionOf = (line: string) =>
  /[A-Z][A-Za-z ]*: [a-z ]+/.exec(line.replace(/^Ada Admin/, ""))?.[0];

/** Chooses from a list that opens at a button. */
export async function choose(page: Page, testId: string, option: string): Promise<void> {
  await page.getByTestId(testId).getByRole("button").click();
  await page.getByRole("option", { name: option }).click();
}

/** Pins the latest version of something. */
export async function pin(page: Page, button: string, title: string): Promise<void> {
  await page.getByTestId(button).click();
  await page.getByTestId("pick-search").fill(title);
  await page.getByTestId("pick-material").getByRole("button", { name: title }).click();
}

/** Until what is on the page has passed its check. */
export const checked = (page: Page) =>
  page.locator("[data-testid=check-badge][data-state=passed]").waitFor({ timeout: WORKER_MS });

/** Every third request to the list of tickets is answered with 503. */
export async function addRule(page: Page): Promise<void> {
  await page.getByTestId("add-rule").click();
  const dialog = page.getByTestId("rule-dialog");
  await choose(page, "rule-operations", "Only some");
  await dialog.getByText("/tickets", { exact: true }).click();
  await dialog.getByRole("button", { name: /How often/ }).click();
  await page.getByRole("option", { name: "Every so many requests" }).click();
  await dialog.getByRole("textbox", { name: "Every" }).fill("3");
  await dialog.getByRole("textbox", { name: "Name" }).fill("Third time unlucky");
  await page.getByTestId("rule-confirm").click();
  await page.getByTestId("weather-rule").getByText("Third time unlucky").waitFor();
}
