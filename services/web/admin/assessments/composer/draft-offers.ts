import type { AssessmentDraft, ModelPolicy } from "../../../../shared/contracts/assessment-draft.ts";
import type { LobbyOffers } from "../../../../shared/contracts/candidate.ts";
import type { ModelOffer } from "../../../../shared/contracts/models.ts";

type Metered = Extract<ModelPolicy, { kind: "metered" }>;

/**
 * What the lobby would tell of a draft's models and packages. Which of the models are mocks or embed is only known of
 * a published version, and is not said here.
 */
export function draftOffers({ models, packages }: AssessmentDraft): LobbyOffers {
  return {
    models: models.kind === "none" ? [] : modelOffers(models),
    packages:
      packages.kind === "none"
        ? []
        : (["pypi", "npm"] as const)
            .filter((ecosystem) => packages[ecosystem].enabled)
            .map((ecosystem) => ({
              ecosystem,
              allow: packages[ecosystem].allow,
              deny: packages[ecosystem].deny,
            })),
  };
}

function modelOffers({ models, budget, assistant }: Metered): ModelOffer[] {
  const offer = (
    line: ModelOffer["line"],
    named: Metered["models"],
    { usd, tokens }: Metered["budget"],
  ): ModelOffer => ({
    line,
    models: named.map(({ alias }) => ({ alias, kind: "chat", mock: false })),
    limitUsd: usd ?? 0,
    limitTokens: tokens,
  });
  return [
    ...(models.length > 0 ? [offer("product", models, budget)] : []),
    ...(assistant ? [offer("assistant", [assistant.model], assistant.budget)] : []),
  ];
}
