import type { ModelPolicy } from "../../contracts/assessment-draft.ts";
import type { ModelPrice } from "../../contracts/models.ts";
import { type Finding, Findings } from "./finding.ts";
import { placedModels } from "./model-findings.ts";
import type { PinnedModel } from "./spec-models.ts";

/**
 * Whether the models that a draft names can be served: they are there, are not archived, have prices, and fit together.
 * @param pinned those of them that are on this instance
 */
export function pinnedModelFindings(
  policy: ModelPolicy,
  pinned: ReadonlyMap<string, PinnedModel>,
): Finding[] {
  if (policy.kind === "none") return [];
  const findings = new Findings("models");
  for (const { path, model, isAssistant } of placedModels(policy)) {
    const known = model.modelIds.map((id) => pinned.get(id));
    for (const [index, target] of known.entries())
      checkTarget(findings, `${path}.modelIds.${index}`, model.alias, target);
    const found = known.filter((target) => target !== undefined);
    checkKinds(findings, path, model.alias, found, isAssistant);
    checkMocks(findings, path, model.alias, found);
    const { budget } = isAssistant ? policy.assistant! : policy;
    const place = isAssistant ? "models.assistant.budget.usd" : "models.budget.usd";
    checkLongestAnswer(findings, place, model.alias, found, budget.usd, policy.limits.maxOutputTokens);
  }
  return findings.all;
}

function checkTarget(findings: Findings, path: string, alias: string, target: PinnedModel | undefined): void {
  if (!target) {
    findings.fail(
      path,
      `A model behind "${alias}" is not on this instance.`,
      "Choose another, or leave it out.",
    );
    return;
  }
  const called = `${target.name} of ${target.upstreamName}`;
  if (target.archived)
    findings.fail(path, `${called} is archived.`, "Take it out of the archive, or choose another.");
  if (target.price === null)
    findings.fail(
      path,
      `${called} has no price, so nothing could bound what it costs.`,
      "Set its price on the Models page; 0 for a model of your own.",
    );
}

function checkKinds(
  findings: Findings,
  path: string,
  alias: string,
  found: readonly PinnedModel[],
  isAssistant: boolean,
): void {
  const kinds = new Set(found.map(({ kind }) => kind));
  if (kinds.size > 1)
    findings.fail(
      `${path}.modelIds`,
      `Behind "${alias}" are models for chat and for embeddings.`,
      "Put only models of one kind behind a name.",
    );
  else if (isAssistant && kinds.has("embedding"))
    findings.fail(`${path}.modelIds`, "The assistant's model makes embeddings.", "Choose a model for chat.");
}

function checkMocks(findings: Findings, path: string, alias: string, found: readonly PinnedModel[]): void {
  const mocks = found.filter(({ mock }) => mock).length;
  if (mocks === 0) return;
  const all = mocks === found.length;
  findings.warn(
    `${path}.modelIds`,
    all
      ? `Answers of "${alias}" are made up: it is a mock.`
      : `When the other models behind "${alias}" fail, its answers are made up: a mock is among them.`,
    "That is for trying things out. Choose a real model before you invite candidates.",
  );
}

/** A call is let through when the most it may cost is left: so a budget below that lets nothing through as it is. */
function checkLongestAnswer(
  findings: Findings,
  path: string,
  alias: string,
  found: readonly PinnedModel[],
  usd: number | null,
  maxOutputTokens: number | null,
): void {
  const prices = found.map(({ price }) => price).filter((price) => price !== null);
  if (usd === null || maxOutputTokens === null || prices.length === 0) return;
  const most =
    Math.max(...prices.map((price: ModelPrice) => price.outputUsdPerMTok)) * (maxOutputTokens / 1e6);
  if (most > usd)
    findings.warn(
      path,
      `One answer of the greatest length by "${alias}" costs $${dollars(most)}, more than the whole budget.`,
      "Raise the budget, or shorten the longest answer.",
    );
}

function dollars(usd: number): string {
  return usd.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: usd < 0.01 ? 6 : 2 });
}
