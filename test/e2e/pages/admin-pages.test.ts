import type { BrowserContext, Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { board, invitationId, STAFF, VERSIONS } from "../../support/pages/board-fixtures.ts";
import { LOOKS, openVisitor } from "../../support/pages/browser-visit.ts";
import type { Answers } from "../../support/pages/page-server.ts";
import { visitStates, withPages } from "../../support/pages/with-pages.ts";
import { ADMIN_STATES, admin, fillInvite, openAction } from "./admin-states.ts";

const pages = withPages();
visitStates(pages, "admin", ADMIN_STATES);

describe("the board", () => {
  let context: BrowserContext;
  let page: Page;
  beforeEach(async () => {
    ({ context } = await openVisitor(pages.browser, LOOKS[0]!));
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    page = await context.newPage();
  });
  afterEach(() => context.close());

  const open = async (answers: Answers) => {
    pages.server.answers = answers;
    await page.goto(`${pages.server.origin}/admin`);
    await page.locator("[data-testid=live-mark][data-state=live]").waitFor();
  };
  const standing = (number: number) =>
    page
      .getByTestId(`standing-${invitationId(number)}`)
      .filter({ visible: true })
      .textContent();

  it("counts down by the server's clock, however wrong this machine's is", async () => {
    const ahead = () => board(new Date(Date.now() + 3 * 3600_000));
    await open(
      admin({
        "GET /api/admin/board": () => ({ body: ahead() }),
        "GET /api/admin/board/events": { event: "board", events: ahead },
      }),
    );
    await expect.poll(() => standing(1)).toMatch(/1:12:2\d/);
  });

  it("follows the server's events, and comes back when the connection is lost", async () => {
    const items = { changed: false };
    const current = () => {
      const view = board(new Date());
      if (items.changed) view.items[0]!.attempt!.state = "sealing";
      return view;
    };
    await open(
      admin({
        "GET /api/admin/board": () => ({ body: current() }),
        "GET /api/admin/board/events": { event: "board", events: current },
      }),
    );
    expect(await standing(1)).toContain("Running");
    pages.server.dropStreams();
    await page.locator("[data-testid=live-mark]:not([data-state=live])").waitFor();
    await page.locator("[data-testid=live-mark][data-state=live]").waitFor();
    items.changed = true;
    pages.server.push();
    await expect.poll(() => standing(1)).toContain("Sealing");
  });

  it("copies the personal link of a row", async () => {
    await open(admin());
    await openAction(page, 6, "copy_link");
    await page.getByTestId("toast").waitFor();
    const link = board(new Date()).items[5]!.link;
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
  });

  it("adds time with a reason, revokes with a reason, and sends neither before it is confirmed", async () => {
    const sent: Record<string, unknown>[] = [];
    await open(
      admin({
        "POST /api/admin/attempts/11111111-2222-4333-8444-555555555501/extend": (body) => {
          sent.push({ extend: body });
          return { body: { deadlineAt: new Date().toISOString(), creditedSec: 900 } };
        },
        [`POST /api/admin/invitations/${invitationId(6)}/revoke`]: (body) => {
          sent.push({ revoke: body });
          return { body: board(new Date()).items[5] };
        },
      }),
    );
    await openAction(page, 2, "extend");
    await page.getByRole("button", { name: "15", exact: true }).click();
    await page.getByTestId("extend-reason").fill("The editor froze");
    expect(sent).toEqual([]);
    await page.getByTestId("extend-confirm").click();
    await expect
      .poll(() => sent)
      .toMatchObject([
        { extend: { seconds: 900, reason: "The editor froze", idempotencyKey: expect.any(String) } },
      ]);
    await openAction(page, 6, "revoke");
    await page.getByTestId("revoke-reason").fill("Position filled");
    await page.getByTestId("revoke-dialog-confirm").click();
    await expect.poll(() => sent[1]).toEqual({ revoke: { reason: "Position filled" } });
  });

  it("offers an archive only of what is sealed", async () => {
    await open(admin());
    await openAction(page, 9, "");
    expect(await page.getByTestId("menu-download").getAttribute("href")).toBe(
      "/api/admin/submissions/6f1c1f0a-2f6e-4d0d-9a57-0b8f6f6f2a01/archive",
    );
    await page.keyboard.press("Escape");
    await openAction(page, 1, "");
    expect(await page.getByTestId("menu-download").count()).toBe(0);
  });

  it("invites with what was chosen, and adds staff with the password that is shown", async () => {
    const sent: Record<string, unknown>[] = [];
    await open(
      admin({
        "POST /api/admin/invitations": (body) => {
          sent.push(body as Record<string, unknown>);
          return {
            status: 201,
            body: {
              invitationId: invitationId(77),
              link: "https://a.example/invite/x",
              expiresAt: "2027-01-01T00:00:00.000Z",
            },
          };
        },
        "POST /api/admin/staff": (body) => {
          sent.push(body as Record<string, unknown>);
          return { status: 201, body: { ...STAFF[3], id: "staff-5" } };
        },
      }),
    );
    await fillInvite(page);
    await page.getByTestId("invite-factor").getByRole("button").click();
    await page.getByRole("option", { name: "Half as much again" }).click();
    await page.getByTestId("invite-confirm").click();
    await page.getByTestId("invite-result").getByText("https://a.example/invite/x").waitFor();
    expect(sent[0]).toMatchObject({
      assessmentVersionId: VERSIONS[0]!.id,
      candidateName: "Hanna Virtanen",
      candidateEmail: "hanna.virtanen@example.com",
      extraTimeFactor: 1.5,
    });
    await page.goto(`${pages.server.origin}/admin/settings/staff`);
    await page.getByTestId("add-staff").click();
    await page.getByTestId("staff-name").fill("Oskar Dahl");
    await page.getByTestId("staff-email").fill("oskar@harbourly.example");
    const suggested = await page.getByTestId("staff-password").inputValue();
    await page.getByTestId("add-staff-confirm").click();
    await page.getByTestId("staff-added").getByText(suggested).waitFor();
    expect(sent[1]).toMatchObject({ role: "reviewer", password: suggested });
  });
});
