import type { BrowserContext, Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LOOKS, openVisitor } from "../../support/pages/browser-visit.ts";
import { problem } from "../../support/pages/candidate-fixtures.ts";
import { draftView, EMPTY_DRAFT, PROPOSAL, report } from "../../support/pages/mock-api-fixtures.ts";
import { REQUESTS } from "../../support/pages/mock-api-scratch-fixtures.ts";
import type { Answers } from "../../support/pages/page-server.ts";
import { UploadStandIn } from "../../support/pages/upload-stand-in.ts";
import { visitStates, withPages } from "../../support/pages/with-pages.ts";
import {
  CONSOLE_PAGE,
  checkEvent,
  DRAFT_API,
  MOCK_API_PAGE,
  MOCK_API_STATES,
  requestsEvents,
  studio,
  trying,
} from "./mock-api-states.ts";

const pages = withPages();
visitStates(pages, "mock-apis", MOCK_API_STATES);

describe("mock APIs in the studio", () => {
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
  /** A server that keeps the draft: what is sent is noted, and saved under the next revision. */
  const keeping = (first = draftView(), more: Answers = {}) => {
    /** `elsewhere`: what somebody else does just before the next change arrives. */
    const kept = { draft: first, sent: [] as Record<string, unknown>[], elsewhere: () => {} };
    const answers = studio(first, {
      [`GET ${DRAFT_API}`]: () => ({ body: kept.draft }),
      [`GET ${DRAFT_API}/events`]: { event: "check", events: () => checkEvent(kept.draft) },
      [`PUT ${DRAFT_API}`]: (body) => {
        const { revision, bindings, weather } = body as typeof first;
        kept.sent.push(body as Record<string, unknown>);
        kept.elsewhere();
        kept.elsewhere = () => {};
        if (revision !== kept.draft.revision) return problem("mock_api_draft_conflict");
        kept.draft = { ...kept.draft, bindings, weather, revision: revision + 1, checkState: "none" };
        return { body: kept.draft };
      },
      ...more,
    });
    return { kept, answers };
  };
  const badge = (state: string) => page.locator(`[data-testid=check-badge][data-state=${state}]`);

  it("takes an uploaded document in, and follows its check to the report", async () => {
    const standIn = new UploadStandIn();
    const { kept, answers } = keeping(EMPTY_DRAFT, {
      ...standIn.answers(),
      [`PUT ${DRAFT_API}/document`]: (body) => {
        kept.sent.push(body as Record<string, unknown>);
        kept.draft = {
          ...EMPTY_DRAFT,
          revision: 2,
          source: { name: "helpdesk.yaml", bytes: 900 },
          checkState: "waiting",
        };
        return { body: kept.draft };
      },
    });
    await open(MOCK_API_PAGE, answers);
    await page.locator("input[type=file]").setInputFiles({
      name: "helpdesk.yaml",
      mimeType: "text/yaml",
      buffer: Buffer.from("openapi: 3.1.0\n"),
    });
    await page.getByTestId("check-progress").waitFor();
    expect(kept.sent).toEqual([{ revision: 1, uploadId: [...standIn.uploads.keys()][0] }]);
    expect([...standIn.uploads.values()][0]?.metadata.purpose).toBe("mock_api");
    kept.draft = { ...kept.draft, document: draftView().document, checkState: "passed", report: report() };
    pages.server.push();
    await page.getByTestId("check-report").waitFor();
    await badge("passed").waitFor();
  });

  it("binds only the operations that were accepted, and says that the draft is not checked then", async () => {
    const { kept, answers } = keeping(draftView({ bindings: null }), {
      [`POST ${DRAFT_API}/proposal`]: { body: PROPOSAL },
    });
    await open(`${MOCK_API_PAGE}?tab=answers`, answers);
    await page.getByTestId("propose").click();
    const refused = page.getByRole("switch", { name: "Let GET /agents work on the data" });
    await refused.focus();
    await page.keyboard.press("Space");
    await page.getByTestId("accept-proposal").click();
    await badge("none").waitFor();
    await page.locator("[data-testid=save-mark][data-phase=saved]").waitFor();
    const wanted = Object.keys(PROPOSAL.bindings.operations).filter((id) => id !== "listAgents");
    expect(wanted.length).toBe(Object.keys(PROPOSAL.bindings.operations).length - 1);
    expect(Object.keys(kept.draft.bindings?.operations ?? {}).sort()).toEqual(wanted.sort());
  });

  it("asks before rules of one's own are replaced, and saves the weather that was chosen", async () => {
    const { kept, answers } = keeping();
    await open(`${MOCK_API_PAGE}?tab=weather`, answers);
    await page.getByTestId("choice-calm").click();
    await page.getByTestId("replace-weather-cancel").click();
    expect(await page.getByTestId("weather-rule").count()).toBe(2);
    await page.getByTestId("choice-calm").click();
    await page.getByTestId("replace-weather-confirm").click();
    await page.getByText("Nothing goes wrong").waitFor();
    await expect
      .poll(() => kept.sent.map(({ weather }) => weather))
      .toEqual([{ rules: [], atMostInARow: 3 }]);
  });

  it("lets choose between both when the weather was changed elsewhere, too", async () => {
    const { kept, answers } = keeping();
    await open(`${MOCK_API_PAGE}?tab=weather`, answers);
    await page.getByTestId("weather-rule").first().waitFor();
    const theirs = kept.draft.weather.rules.slice(1);
    kept.elsewhere = () => {
      kept.draft = { ...kept.draft, revision: 9, weather: { ...kept.draft.weather, rules: theirs } };
    };
    await page.getByRole("button", { name: "Remove Deploys" }).click();
    await page.getByTestId("conflict").waitFor();
    await page.getByTestId("keep-mine").click();
    await expect.poll(() => kept.draft.weather.rules.map(({ fault }) => fault.kind)).toEqual(["latency"]);
    expect(kept.draft.revision).toBe(10);
  });

  it("shows requests to a trial instance as they are made, under a policy that lets the page call it", async () => {
    let items = REQUESTS.slice(1);
    await open(CONSOLE_PAGE, trying(pages.server, {}, { ...requestsEvents(() => items) }));
    await page.getByTestId("log-row").first().waitFor();
    expect(await page.getByTestId("log-row").count()).toBe(4);
    items = REQUESTS;
    pages.server.push();
    await page.getByRole("button", { name: /PATCH/ }).click();
    await page.getByText("What it writes never happened.").waitFor();
    const address = pages.server.sandboxUrl("try-1");
    const call = (url: string) =>
      page.evaluate((to) => fetch(to, { mode: "no-cors" }).then((r) => r.type), url);
    expect(await call(address)).toBe("opaque");
    await page.goto(pages.server.origin + MOCK_API_PAGE);
    await expect(call(address)).rejects.toThrow();
  });
});
