import { describe, expect, it } from "vitest";
import { completeDraft } from "../../../../test/support/assessment-fixture.ts";
import type { AssessmentDraft, ModelPolicy } from "../../contracts/assessment-draft.ts";
import { draftFindings, specOf } from "./draft-findings.ts";
import { typicalCalls } from "./model-budget.ts";
import { pinnedModelFindings } from "./pinned-model-findings.ts";
import type { PinnedModel } from "./spec-models.ts";

type Metered = Extract<ModelPolicy, { kind: "metered" }>;

const [SMALL, LARGE, MOCK, VECTORS] = [1, 2, 3, 4].map(
  (number) => `00000000-0000-4000-8000-00000000000${number}`,
) as [string, string, string, string];
const BUDGET = { usd: 5, tokens: null };
const POLICY: Metered = {
  kind: "metered",
  models: [{ alias: "small", modelIds: [SMALL] }],
  budget: BUDGET,
  limits: { requestsPerMin: 60, parallel: 4, maxOutputTokens: 4096 },
  assistant: null,
};
const ASSISTANT: Metered["assistant"] = { model: { alias: "helper", modelIds: [LARGE] }, budget: BUDGET };
const assisted: Partial<AssessmentDraft> = { aiPolicy: { kind: "assistant", statement: "Use it." } };

const find = (models: Partial<Metered>, change: Partial<AssessmentDraft> = {}) =>
  draftFindings(completeDraft({ models: { ...POLICY, ...models }, ...change }), ["workbench"]).map(
    ({ path, severity }) => `${severity} ${path}`,
  );
const first = (model: Partial<Metered["models"][number]>) => ({
  models: [{ ...POLICY.models[0]!, ...model }],
});

describe("what a draft with models lacks", () => {
  it.each<[string, Partial<Metered>, Partial<AssessmentDraft>, string[]]>([
    ["nothing", {}, {}, []],
    ["nothing, with an assistant", { assistant: ASSISTANT }, assisted, []],
    ["nothing, with an assistant alone", { models: [], assistant: ASSISTANT }, assisted, []],
    ["a model", { models: [] }, {}, ["failed models.models"]],
    ["a name", first({ alias: " " }), {}, ["failed models.models.0.alias"]],
    ["a name that can be one", first({ alias: "-x" }), {}, ["failed models.models.0.alias"]],
    ["a name without a space", first({ alias: "gpt 5" }), {}, ["failed models.models.0.alias"]],
    [
      "names of their own",
      { models: [...POLICY.models, ...POLICY.models] },
      {},
      ["failed models.models.1.alias"],
    ],
    [
      "a name of the assistant's own",
      { assistant: { ...ASSISTANT!, model: { alias: "small", modelIds: [SMALL] } } },
      assisted,
      ["failed models.assistant.model.alias"],
    ],
    ["something behind the name", first({ modelIds: [] }), {}, ["failed models.models.0.modelIds"]],
    [
      "another one behind the name",
      first({ modelIds: [SMALL, SMALL] }),
      {},
      ["warning models.models.0.modelIds"],
    ],
    [
      "what another instance had",
      first({ modelIds: [], missing: [{ upstream: "OpenAI", name: "gpt-5" }] }),
      {},
      ["failed models.models.0.missing.0"],
    ],
    ["a budget", { budget: { usd: null, tokens: null } }, {}, ["failed models.budget.usd"]],
    ["a budget above nothing", { budget: { usd: 0, tokens: null } }, {}, ["failed models.budget.usd"]],
    ["whole tokens", { budget: { usd: 1, tokens: 0.5 } }, {}, ["failed models.budget.tokens"]],
    [
      "a pace",
      { limits: { ...POLICY.limits, requestsPerMin: null } },
      {},
      ["failed models.limits.requestsPerMin"],
    ],
    ["room", { limits: { ...POLICY.limits, parallel: 0 } }, {}, ["failed models.limits.parallel"]],
    [
      "an end",
      { limits: { ...POLICY.limits, maxOutputTokens: 2e6 } },
      {},
      ["failed models.limits.maxOutputTokens"],
    ],
    ["the assistant it promises", {}, assisted, ["failed aiPolicy.kind"]],
    ["a word about its assistant", { assistant: ASSISTANT }, {}, ["failed models.assistant"]],
    [
      "a budget of the assistant's",
      { assistant: { ...ASSISTANT!, budget: { usd: null, tokens: null } } },
      assisted,
      ["failed models.assistant.budget.usd"],
    ],
  ])("%s", (_, models, change, expected) => {
    expect(find(models, change)).toEqual(expected);
  });

  it.each([
    ["models.internal", { models: POLICY }],
    [
      "packages.internal",
      {
        packages: {
          kind: "mirror" as const,
          npm: { enabled: true, allow: [], deny: [] },
          pypi: { enabled: false, allow: [], deny: [] },
          ...{ maxFileMib: 100, maxTotalMib: 1000 },
        },
      },
    ],
  ])("is told that the brief speaks of %s only where nothing answers", (host, offered) => {
    const brief = `Call http://${host}/v1`;
    const of = (change: Partial<AssessmentDraft>) => draftFindings(completeDraft(change), ["workbench"]);
    expect(of({ brief })).toMatchObject([{ section: "brief", severity: "warning" }]);
    expect(of({ brief, ...offered })).toEqual([]);
  });

  it("must disclose that calls are recorded", () => {
    const { disclosures } = completeDraft();
    expect(find({}, { disclosures })).toEqual(["warning disclosures"]);
  });
});

