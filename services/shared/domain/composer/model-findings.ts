import type { AssessmentDraft, ModelPolicy } from "../../contracts/assessment-draft.ts";
import { MODEL_ALIAS } from "../../contracts/models.ts";
import { type Finding, Findings } from "./finding.ts";

type Metered = Extract<ModelPolicy, { kind: "metered" }>;
type DraftModel = Metered["models"][number];

/** A model of a draft with its place in it: those of the programs, then the assistant's. */
export function placedModels(
  policy: ModelPolicy,
): { path: string; model: DraftModel; isAssistant: boolean }[] {
  if (policy.kind === "none") return [];
  const { models, assistant } = policy;
  return [
    ...models.map((model, index) => ({ path: `models.models.${index}`, model, isAssistant: false })),
    ...(assistant ? [{ path: "models.assistant.model", model: assistant.model, isAssistant: true }] : []),
  ];
}

/** What a draft itself shows of its models to be missing or wrong. Whether they are there is found elsewhere. */
export function modelFindings(draft: AssessmentDraft): Finding[] {
  const { models: policy } = draft;
  if (policy.kind === "none") return [];
  const findings = new Findings("models");
  if (policy.models.length === 0 && policy.assistant === null)
    findings.fail("models.models", "No model is chosen.", "Choose one, or offer no models.");
  checkNames(findings, policy);
  for (const { path, model } of placedModels(policy)) checkTargets(findings, path, model);
  checkBudget(findings, "models.budget", "The budget", policy.budget);
  checkLimits(findings, policy.limits);
  if (policy.assistant) {
    checkBudget(findings, "models.assistant.budget", "The assistant's budget", policy.assistant.budget);
    if (draft.aiPolicy.kind !== "assistant")
      findings.fail(
        "models.assistant",
        "A coding assistant is set up, and the AI policy does not offer one.",
        "Choose that policy under Rules, or take the assistant out.",
      );
  }
  return findings.all;
}

function checkNames(findings: Findings, policy: Metered): void {
  const seen = new Set<string>();
  for (const { path, model, isAssistant } of placedModels(policy)) {
    const { alias } = model;
    if (alias.trim() === "")
      findings.fail(
        `${path}.alias`,
        "The model has no name.",
        "Say what programs call it, for example gpt-5-mini.",
      );
    else if (!MODEL_ALIAS.test(alias))
      findings.fail(
        `${path}.alias`,
        `"${alias}" cannot be the name of a model.`,
        "Begin with a letter or digit; up to 100 letters, digits and . _ : / - fit.",
      );
    else if (seen.has(alias))
      findings.fail(
        `${path}.alias`,
        isAssistant
          ? `The assistant's model is called "${alias}" as one of the programs' is.`
          : `Two models are called "${alias}".`,
        "Give each a name of its own.",
      );
    seen.add(alias);
  }
}

function checkTargets(findings: Findings, path: string, { alias, modelIds, missing = [] }: DraftModel): void {
  if (modelIds.length === 0 && missing.length === 0)
    findings.fail(
      `${path}.modelIds`,
      `No model stands behind "${alias}".`,
      "Choose one, or remove the line.",
    );
  if (new Set(modelIds).size < modelIds.length)
    findings.warn(
      `${path}.modelIds`,
      `The same model stands behind "${alias}" twice.`,
      "Asking it again helps little when it has failed. Choose another.",
    );
  for (const [index, { upstream, name }] of missing.entries())
    findings.fail(
      `${path}.missing.${index}`,
      `The model "${name}" of the upstream "${upstream}" is not on this instance.`,
      "Set it up on the Models page and choose it, or leave it out.",
    );
}

function checkBudget(
  findings: Findings,
  path: string,
  what: string,
  { usd, tokens }: Metered["budget"],
): void {
  findings.requireNumber(`${path}.usd`, what, usd, {
    ...{ least: 0.000_001, most: 100_000, unit: "dollars", whole: false },
  });
  if (tokens !== null)
    findings.requireNumber(`${path}.tokens`, `${what} of tokens`, tokens, {
      ...{ least: 1, most: 1e12, unit: "tokens" },
    });
}

function checkLimits(
  findings: Findings,
  { requestsPerMin, parallel, maxOutputTokens }: Metered["limits"],
): void {
  const upTo = (most: number, unit: string) => ({ least: 1, most, unit });
  findings.requireNumber(
    "models.limits.requestsPerMin",
    "The number of requests per minute",
    requestsPerMin,
    upTo(100_000, "requests"),
  );
  findings.requireNumber(
    "models.limits.parallel",
    "The number of requests at once",
    parallel,
    upTo(1000, "requests"),
  );
  findings.requireNumber(
    "models.limits.maxOutputTokens",
    "The longest answer",
    maxOutputTokens,
    upTo(1_000_000, "tokens"),
  );
}
