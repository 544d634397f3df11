import { describe, expect, it } from "vitest";
import type { ModelTarget, SpecModels } from "../contracts/models.ts";
import type { SpecPackages } from "../contracts/packages.ts";
import { consentVersionOf } from "./consent.ts";
import { offersOf } from "./offers.ts";

const target = (mock: boolean): ModelTarget => ({
  modelId: "0198f2aa-1c00-7aaa-8aaa-000000000001",
  upstreamId: "0198f2aa-1c00-7aaa-8aaa-000000000002",
  name: "secret-deployment",
  mock,
  price: { inputUsdPerMTok: 1, cachedInputUsdPerMTok: 1, outputUsdPerMTok: 2 },
});
const limits = { requestsPerMin: 60, parallel: 4, maxOutputTokens: 4096 };
const models = (changes: Partial<Extract<SpecModels, { kind: "metered" }>> = {}): SpecModels => ({
  kind: "metered",
  models: [{ alias: "small", kind: "chat", targets: [target(false), target(true)] }],
  budget: { usd: 5, tokens: 1000 },
  limits,
  assistant: null,
  ...changes,
});
const rules = (enabled: boolean) => ({ enabled, allow: ["numpy"], deny: [] });
const packages: SpecPackages = {
  kind: "mirror",
  npm: rules(false),
  pypi: rules(true),
  maxFileMib: 100,
  maxTotalMib: 500,
};
const none = { kind: "none" } as const;

describe("what the lobby offers", () => {
  it("is nothing where there is nothing", () =>
    expect(offersOf({ models: none, packages: none })).toEqual({ models: [], packages: [] }));

  it("names aliases and budgets, and calls what may be made up so, but tells no upstream or price", () =>
    expect(offersOf({ models: models(), packages })).toEqual({
      models: [
        {
          line: "product",
          models: [{ alias: "small", kind: "chat", mock: true }],
          limitUsd: 5,
          limitTokens: 1000,
        },
      ],
      packages: [{ ecosystem: "pypi", allow: ["numpy"], deny: [] }],
    }));

  it("has the assistant as a line of its own", () => {
    const assistant = {
      model: { alias: "helper", kind: "chat" as const, targets: [target(false)] },
      budget: { usd: 2, tokens: null },
    };
    const { models: lines } = offersOf({ models: models({ models: [], assistant }), packages: none });
    expect(lines).toEqual([
      {
        line: "assistant",
        models: [{ alias: "helper", kind: "chat", mock: false }],
        limitUsd: 2,
        limitTokens: null,
      },
    ]);
  });
});

describe("what is accepted with consent", () => {
  const spec = {
    disclosures: ["Your files are saved."],
    aiPolicy: { kind: "disclose" as const, statement: "Say what you used." },
    models: none,
    packages: none,
  };

  it("is named as before there were models", () => expect(consentVersionOf(spec)).toBe("8e0c99673ee593bf"));

  it("is something else with models, with another budget, and with packages", () => {
    const changes = [
      {},
      { models: models() },
      { models: models({ budget: { usd: 6, tokens: 1000 } }) },
      { packages },
    ];
    const versions = changes.map((change) => consentVersionOf({ ...spec, ...change }));
    expect(new Set(versions).size).toBe(changes.length);
  });
});
