import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import type { Browser, BrowserContext, FrameLocator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { signIn, startWork, submitWork, typeInTerminal } from "../support/candidate-visit.ts";
import { readArchived } from "../support/read-archived.ts";

const demo = inject("demo");
const publicKey = join(inject("platformHome"), "data/keys/submission-signing.pub");
const VERIFY = join(import.meta.dirname, "../../services/tools/verify.ts");
const SCREENSHOTS = join(import.meta.dirname, "../.output/screenshots");

let browser: Browser;
let scratch: string;
beforeAll(async () => {
  browser = await launchBrowser();
  scratch = await mkdtemp(join(tmpdir(), "worksample-test-"));
});
afterAll(async () => {
  await browser?.close();
  await rm(scratch, { recursive: true, force: true });
});

async function visitor(): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true });
  return { context, page: await context.newPage() };
}

/** An app that asks the assessment's model, with nothing set up, and shows what it says. */
function appAsking(marker: string): string {
  return `import http.server
import openai

class App(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        question = [{"role": "user", "content": "What is ${marker}?"}]
        answer = openai.OpenAI().chat.completions.create(model="mock-chat", messages=question)
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.end_headers()
        self.wfile.write(f"<h1>${marker}</h1><p>{answer.choices[0].message.content}</p>".encode())

http.server.HTTPServer(("127.0.0.1", 8123), App).serve_forever()
`;
}

async function rateEverything(room: Page): Promise<void> {
  const criteria = room.locator('[data-testid^="criterion-"]');
  for (let index = 0; index < (await criteria.count()); index++) {
    const criterion = criteria.nth(index);
    await criterion.getByRole("radio").nth(3).check({ force: true });
    await criterion
      .locator('[data-testid^="evidence-"]')
      .fill(`tool.py:1 shows level 4 of criterion ${index + 1}`);
  }
  await room.getByTestId("recommendation").getByRole("radio", { name: /^yes$/i }).check({ force: true });
  await room.getByTestId("review-summary").fill("A small thing that works, and says what it does not do.");
  await room.getByTestId("save-mark").getByText(/saved/i).first().waitFor();
}

