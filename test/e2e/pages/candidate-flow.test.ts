import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { CandidateView } from "../../../services/shared/contracts/candidate.ts";
import { launchPageBrowser } from "../../support/browser.ts";
import { findBarriers, LOOKS, openVisitor } from "../../support/pages/browser-visit.ts";
import { buildPages } from "../../support/pages/build-pages.ts";
import {
  ago,
  attempt,
  BASE,
  candidateView,
  INVITATION_ID,
  preparing,
  TASK,
} from "../../support/pages/candidate-fixtures.ts";
import { PageServer } from "../../support/pages/page-server.ts";

let browser: Browser;
let server: PageServer;
/** What the stand-in for the server holds; changed by calls as the real one's would be. */
let state: Partial<CandidateView>;
let sent: Record<string, unknown>[];

beforeAll(async () => {
  server = new PageServer(buildPages());
  await server.start();
  browser = await launchPageBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

beforeEach(() => {
  state = {};
  sent = [];
  const view = () => candidateView(state);
  const change = (changes: Partial<CandidateView>) => {
    state = { ...state, ...changes };
    return { body: view() };
  };
  server.answers = {
    "POST /api/candidate/sessions": (body) => {
      sent.push({ session: body });
      return { body: { invitationId: INVITATION_ID } };
    },
    [`GET ${BASE}`]: () => ({ body: view() }),
    [`GET ${BASE}/events`]: { events: view, event: "state" },
    [`POST ${BASE}/consent`]: (body) => {
      sent.push({ consent: body });
      return change({ consentedAt: ago(0) });
    },
    [`POST ${BASE}/start`]: () => {
      sent.push({ start: true });
      return change({ attempt: preparing });
    },
    [`GET ${BASE}/task`]: { body: TASK },
    [`POST ${BASE}/workspace-links`]: (body) => {
      sent.push({ link: body });
      return { body: { url: server.sandboxUrl(`w${sent.length}`), expiresAt: ago(-1) } };
    },
    [`PUT ${BASE}/notes`]: (body) => {
      sent.push({ notes: body });
      return { body: { savedAt: ago(0) } };
    },
    [`POST ${BASE}/submit`]: (body) => {
      sent.push({ submit: body });
      return change({ attempt: attempt({ state: "sealing", endReason: "candidate" }) });
    },
  };
});

async function withPage(work: (page: Page) => Promise<void>): Promise<void> {
  const { context, complaints } = await openVisitor(browser, LOOKS[0]!);
  try {
    await work(await context.newPage());
    expect(complaints).toEqual([]);
  } finally {
    await context.close();
  }
}

const focusedTestId = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest("[data-testid]")?.getAttribute("data-testid"));

/** Presses Tab until the element has focus; fails when it cannot be reached. */
async function tabTo(page: Page, testId: string): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    if ((await focusedTestId(page)) === testId) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${testId} cannot be reached with Tab`);
}

it("goes from the link to the workspace by keyboard alone, and leaves no token behind", () =>
  withPage(async (page) => {
    await page.goto(`${server.origin}/nothing-here`);
    await page.goto(`${server.origin}/invite/wsi_secret`);
    await page.getByTestId("lobby").waitFor();
    expect(sent).toEqual([{ session: { token: "wsi_secret" } }]);
    expect(page.url()).not.toContain("wsi_secret");
    expect(await page.evaluate(() => history.length)).toBe(3);

    // Start without the tick leads to the box; nothing is sent.
    await tabTo(page, "start");
    await page.keyboard.press("Enter");
    await page.getByText("Please tick the box first.").waitFor();
    await page.locator("input[type=checkbox]:focus").waitFor({ state: "attached" });
    await page.keyboard.press("Space");
    await tabTo(page, "start");
    await page.keyboard.press("Enter");
    await page.getByTestId("start-dialog").waitFor();
    expect(sent).toHaveLength(1);

    // Escape gives the focus back, and nothing has started.
    await page.keyboard.press("Escape");
    await page.getByTestId("start-dialog").waitFor({ state: "detached" });
    await expect.poll(() => focusedTestId(page)).toBe("start");
    expect(sent).toHaveLength(1);
    await page.keyboard.press("Enter");
    await tabTo(page, "start-dialog-confirm");
    await page.keyboard.press("Enter");
    await page.getByTestId("preparing").waitFor();
    expect(sent.slice(1)).toEqual([
      { consent: { accepted: true, consentVersion: "2026-02" } },
      { start: true },
    ]);

    // The event stream alone brings the workspace.
    state = { ...state, attempt: attempt({}, 0) };
    server.push();
    await page.getByTestId("workspace-frame").waitFor();
    expect(sent.at(-1)).toEqual({ link: { attempt: "scored", target: "ide" } });
    expect(await page.getByTestId("countdown").textContent()).toMatch(/^(2:00:00|1:59:5\d)$/);
  }));

it("asks for a fresh link when a lost workspace comes back, and tells of the time given back", () =>
  withPage(async (page) => {
    state = { consentedAt: ago(50), attempt: attempt() };
    await page.goto(`${server.origin}/candidate/${INVITATION_ID}`);
    const first = await page.getByTestId("workspace-frame").getAttribute("src");
    state = { ...state, attempt: attempt({ sandboxState: "lost" }) };
    server.push();
    await page.getByTestId("workspace-away").waitFor();
    const credits = [{ seconds: 95, reason: "Restored after a host failed.", at: ago(0) }];
    state = { ...state, attempt: attempt({ credits }) };
    server.push();
    await page.getByTestId("workspace-away").waitFor({ state: "detached" });
    await page.getByText("1 minute 35 seconds added to your time").waitFor();
    await page.getByTestId("workspace-opening").waitFor({ state: "detached" });
    expect(await page.getByTestId("workspace-frame").getAttribute("src")).not.toBe(first);
    expect(sent.filter((call) => "link" in call)).toHaveLength(2);
  }));

it("saves notes by itself and sends them along with the submission", () =>
  withPage(async (page) => {
    state = { consentedAt: ago(50), attempt: attempt() };
    await page.goto(`${server.origin}/candidate/${INVITATION_ID}`);
    await page.getByTestId("tab-notes").click();
    await page.getByTestId("notes").fill("Run make demo.");
    await page.locator("[data-testid=notes-status][data-status=saved]").waitFor();
    expect(sent.at(-1)).toEqual({ notes: { notes: "Run make demo." } });
    await page.getByTestId("submit").click();
    await page.getByTestId("submit-cancel").click();
    await page.getByTestId("submit-dialog").waitFor({ state: "detached" });
    await page.getByTestId("submit").click();
    await page.getByTestId("submit-notes").fill("Run make demo. Then open port 8000.");
    await page.getByTestId("submit-confirm").click();
    await page.getByTestId("sealing").waitFor();
    expect(sent.filter((call) => "submit" in call)).toEqual([
      { submit: { confirm: true, notes: "Run make demo. Then open port 8000." } },
    ]);
  }));

it("warns once at each mark, takes a dismissed warning as heard, and warns anew after an extension", () =>
  withPage(async (page) => {
    state = { consentedAt: ago(120), attempt: attempt({}, 111) };
    await page.goto(`${server.origin}/candidate/${INVITATION_ID}`);
    await page.getByTestId("warning-600").getByRole("button", { name: "Dismiss" }).click();
    await page.getByTestId("warning-600").waitFor({ state: "detached" });
    state = { ...state, attempt: attempt({ deadlineAt: ago(-60) }, 111) };
    server.push();
    await expect.poll(() => page.getByTestId("countdown").textContent()).toMatch(/^(1:00:00|59:\d\d)$/);
    state = { ...state, attempt: attempt({ deadlineAt: ago(-9) }, 111) };
    server.push();
    await page.getByTestId("warning-600").waitFor();
  }));

it("remembers the colours chosen by hand over the system's", () =>
  withPage(async (page) => {
    const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
    await page.goto(`${server.origin}/nothing-here`);
    await page.getByTestId("theme-switch").click();
    await page.getByTestId("theme-switch").click();
    expect(await theme()).toBe("dark");
    await page.reload();
    expect(await theme()).toBe("dark");
    await page.getByTestId("theme-switch").click();
    expect(await theme()).toBe("light");
  }));

it("would notice a faint text, a nameless button, a call to another site and a script the policy forbids", async () => {
  const { context, complaints } = await openVisitor(browser, LOOKS[0]!);
  try {
    const page = await context.newPage();
    await page.goto(`${server.origin}/nothing-here`);
    await page.getByTestId("not-found").waitFor();
    await page.evaluate(() => {
      const faint = document.createElement("p");
      faint.textContent = "faint words";
      faint.style.color = "#bbb";
      document.querySelector("h1")?.after(faint, document.createElement("button"));
      const script = document.createElement("script");
      script.textContent = "document.title = 'run'";
      document.head.append(script);
      return fetch("http://elsewhere.invalid/").catch(() => undefined);
    });
    const barriers = (await findBarriers(page)).join("\n");
    expect(barriers).toContain("color-contrast");
    expect(barriers).toContain("button-name");
    expect(complaints.join("\n")).toMatch(/script-src/);
    expect(complaints.join("\n")).toMatch(/connect-src/);
    expect(await page.title()).not.toBe("run");
  } finally {
    await context.close();
  }
});
