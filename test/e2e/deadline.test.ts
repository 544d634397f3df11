import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import type { ReceiptView } from "../../services/shared/contracts/candidate.ts";
import { launchBrowser } from "../support/browser.ts";
import { startWork, typeInTerminal } from "../support/candidate-visit.ts";
import { readArchived } from "../support/read-archived.ts";

const demo = inject("demo");
/** Between a key and the disk: the browser, the gateway, and the editor's own delay before it saves. */
const SAVE_DELAY_MS = 4000;

let browser: Browser;
let page: Page;
let scratch: string;
beforeAll(async () => {
  browser = await launchBrowser();
  page = await (
    await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true })
  ).newPage();
  scratch = await mkdtemp(join(tmpdir(), "worksample-test-"));
});
afterAll(async () => {
  await browser?.close();
  await rm(scratch, { recursive: true, force: true });
});

it("ends the 3-minute attempt of someone who is typing: everything up to the freeze is archived, nothing after", async () => {
  await page.goto(demo.candidateUrls.at(-1)!);
  const ide = await startWork(page);
  // A clock inside the sandbox, so that the archive itself says when its last byte was written.
  await typeInTerminal(page, ide, "(while :; do date +%s%3N >> ticks.txt; sleep 0.01; done) & clear");
  await ide.getByRole("treeitem", { name: "ticks.txt" }).waitFor({ timeout: 20_000 });
  await ide.getByRole("treeitem", { name: "NOTES.md" }).dblclick();
  const editor = ide.locator(".monaco-editor[data-uri$='NOTES.md']");
  await editor.locator(".view-line").first().click();
  await page.keyboard.press("Control+End");

  const typed: { text: string; at: number }[] = [];
  const receipt = page.getByTestId("receipt");
  while (!(await receipt.isVisible()) && !(await page.getByTestId("sealing").isVisible())) {
    const text = `k${typed.length};`;
    await page.keyboard.type(text).catch(() => {});
    typed.push({ text, at: Date.now() });
    await page.waitForTimeout(100);
  }
  await receipt.waitFor({ timeout: 60_000 });
  const invitationId = new URL(page.url()).pathname.split("/").at(-1);
  const answer = await page.request.get(`${demo.api}/api/candidate/invitations/${invitationId}/receipt`);
  const { statement } = ((await answer.json()) as ReceiptView).receipt;
  const startedAt = Date.parse(statement.startedAt);
  const frozenAt = Date.parse(statement.frozenAt);
  const lagMs = frozenAt - (startedAt + 180_000);
  console.log(`deadline to frozen: ${lagMs} ms`);
  expect(statement.reason).toBe("deadline");
  expect(lagMs).toBeGreaterThanOrEqual(0);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByTestId("download-archive").click(),
  ]);
  const archive = join(scratch, "submission.tar.zst");
  await download.saveAs(archive);
  const ticks = (await readArchived(archive, "workspace/ticks.txt"))!.trim().split("\n").map(Number);
  expect(ticks.length).toBeGreaterThan(1000);
  expect(Math.max(...ticks), "nothing was written after the freeze").toBeLessThanOrEqual(frozenAt);
  // The loop itself may be kept from running for a moment by a busy machine; it was writing to the very end.
  expect(frozenAt - ticks.at(-1)!, "and it was being written to the end").toBeLessThan(2000);

  const notes = (await readArchived(archive, "workspace/NOTES.md"))!;
  const onDisk = typed.filter(({ at }) => at < frozenAt - SAVE_DELAY_MS);
  expect(onDisk.length).toBeGreaterThan(50);
  expect(notes).toContain(onDisk.map(({ text }) => text).join(""));
});
