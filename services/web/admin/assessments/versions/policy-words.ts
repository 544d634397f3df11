import type {
  AssessmentDraft,
  ModelPolicy,
  PackagePolicy,
} from "../../../../shared/contracts/assessment-draft.ts";
import type { PackageEcosystem } from "../../../../shared/contracts/packages.ts";
import { plural } from "../../../ui/time-words.ts";
import { dollars } from "../../models/model-words.ts";
import type { PinNames } from "./differences.ts";
import { gigabytes } from "./value-words.ts";

type Metered = Extract<ModelPolicy, { kind: "metered" }>;
type Fact = [name: string, words: string];

/** A budget, for example `$5.00, at most 2,000,000 tokens`. */
export function budgetWords({ usd, tokens }: Metered["budget"]): string {
  const money = usd === null ? "not set" : dollars(usd);
  return tokens === null
    ? money
    : `${money}, at most ${tokens.toLocaleString("en-GB")} ${plural(tokens, "token")}`;
}

export function limitWords({ requestsPerMin, parallel, maxOutputTokens }: Metered["limits"]): string {
  const longest = maxOutputTokens?.toLocaleString("en-GB") ?? "?";
  return `${requestsPerMin ?? "?"} requests per minute, ${parallel ?? "?"} at once, answers of up to ${longest} tokens`;
}

/** What stands behind a name, in the order in which it is asked. */
export function targetWords({ modelIds, missing = [] }: Metered["models"][number], nameOf: PinNames): string {
  const names = modelIds.map((id) => nameOf(id) ?? "a model that is not here");
  return [...names, ...missing.map(({ upstream, name }) => `${name} (${upstream}), not here`)].join(
    ", then ",
  );
}

export function packageRuleWords(
  packages: Extract<PackagePolicy, { kind: "mirror" }>,
  ecosystem: PackageEcosystem,
): string {
  const { enabled, allow, deny } = packages[ecosystem];
  if (!enabled) return "off";
  const allowed = allow.length > 0 ? `only ${allow.join(", ")}` : "everything";
  return deny.length > 0 ? `${allowed}, never ${deny.join(", ")}` : allowed;
}

export function packageSizeWords({
  maxFileMib,
  maxTotalMib,
}: Extract<PackagePolicy, { kind: "mirror" }>): string {
  return `files of up to ${gigabytes(maxFileMib)}, ${gigabytes(maxTotalMib)} together`;
}

/** All that a draft says of models and packages, by name, for comparing. */
export function policyFacts({ models, packages }: AssessmentDraft, nameOf: PinNames): Map<string, string> {
  return new Map([...modelFacts(models, nameOf), ...packageFacts(packages)]);
}

function modelFacts(models: ModelPolicy, nameOf: PinNames): Fact[] {
  if (models.kind === "none") return [];
  const { assistant } = models;
  return [
    ...models.models.map((model): Fact => [`Model ${model.alias}`, targetWords(model, nameOf)]),
    ["Budget for models", budgetWords(models.budget)],
    ["Limits of models", limitWords(models.limits)],
    ...(assistant
      ? ([
          ["Coding assistant", `${assistant.model.alias}: ${targetWords(assistant.model, nameOf)}`],
          ["Budget of the assistant", budgetWords(assistant.budget)],
        ] satisfies Fact[])
      : []),
  ];
}

function packageFacts(packages: PackagePolicy): Fact[] {
  if (packages.kind === "none") return [];
  return [
    ["Packages of PyPI", packageRuleWords(packages, "pypi")],
    ["Packages of npm", packageRuleWords(packages, "npm")],
    ["Sizes of packages", packageSizeWords(packages)],
  ];
}
