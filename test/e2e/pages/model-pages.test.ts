import type { BrowserContext, Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { UpstreamView } from "../../../services/shared/contracts/models.ts";
import { LOOKS, openVisitor } from "../../support/pages/browser-visit.ts";
import { UPSTREAM_API, UPSTREAMS, UPSTREAMS_API } from "../../support/pages/model-fixtures.ts";
import type { Answers } from "../../support/pages/page-server.ts";
import { visitStates, withPages } from "../../support/pages/with-pages.ts";
import { MODEL_STATES, MODELS_PAGE, models } from "./model-states.ts";

const pages = withPages();
visitStates(pages, "models", MODEL_STATES);

const [OPENAI] = UPSTREAMS as [UpstreamView];

describe("the page of models", () => {
  let context: BrowserContext;
  let page: Page;
  beforeEach(async () => {
    ({ context } = await openVisitor(pages.browser, LOOKS[0]!));
    page = await context.newPage();
  });
  afterEach(() => context.close());

  /** A server that notes what it is sent and answers with the first upstream. */
  const open = async (more: (sent: unknown[]) => Answers = () => ({})) => {
    const sent: unknown[] = [];
    pages.server.answers = models([OPENAI], more(sent));
    await page.goto(pages.server.origin + MODELS_PAGE);
    await page.getByTestId("upstream").first().waitFor();
    return sent;
  };
  const noting =
    (sent: unknown[], body: unknown, status = 200) =>
    (request: unknown) => {
      sent.push(request);
      return { status, body };
    };

  it("adds an upstream by keyboard alone, and forgets the key with the dialog", async () => {
    const sent = await open((sent) => ({ [`POST ${UPSTREAMS_API}`]: noting(sent, OPENAI, 201) }));
    await page.getByTestId("new-upstream").focus();
    await page.keyboard.press("Enter");
    await page.getByTestId("upstream-name").focus();
    await page.keyboard.type("House");
    await page.keyboard.press("Tab");
    await page.keyboard.type("http://models.house.example/v1");
    await page.keyboard.press("Tab");
    await page.keyboard.type("sk-0123456789abcdef");
    expect(await page.getByTestId("upstream-key").getAttribute("type")).toBe("password");
    await page.keyboard.press("Enter");
    await page.getByTestId("upstream-dialog").waitFor({ state: "detached" });
    expect(sent).toEqual([
      { name: "House", baseUrl: "http://models.house.example/v1", apiKey: "sk-0123456789abcdef" },
    ]);
    await page.getByTestId("new-upstream").click();
    expect(await page.getByTestId("upstream-key").inputValue()).toBe("");
    expect(await page.content()).not.toContain("sk-0123456789abcdef");
  });

  it("sends of a change only what is different, and no key that nobody typed", async () => {
    const sent = await open((sent) => ({ [`PATCH ${UPSTREAM_API}`]: noting(sent, OPENAI) }));
    await page.getByTestId("upstream-menu").click();
    await page.getByTestId("menu-edit").click();
    await page.getByTestId("upstream-name").fill("Our provider");
    await page.getByTestId("upstream-confirm").click();
    await expect.poll(() => sent).toEqual([{ name: "Our provider" }]);
  });

  it("adds a model that the last test found, with its prices as they are", async () => {
    const sent = await open((sent) => ({ [`POST ${UPSTREAM_API}/models`]: noting(sent, OPENAI, 201) }));
    await page.getByTestId("add-model").click();
    await page.getByTestId("listed-models").getByRole("button").click();
    await page.getByRole("option", { name: "gpt-5-nano" }).click();
    await page.getByTestId("price-input").fill("0.05");
    await page.getByTestId("price-cached").fill("0.000125");
    await page.getByTestId("price-output").fill("0.4");
    await page.getByTestId("model-confirm").click();
    const price = { inputUsdPerMTok: 0.05, cachedInputUsdPerMTok: 0.000125, outputUsdPerMTok: 0.4 };
    await expect.poll(() => sent).toEqual([{ name: "gpt-5-nano", kind: "chat", price }]);
  });

  it("tests the connection, and shows what was found", async () => {
    const failed = { ...OPENAI.test!, ok: false, message: "api.openai.com does not take the key (401)." };
    const sent = await open((sent) => ({
      [`POST ${UPSTREAM_API}/test`]: noting(sent, { ...OPENAI, test: failed }),
      [`GET ${UPSTREAMS_API}`]: () => ({
        body: { items: [sent.length > 0 ? { ...OPENAI, test: failed } : OPENAI] },
      }),
    }));
    await page.getByTestId("test-upstream").click();
    await page.getByTestId("test-failed").getByText("does not take the key").waitFor();
    await page.getByTestId("model-menu").first().click();
    await page.getByTestId("menu-test").click();
    await expect.poll(() => sent).toEqual([{}, { model: "gpt-5-mini" }]);
  });
});
