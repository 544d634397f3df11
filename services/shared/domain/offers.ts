import type { AssessmentSpec } from "../contracts/assessment.ts";
import type { LobbyOffers } from "../contracts/candidate.ts";
import type { ModelLine, ModelOffer, ServedModel, SpecModels } from "../contracts/models.ts";
import type { PackageOffer, SpecPackages } from "../contracts/packages.ts";

/** What a version gives candidates beside their workspace, as the lobby and their page tell it. */
export function offersOf({ models, packages }: Pick<AssessmentSpec, "models" | "packages">): LobbyOffers {
  return { models: modelOffersOf(models), packages: packageOffersOf(packages) };
}

function modelOffersOf(spec: SpecModels): ModelOffer[] {
  if (spec.kind === "none") return [];
  const { models, budget, assistant } = spec;
  return [
    ...(models.length > 0 ? [offer("product", models, budget)] : []),
    ...(assistant ? [offer("assistant", [assistant.model], assistant.budget)] : []),
  ];
}

function offer(
  line: ModelLine,
  models: readonly ServedModel[],
  budget: { usd: number; tokens: number | null },
): ModelOffer {
  return {
    line,
    models: models.map(({ alias, kind, targets }) => ({
      alias,
      kind,
      // One of several that is made up is enough for an answer to be made up.
      mock: targets.some(({ mock }) => mock),
    })),
    limitUsd: budget.usd,
    limitTokens: budget.tokens,
  };
}

function packageOffersOf(spec: SpecPackages): PackageOffer[] {
  if (spec.kind === "none") return [];
  return (["pypi", "npm"] as const)
    .filter((ecosystem) => spec[ecosystem].enabled)
    .map((ecosystem) => ({ ecosystem, allow: spec[ecosystem].allow, deny: spec[ecosystem].deny }));
}
