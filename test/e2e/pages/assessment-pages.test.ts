import type { BrowserContext, Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { z } from "zod";
import type { SaveDraftRequest } from "../../../services/shared/contracts/composer.ts";
import { ASSESSMENT, CHECKS, detail, draftView } from "../../support/pages/assessment-fixtures.ts";
import { LOOKS, openVisitor } from "../../support/pages/browser-visit.ts";
import { problem } from "../../support/pages/candidate-fixtures.ts";
import { MODEL_ID } from "../../support/pages/model-fixtures.ts";
import type { Answer, Answers } from "../../support/pages/page-server.ts";
import { visitStates, withPages } from "../../support/pages/with-pages.ts";
import { ASSESSMENT_STATES, composerPath, studio } from "./assessment-states.ts";
import { COMPOSER_MODEL_STATES } from "./composer-model-states.ts";

const pages = withPages();
visitStates(pages, "assessments", [...ASSESSMENT_STATES, ...COMPOSER_MODEL_STATES]);

type Saved = z.infer<typeof SaveDraftRequest>;

describe("the composer", () => {
  let context: BrowserContext;
  let page: Page;
  beforeEach(async () => {
    ({ context } = await openVisitor(pages.browser, LOOKS[0]!));
    page = await context.newPage();
  });
  afterEach(() => context.close());

  const open = async (section: string, answers: Answers) => {
    pages.server.answers = answers;
    await page.goto(pages.server.origin + composerPath(section));
    await page.getByTestId(`section-${section}`).waitFor();
  };
  const phase = (value: string) => page.locator(`[data-testid=save-mark][data-phase=${value}]`).waitFor();
  /** A server that keeps what it is sent, from revision 14 on. */
  const keeping = (saves: Saved[]) => (body: unknown) => {
    const { revision, content } = body as Saved;
    saves.push({ revision, content });
    return { body: draftView({ revision: revision + 1, content }) };
  };

  it("saves what is typed in the brief, once, with the revision it edited, and shows it beside", async () => {
    const saves: Saved[] = [];
    await open("task", studio(detail(), { [`PUT ${ASSESSMENT}/draft`]: keeping(saves) }));
    await page.getByTestId("brief").click();
    await page.keyboard.press("Control+Home");
    await page.keyboard.type("Fresh words. ");
    await page
      .getByRole("region", { name: "Preview of Brief in Markdown" })
      .getByText("Fresh words.")
      .waitFor();
    await phase("saved");
    expect(saves).toHaveLength(1);
    expect(saves[0]!.revision).toBe(14);
    expect(saves[0]!.content.brief).toMatch(/^Fresh words\. # Make support/);
    await page.getByTestId("title").fill("Another title");
    await expect.poll(() => saves[1]?.revision).toBe(15);
  });

  it("keeps words through a failing server and a reload, and saves them when it answers again", async () => {
    const saves: Saved[] = [];
    const server: { answer: Answer | ((body: unknown) => Answer) } = { answer: problem("unavailable") };
    const answer = (body: unknown) =>
      typeof server.answer === "function" ? server.answer(body) : server.answer;
    await open("task", studio(detail(), { [`PUT ${ASSESSMENT}/draft`]: answer }));
    await page.getByTestId("title").fill("Not to be lost");
    await phase("failed");
    server.answer = keeping(saves);
    await page.reload();
    await expect.poll(() => saves[0]?.content.title).toBe("Not to be lost");
    await phase("saved");
  });

  it("puts models behind a name in the order they are asked, and says what the budget is good for", async () => {
    const saves: Saved[] = [];
    await open("models", studio(detail(), { [`PUT ${ASSESSMENT}/draft`]: keeping(saves) }));
    await page.getByTestId("choice-metered").click();
    const choose = async (testId: string, name: RegExp) => {
      await page.getByTestId(testId).getByRole("button").click();
      await page.getByRole("option", { name }).click();
    };
    await choose("add-model", /^gpt-5-mini/);
    await page.getByText("enough for about 5,882 calls of 1,000 tokens in and 300 out").waitFor();
    await choose("add-target", /^meta-llama/);
    await page.getByRole("button", { name: "Ask meta-llama/Llama-3.1-8B-Instruct earlier" }).click();
    await page.getByTestId("model-alias").fill("small");
    const last = () => saves.at(-1)?.content.models;
    await expect.poll(last).toMatchObject({
      models: [{ alias: "small", modelIds: [MODEL_ID(5), MODEL_ID(1)] }],
      budget: { usd: 5 },
    });
    await page.getByTestId("choice-none").click();
    await expect.poll(last).toEqual({ kind: "none" });
    await page.getByTestId("choice-metered").click();
    await expect.poll(last).toMatchObject({ models: [{ alias: "small" }] });
    expect(await page.getByTestId("add-target").getByRole("button").textContent()).toContain(
      "Choose a model",
    );
  });

  it("takes packages one a line, and says which line is none", async () => {
    const saves: Saved[] = [];
    await open("packages", studio(detail(), { [`PUT ${ASSESSMENT}/draft`]: keeping(saves) }));
    await page.getByTestId("choice-mirror").click();
    const list = page.getByTestId("packages.pypi.allow");
    await list.click();
    await page.keyboard.type("pandas\n\n  types-*\na b");
    expect(await list.inputValue()).toBe("pandas\n\n  types-*\na b");
    await page.getByText('"a b" cannot be the name of a package').waitFor();
    await expect
      .poll(() => saves.at(-1)?.content.packages)
      .toMatchObject({ pypi: { enabled: true, allow: ["pandas", "types-*", "a b"] } });
  });

  it("asks about what two people changed, and sends what was chosen on top of the rest", async () => {
    const saves: Saved[] = [];
    const theirs = draftView({
      revision: 15,
      content: { ...draftView().content, limitSec: 3600, title: "Their title" },
    });
    const state = { isAhead: false };
    await open(
      "workspace",
      studio(detail(), {
        [`GET ${ASSESSMENT}`]: () => ({ body: state.isAhead ? detail({ draft: theirs }) : detail() }),
        [`PUT ${ASSESSMENT}/draft`]: (body) => {
          if ((body as Saved).revision === 15) return keeping(saves)(body);
          state.isAhead = true;
          return problem("assessment_conflict");
        },
      }),
    );
    await page.getByTestId("limit-minutes").fill("75");
    await page.getByTestId("limit-minutes").blur();
    await page.getByTestId("conflict").getByText("1 hour 15 minutes").waitFor();
    expect(saves).toEqual([]);
    await page.getByTestId("keep-mine").click();
    await expect.poll(() => saves.length).toBe(1);
    expect(saves[0]).toMatchObject({ revision: 15, content: { limitSec: 4500, title: "Their title" } });
  });

  it("reorders criteria by keyboard alone", async () => {
    const saves: Saved[] = [];
    await open("rubric", studio(detail(), { [`PUT ${ASSESSMENT}/draft`]: keeping(saves) }));
    const titles = () => page.getByTestId("criterion-list").getByRole("row").allTextContents();
    const [first] = await titles();
    await page.getByTestId("criterion-list").getByRole("row").first().focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect.poll(async () => (await titles()).indexOf(first!)).toBeGreaterThan(0);
    await expect.poll(() => saves.at(-1)?.content.rubric.criteria[0]?.id).toBe("working_software");
  });

  it("checks what was just typed, follows the check, and publishes with a note", async () => {
    const sent: unknown[] = [];
    const current = { view: draftView() };
    await open(
      "publish",
      studio(detail({ draft: current.view }), {
        [`GET ${ASSESSMENT}/draft/events`]: { event: "draft", events: () => current.view },
        [`POST ${ASSESSMENT}/draft/check`]: (body) => {
          sent.push({ check: body });
          current.view = draftView({ check: CHECKS.running });
          return { body: current.view };
        },
        [`POST ${ASSESSMENT}/draft/publish`]: (body) => {
          sent.push({ publish: body });
          return { body: { assessmentVersionId: detail().versions[0]!.id, number: 4 } };
        },
      }),
    );
    expect(await page.getByTestId("publish").isDisabled()).toBe(true);
    await page.getByTestId("run-check").click();
    await page.getByTestId("check-running").waitFor();
    current.view = draftView({ check: CHECKS.passed });
    pages.server.push();
    await page.getByTestId("check-passed").waitFor();
    await page.getByTestId("publish").click();
    await page.getByTestId("change-note").fill("Shorter brief");
    await page.getByTestId("publish-dialog-confirm").click();
    await page.getByTestId("section-versions").waitFor();
    expect(sent).toEqual([
      { check: { revision: 14 } },
      { publish: { revision: 14, changeNote: "Shorter brief" } },
    ]);
  });
});
