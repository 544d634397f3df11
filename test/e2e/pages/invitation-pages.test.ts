import type { BrowserContext, Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { invitationId, VERSIONS } from "../../support/pages/board-fixtures.ts";
import { LOOKS, openVisitor } from "../../support/pages/browser-visit.ts";
import {
  BULK_REPORT,
  BULK_RESULT,
  busyBoard,
  OPEN_REQUESTS,
} from "../../support/pages/invitation-fixtures.ts";
import type { Answers } from "../../support/pages/page-server.ts";
import { visitStates, withPages } from "../../support/pages/with-pages.ts";
import { admin, openAction } from "./admin-states.ts";
import { INVITATION_STATES } from "./invitation-states.ts";

const pages = withPages();
visitStates(pages, "invitations", INVITATION_STATES);

describe("inviting and answering", () => {
  let context: BrowserContext;
  let page: Page;
  beforeEach(async () => {
    ({ context } = await openVisitor(pages.browser, LOOKS[0]!));
    page = await context.newPage();
  });
  afterEach(() => context.close());
  const open = async (path: string, answers: Answers) => {
    pages.server.answers = answers;
    await page.goto(pages.server.origin + path);
  };

  it("checks a dropped file first, and invites with one key, however often it is pressed", async () => {
    const sent: Record<string, Record<string, unknown>>[] = [];
    let failures = 1;
    await open(
      "/admin/invitations/bulk",
      admin({
        "POST /api/admin/invitations/bulk/check": (body) => {
          sent.push({ check: body as Record<string, unknown> });
          return { body: BULK_REPORT };
        },
        "POST /api/admin/invitations/bulk": (body) => {
          sent.push({ create: body as Record<string, unknown> });
          return failures-- > 0 ? { status: 502, body: "" } : { status: 201, body: BULK_RESULT };
        },
      }),
    );
    const buffer = Buffer.from("name;email\nZo\u00eb;zoe@example.com", "latin1");
    await page
      .locator("input[type=file]")
      .setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer });
    await page.getByTestId("bulk-file").getByText("people.csv").waitFor();
    await page.getByTestId("bulk-version").getByRole("button").click();
    await page.getByRole("option").first().click();
    await page.getByTestId("bulk-check").click();
    await page.getByTestId("bulk-create").click();
    await page.getByTestId("error-state").waitFor();
    await page.getByTestId("bulk-create").click();
    await page.getByTestId("bulk-result").waitFor();
    const [checked, first, second] = sent;
    expect(Buffer.from(String(checked!.check!.fileBase64), "base64")).toEqual(buffer);
    expect(first!.create).toMatchObject({
      assessmentVersionId: VERSIONS[0]!.id,
      fileBase64: checked!.check!.fileBase64,
      leaveOutProblems: true,
      sendEmail: true,
    });
    expect(second).toEqual(first);
    const links = await page.getByTestId("bulk-links").getAttribute("href");
    expect(decodeURIComponent(links!)).toContain('"Maya Lindqvist","maya.lindqvist@example.com","https://');
  });

  it("answers a request with what was asked for", async () => {
    const sent: unknown[] = [];
    const [request] = OPEN_REQUESTS;
    await open(
      "/admin/invitations/requests",
      admin({
        "GET /api/admin/requests": { body: { items: [request], openCount: 1 } },
        [`POST /api/admin/requests/${request!.id}/answer`]: (body) => {
          sent.push(body);
          return { body: { items: [], openCount: 0 } };
        },
      }),
    );
    await page.getByTestId(`answer-${request!.id}`).click();
    await page.getByTestId("answer-text").fill("Gladly.");
    await page.getByTestId("answer-confirm").click();
    await page.getByTestId("requests-empty").waitFor();
    expect(sent).toEqual([{ decision: "grant", extraTimeFactor: 1.25, answer: "Gladly.", sendEmail: true }]);
  });

  it("pauses only with a reason, and shows a clock that stands", async () => {
    const sent: unknown[] = [];
    const id = busyBoard().items[1]!.attempt!.id;
    await open(
      "/admin",
      admin({
        "GET /api/admin/board": () => ({ body: busyBoard() }),
        "GET /api/admin/board/events": { event: "board", events: busyBoard },
        [`POST /api/admin/attempts/${id}/pause`]: (body) => {
          sent.push(body);
          return { status: 202, body: busyBoard().items[1] };
        },
      }),
    );
    const clock = page
      .getByTestId(`standing-${invitationId(1)}`)
      .filter({ visible: true })
      .getByTestId("countdown");
    const shown = await clock.textContent();
    await openAction(page, 2, "pause");
    await page.getByTestId("pause-dialog-confirm").click();
    expect(sent).toEqual([]);
    await page.getByTestId("pause-text").fill("The power failed.");
    await page.getByTestId("pause-dialog-confirm").click();
    await expect.poll(() => sent).toEqual([{ reason: "The power failed." }]);
    expect(await clock.textContent()).toBe(shown);
  });
});
