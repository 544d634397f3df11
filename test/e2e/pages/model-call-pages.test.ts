import type { BrowserContext, Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { VERSION_ID } from "../../support/pages/assessment-fixtures.ts";
import { LOOKS, openVisitor } from "../../support/pages/browser-visit.ts";
import { ago, attempt, BASE, LOBBY } from "../../support/pages/candidate-fixtures.ts";
import {
  CALL_PAGE,
  CALLS,
  callView,
  candidateModels,
  OFFERS,
  treatment,
} from "../../support/pages/model-call-fixtures.ts";
import type { Answers } from "../../support/pages/page-server.ts";
import { SUBMISSION } from "../../support/pages/review-fixtures.ts";
import { visitStates, withPages } from "../../support/pages/with-pages.ts";
import { candidatePath, invitation } from "./candidate-states.ts";
import {
  calls,
  comeBack,
  LIST,
  MODEL_STATES,
  openCall,
  openCalls,
  TREATMENT,
  TREATMENT_PATH,
  treated,
} from "./model-call-states.ts";
import { ROOM_PATH } from "./review-states.ts";

const pages = withPages();
visitStates(pages, "models", MODEL_STATES);

let context: BrowserContext;
let complaints: string[];
let page: Page;
beforeEach(async () => {
  ({ context, complaints } = await openVisitor(pages.browser, LOOKS[0]!));
  page = await context.newPage();
});
afterEach(() => context.close());
const open = async (answers: Answers, path: string) => {
  pages.server.answers = answers;
  await page.goto(pages.server.origin + path);
};

describe("the candidate's budget", () => {
  const working = (more: Answers, offers = OFFERS) =>
    invitation(
      () => ({ consentedAt: ago(60), attempt: attempt(), lobby: { ...LOBBY, offers } }),
      more,
    )(pages.server);

  it("is asked for while its tab is in sight, again when it comes into sight, and not otherwise", async () => {
    let asked = 0;
    const answer = () => ({ body: candidateModels({ spentUsd: ++asked, requests: asked }) });
    await open(working({ [`GET ${BASE}/models`]: answer }), candidatePath);
    await page.getByTestId("tab-models").waitFor();
    await page.waitForTimeout(500);
    expect(asked).toBe(0);
    await page.getByTestId("tab-models").click();
    await page.getByText("$1.00", { exact: true }).waitFor();
    await comeBack(page);
    await page.getByText("$2.00", { exact: true }).waitFor();
    await page.getByText("$3.00", { exact: true }).waitFor({ timeout: 15_000 });
    await page.getByTestId("tab-brief").click();
    await page.waitForTimeout(11_000);
    expect(asked).toBe(3);
  });

  it("has no tab where there are no models", async () => {
    await open(working({}, { models: [], packages: [] }), candidatePath);
    await page.getByTestId("tab-notes").waitFor();
    expect(await page.getByTestId("tab-models").count()).toBe(0);
    expect(pages.server.unanswered).toEqual([]);
  });

  it("says of models, calls and packages in the lobby, and nothing where there are none", async () => {
    await open(invitation(() => ({ lobby: { ...LOBBY, offers: OFFERS } }))(pages.server), candidatePath);
    const text = async () => ((await page.getByTestId("lobby").textContent()) ?? "").replace(/\s+/g, " ");
    await page.getByTestId("lobby-offers").waitFor();
    for (const words of ["$5.00 and 2,000,000 tokens", "gpt-5-mini", "Mock: answers are made up", "$2.00"])
      expect(await text()).toContain(words);
    for (const words of ["pip: all but tensorflow, torch*", "npm: only openai", "and 2 more"])
      expect(await text()).toContain(words);
    expect(await text()).toContain("Every call to a language model is recorded");
    expect(await text()).toContain("Which packages you install");
    await open(invitation(() => ({}))(pages.server), candidatePath);
    await page.getByTestId("lobby").waitFor();
    expect(await text()).not.toMatch(/language model|packages/i);
  });
});

describe("a reviewer's reading of the calls", () => {
  const detail = (number: number): Answers => ({
    [`GET ${SUBMISSION}/model-calls/${CALLS[number - 1]!.id}`]: { body: callView(number) },
  });

  it("shows hostile text as text", async () => {
    await open(calls(detail(2)), ROOM_PATH);
    await openCall(2)(page);
    const conversation = page.getByTestId("conversation");
    await conversation.waitFor();
    const text = await conversation.textContent();
    expect(text).toContain('<img src=x onerror="document.title=1">');
    expect(text).toContain("**not bold** [link](javascript:alert(1))");
    for (const label of ["ESC", "RLO", "ZWSP"])
      expect(await conversation.getByText(label, { exact: true }).count()).toBeGreaterThan(0);
    expect(text).not.toMatch(/[\u001b\u202e\u200b]/);
    await page.getByTestId("segment-raw").click();
    expect(await page.getByTestId("raw-json").textContent()).not.toMatch(/[\u001b\u202e\u200b]/);
    expect(
      await conversation.or(page.getByTestId("raw-json")).locator("img, a, strong, script").count(),
    ).toBe(0);
    expect(await page.title()).not.toBe("1");
    expect(complaints).toEqual([]);
  });

  it("would act on it, were it not text", async () => {
    await open(calls(), ROOM_PATH);
    await page.evaluate(() => {
      document.body.insertAdjacentHTML("beforeend", "<p id=control>\u202eabc</p><img id=image>");
    });
    expect(await page.locator("#image").count()).toBe(1);
    expect(await page.locator("#control").textContent()).toContain("\u202e");
  });

  it("goes on where it was, page by page, and by line", async () => {
    const asked: string[] = [];
    const second = {
      ...CALL_PAGE,
      items: CALLS.map((one) => ({ ...one, id: one.id.replace("2c00", "2d00") })),
      nextAfter: null,
    };
    await open(
      calls({
        ...detail(4),
        [LIST]: (_body, query) => {
          asked.push(query.toString());
          return { body: query.get("after") ? second : CALL_PAGE };
        },
      }),
      ROOM_PATH,
    );
    await openCalls(page);
    await page.getByTestId("more-calls").click();
    await expect.poll(() => page.getByTestId("model-call").count()).toBe(12);
    expect(await page.getByTestId("more-calls").count()).toBe(0);
    await page.getByTestId("model-call").nth(3).click();
    await page.getByTestId("conversation").waitFor();
    await page.keyboard.press("Enter");
    await page.getByTestId("model-calls").waitFor();
    const focused = page.locator("[data-testid=model-call]:focus");
    await expect.poll(() => focused.textContent()).toContain("Write a client for the help desk");
    await page.getByTestId("segment-product").click();
    await expect.poll(() => asked.at(-1)).toBe("line=product");
    expect(asked).toEqual(["", `after=${CALL_PAGE.nextAfter}`, "line=product"]);
  });

  it("opens a very long text step by step", async () => {
    const long = JSON.stringify({ messages: [{ role: "user", content: "\u200b".repeat(50_000) }] });
    const answer = { body: { ...callView(1), request: long, response: null } };
    await open(calls({ [`GET ${SUBMISSION}/model-calls/${CALLS[0]!.id}`]: answer }), ROOM_PATH);
    await openCall(1)(page);
    await page.getByTestId("show-more-text").waitFor();
    expect(await page.getByText("ZWSP", { exact: true }).count()).toBe(20_000);
    expect(await page.getByTestId("show-more-text").textContent()).toContain("30,000");
  });
});

describe("the report of the treatment", () => {
  it("gives an outage back to who still works, and says why not to others", async () => {
    const sent: unknown[] = [];
    const [, bashir] = treatment(VERSION_ID(3)).rows;
    let rows = treatment(VERSION_ID(3)).rows;
    await open(
      treated({
        [TREATMENT]: () => ({ body: { ...treatment(VERSION_ID(3)), rows } }),
        [`POST /api/admin/attempts/${bashir!.attemptId}/model-outages/credit`]: (body) => {
          sent.push(body);
          const [first, second] = bashir!.outages;
          const outages = [{ ...first!, creditedSec: 252, uncreditedSec: 0 }, second!];
          rows = rows.map((row) => (row.attemptId === bashir!.attemptId ? { ...row, outages } : row));
          return { body: { deadlineAt: "2026-03-19T12:00:00.000Z", givenSec: 252 } };
        },
      }),
      TREATMENT_PATH,
    );
    await page.getByTestId("treatment-view").waitFor();
    expect(await page.getByTestId("over").textContent()).toContain("no time can be given back");
    expect(await page.getByTestId("marked").count()).toBe(6);
    await page.getByTestId("credit-outage").click();
    await page.getByTestId("credit-dialog-confirm").click();
    await page.getByText("4 minutes 12 seconds given back").first().waitFor();
    expect(sent).toEqual([{ from: "2026-03-19T10:02:11.000Z" }]);
    await expect.poll(() => page.getByTestId("credit-outage").count()).toBe(0);
  });

  it("is one link away from a version that has models", async () => {
    await open(treated(), TREATMENT_PATH.replace(/\/versions.*/, "?section=versions"));
    await page.getByTestId("version-3").getByText("How the models treated each candidate").click();
    await page.getByTestId("treatment-view").waitFor();
  });
});