describe("candidate to review", () => {
  let page: Page;
  let context: BrowserContext;
  let ide: FrameLocator;
  let candidateName: string;
  const archive = { file: "", sha256: "" };
  const marker = `made-in-the-browser-${Date.now()}`;

  beforeAll(async () => {
    ({ context, page } = await visitor());
  });
  afterAll(() => context?.close());

  it("opens the link, reads the lobby, and the clock does not start", async () => {
    await page.goto(demo.candidateUrls[0]!);
    await page.getByTestId("lobby").waitFor();
    await expect.poll(() => page.url()).not.toContain("/invite/");
    const invitationId = new URL(page.url()).pathname.split("/").at(-1);
    const view = await page.request.get(`${demo.api}/api/candidate/invitations/${invitationId}`);
    const body = (await view.json()) as { attempt: unknown; candidateName: string };
    expect(body.attempt).toBeNull();
    candidateName = body.candidateName;
    await page.screenshot({ path: join(SCREENSHOTS, "real-lobby.png"), fullPage: true });
  });

  it("starts, and VS Code answers with a terminal in the private sandbox", async () => {
    ide = await startWork(page);
  });

  it("reads the dataset and calls the API with the starter", async () => {
    await typeInTerminal(
      page,
      ide,
      "python python/first_look.py > look.txt 2>&1; node node/first-look.ts >> look.txt 2>&1; echo $? >> look.txt",
    );
    await typeInTerminal(
      page,
      ide,
      `mkdir -p app && echo ${Buffer.from(appAsking(marker)).toString("base64")} | base64 -d > app/server.py && git init -q . && git config user.name '${candidateName}' && git add -A && git commit -qm work`,
    );
    await typeInTerminal(page, ide, `printf 'by ${candidateName}\\nprint("${marker}")\\n' > tool.py`);
    await typeInTerminal(page, ide, "clear; tail -n 3 look.txt; (python app/server.py > /dev/null 2>&1 &)");
    await ide.getByRole("treeitem", { name: "tool.py" }).waitFor({ timeout: 30_000 });
    await page.waitForTimeout(4000);
    await page.screenshot({ path: join(SCREENSHOTS, "real-workspace.png") });
  });

  it("previews the candidate's own app on its own origin, where a model of the platform's answers", async () => {
    await page.getByTestId("preview").click();
    await page.getByTestId("preview-port").fill("8123");
    const opening = context.waitForEvent("page");
    await page.getByTestId("preview-open").click();
    const preview = await opening;
    await preview.getByRole("heading", { name: marker }).waitFor({ timeout: 30_000 });
    await preview.getByText(/made-up answer/).waitFor();
    await preview.screenshot({ path: join(SCREENSHOTS, "real-preview.png") });
    expect(new URL(preview.url()).hostname).toMatch(/^8123-[0-9a-f-]{36}\.localhost$/);
    await preview.close();
    await page.getByTestId("tab-models").click();
    await page
      .getByTestId("models-panel")
      .getByText(/mock-chat/)
      .first()
      .waitFor();
    await page.screenshot({ path: join(SCREENSHOTS, "real-models.png") });
  });

  it("comes back with the same link in another browser, to the same workspace", async () => {
    const again = await visitor();
    await again.page.goto(demo.candidateUrls[0]!);
    await again.page.getByTestId("workspace").waitFor();
    const frame = again.page.frameLocator("[data-testid=workspace-frame]");
    await frame.getByRole("treeitem", { name: "tool.py" }).waitFor({ timeout: 60_000 });
    await again.context.close();
  });

  it("submits after a confirmation, and gets a receipt whose archive verifies", async () => {
    await submitWork(page, `Signed, ${candidateName}: see tool.py`);
    await page.screenshot({ path: join(SCREENSHOTS, "real-receipt.png"), fullPage: true });
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByTestId("download-archive").click(),
    ]);
    archive.file = join(scratch, "submission.tar.zst");
    await download.saveAs(archive.file);
    const bytes = await readFile(archive.file);
    archive.sha256 = createHash("sha256").update(bytes).digest("hex");
    await expect(page.getByTestId("receipt").textContent()).resolves.toContain(archive.sha256);

    const verified = await execa(process.execPath, [VERIFY, archive.file, "--public-key", publicKey], {
      reject: false,
    });
    expect(verified.exitCode, verified.stdout + verified.stderr).toBe(0);
    const changed = Buffer.from(bytes);
    changed[Math.floor(changed.length / 2)]! ^= 1;
    await writeFile(`${archive.file}.changed`, changed);
    const refused = await execa(
      process.execPath,
      [VERIFY, `${archive.file}.changed`, "--public-key", publicKey],
      { reject: false },
    );
    expect(refused.exitCode).toBe(1);
  });

  it("archived what the starter printed: the dataset was read and the API answered", async () => {
    const text = (await readArchived(archive.file, "workspace/look.txt")) ?? "";
    expect(text).toMatch(/2\d,\d{3} tickets/);
    expect(text).toContain("ticket_id");
    expect(text.trim().split("\n").at(-1)).toBe("0");
  });

  it("shows the same link's receipt afterwards, and no way back into the workspace", async () => {
    const again = await visitor();
    await again.page.goto(demo.candidateUrls[0]!);
    await again.page.getByTestId("receipt").waitFor();
    expect(await again.page.getByTestId("workspace-frame").count()).toBe(0);
    await again.context.close();
  });

  it("is reviewed blind: read, compared with the starter, rated, locked", async () => {
    const reviewer = await visitor();
    const room = reviewer.page;
    const seen: string[] = [];
    room.on("response", async (response) => {
      if (response.url().includes("/api/review/")) seen.push(await response.text().catch(() => ""));
    });
    await signIn(room, demo.reviewer);
    await room
      .getByRole("row")
      .filter({ has: room.getByText("Support tickets work sample", { exact: true }) })
      .getByRole("link", { name: /^[A-Z][a-z]+ [A-Z][a-z]+ \d+/ })
      .click();
    await room.getByTestId("file-tree").waitFor({ timeout: 30_000 });
    await room.getByTestId("file-tree").getByText("tool.py").click();
    await room.getByTestId("code-view").getByText(marker).waitFor();
    await room.screenshot({ path: join(SCREENSHOTS, "real-review.png") });
    await room.getByRole("tab", { name: /model calls/i }).click();
    await room.getByTestId("model-call").first().click();
    await room.getByTestId("conversation").getByText(`What is ${marker}?`).first().waitFor();
    await room
      .getByTestId("conversation")
      .getByText(/made-up answer/)
      .waitFor();
    await room.screenshot({ path: join(SCREENSHOTS, "real-model-call.png") });
    await room
      .getByRole("tab", { name: /rubric|review/i })
      .first()
      .click();
    await rateEverything(room);
    const everything = `${seen.join("\n")}\n${await room.content()}`;
    const [first, last] = candidateName.split(" ");
    expect(everything).not.toMatch(new RegExp(`${first}\\s+${last}`, "i"));
    expect(everything).not.toContain("@candidates.example");
    expect(everything).toContain("[candidate name]");
    await room.getByTestId("submit-review").click();
    await room.getByTestId("submit-dialog").getByRole("button", { name: "Submit review" }).click();
    await room.getByTestId("submitted-review").waitFor();
    await room.screenshot({ path: join(SCREENSHOTS, "real-review-locked.png") });
    await reviewer.context.close();
  });

  it("appears on the admin's board as submitted", async () => {
    const admin = await visitor();
    await signIn(admin.page, demo.admin);
    const row = admin.page.getByRole("row").filter({ hasText: candidateName });
    await row.getByText(/submitted/i).waitFor({ timeout: 30_000 });
    await admin.page.screenshot({ path: join(SCREENSHOTS, "real-board.png"), fullPage: true });
    await admin.context.close();
  });
});
