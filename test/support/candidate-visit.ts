import type { FrameLocator, Page } from "playwright-core";

/** Signs a member of staff in; where they land is up to their role. */
export async function signIn(
  page: Page,
  account: { url: string; email: string; password: string },
): Promise<void> {
  await page.goto(account.url);
  await page.getByTestId("email").fill(account.email);
  await page.getByTestId("password").fill(account.password);
  await page.getByTestId("sign-in-submit").click();
}

/** From the lobby into the editor: agrees, starts, and waits until its terminal answers. */
export async function startWork(page: Page): Promise<FrameLocator> {
  await page.getByTestId("consent").click();
  await page.getByTestId("start").click();
  await page.getByTestId("start-dialog").getByRole("button", { name: "Start", exact: true }).click();
  await page.getByTestId("workspace").waitFor({ timeout: 120_000 });
  const ide = page.frameLocator("[data-testid=workspace-frame]");
  await ide.locator(".monaco-workbench").waitFor({ timeout: 60_000 });
  await ide.locator(".xterm").first().waitFor({ timeout: 60_000 });
  // What is typed before there is a prompt may be lost, and what the terminal draws is no text that could be waited for.
  await page.waitForTimeout(3000);
  return ide;
}

/** Types a command into the editor's terminal. */
export async function typeInTerminal(page: Page, ide: FrameLocator, command: string): Promise<void> {
  await ide.locator(".xterm").first().click();
  await page.keyboard.type(`${command}\n`, { delay: 2 });
}

/** Hands the work in, and waits for the receipt. */
export async function submitWork(page: Page, notes: string): Promise<void> {
  await page.getByTestId("submit").click();
  await page.getByTestId("submit-notes").fill(notes);
  await page.getByTestId("submit-confirm").click();
  await page.getByTestId("receipt").waitFor({ timeout: 60_000 });
}