const price = { inputUsdPerMTok: 1, cachedInputUsdPerMTok: 0.1, outputUsdPerMTok: 10 };
const pin = (modelId: string, name: string, change: Partial<PinnedModel> = {}): [string, PinnedModel] => [
  modelId,
  {
    modelId,
    upstreamId: MOCK,
    upstreamName: "House",
    name,
    kind: "chat",
    mock: false,
    price,
    archived: false,
    ...change,
  },
];
const pinned = (...changed: [string, PinnedModel][]) =>
  new Map([
    pin(SMALL, "small"),
    pin(LARGE, "large"),
    pin(MOCK, "made-up", { mock: true }),
    pin(VECTORS, "vectors", { kind: "embedding" }),
    ...changed,
  ]);

describe("models that a draft names", () => {
  it.each<[string, Partial<Metered>, Map<string, PinnedModel>, string[]]>([
    ["are there", first({ modelIds: [SMALL, LARGE] }), pinned(), []],
    ["are gone", {}, new Map(), ["failed models.models.0.modelIds.0"]],
    [
      "are archived",
      {},
      pinned(pin(SMALL, "small", { archived: true })),
      ["failed models.models.0.modelIds.0"],
    ],
    [
      "have no price",
      {},
      pinned(pin(SMALL, "small", { price: null })),
      ["failed models.models.0.modelIds.0"],
    ],
    [
      "are of two kinds",
      first({ modelIds: [SMALL, VECTORS] }),
      pinned(),
      ["failed models.models.0.modelIds"],
    ],
    ["make embeddings", first({ modelIds: [VECTORS] }), pinned(), []],
    [
      "make embeddings for the assistant",
      { assistant: { model: { alias: "helper", modelIds: [VECTORS] }, budget: BUDGET } },
      pinned(),
      ["failed models.assistant.model.modelIds"],
    ],
    ["are made up", first({ modelIds: [MOCK] }), pinned(), ["warning models.models.0.modelIds"]],
    [
      "are made up at last",
      first({ modelIds: [SMALL, MOCK] }),
      pinned(),
      ["warning models.models.0.modelIds"],
    ],
    [
      "cost more than there is",
      { budget: { usd: 0.04, tokens: null } },
      pinned(),
      ["warning models.budget.usd"],
    ],
    [
      "cost the assistant more than there is",
      { assistant: { model: { alias: "helper", modelIds: [LARGE] }, budget: { usd: 0.04, tokens: null } } },
      pinned(),
      ["warning models.assistant.budget.usd"],
    ],
  ])("%s", (_, models, known, expected) => {
    const found = pinnedModelFindings({ ...POLICY, ...models }, known);
    expect(found.map(({ path, severity }) => `${severity} ${path}`)).toEqual(expected);
  });

  it("become part of the spec with their prices, when nothing is found", () => {
    const draft = completeDraft({ models: { ...POLICY, assistant: ASSISTANT }, ...assisted });
    const trees = { starterTreeSha256: "0".repeat(64), practiceTreeSha256: "0".repeat(64) };
    expect(specOf(draft, trees, pinned()).models).toMatchObject({
      models: [{ alias: "small", kind: "chat", targets: [{ name: "small", price }] }],
      assistant: { model: { targets: [{ name: "large" }] } },
    });
  });
});

describe("typicalCalls", () => {
  it("counts other calls, too, such as those that have no output", () => {
    expect(typicalCalls({ usd: 4, tokens: null }, [price], { inputTokens: 1000, outputTokens: 0 })).toBe(
      4000,
    );
  });

  it.each([
    [{ usd: 4, tokens: null }, [price], 1000],
    [{ usd: 4, tokens: 130_000 }, [price], 100],
    [{ usd: 4, tokens: null }, [price, { inputUsdPerMTok: 2, outputUsdPerMTok: 20 }], 500],
    [{ usd: 0.003, tokens: null }, [price], 0],
    [{ usd: 5, tokens: null }, [{ inputUsdPerMTok: 0, outputUsdPerMTok: 0 }], null],
    [{ usd: 5, tokens: 13_000 }, [{ inputUsdPerMTok: 0, outputUsdPerMTok: 0 }], 10],
    [{ usd: null, tokens: null }, [price], null],
  ])("of %o at %o is %o", (budget, prices, calls) => {
    expect(typicalCalls(budget, prices)).toBe(calls);
  });
});
