import type { ModelLimits, ModelLine, ServedModel, SpecModels } from "../../shared/contracts/models.ts";
import { nanoUsd } from "../../shared/domain/model-cost.ts";
import { TokenBucket } from "../egress/token-bucket.ts";
import type { Balance } from "./ledger/ledger.ts";
import { SureBudget } from "./ledger/sure-budget.ts";
import { ModelError } from "./model-error.ts";

export type MeteredModels = Extract<SpecModels, { kind: "metered" }>;

/** What one line of an attempt may use, and what of it is under way. */
export interface Line {
  name: ModelLine;
  models: readonly ServedModel[];
  limits: ModelLimits;
  budget: Balance["limit"];
  sure: SureBudget;
  bucket: TokenBucket;
  underWay: number;
}

/** The lines that a version has: with models of the candidate's own, with an assistant, or both. */
export function linesOf({ models, limits, budget, assistant }: MeteredModels): Line[] {
  const line = (name: ModelLine, served: readonly ServedModel[], { usd, tokens }: typeof budget): Line => ({
    name,
    models: served,
    limits,
    budget: { nanoUsd: nanoUsd(usd), tokens },
    sure: new SureBudget(),
    bucket: bucketOf(limits),
    underWay: 0,
  });
  return [
    ...(models.length > 0 ? [line("product", models, budget)] : []),
    ...(assistant ? [line("assistant", [assistant.model], assistant.budget)] : []),
  ];
}

/** A quarter of a minute's requests may come at once. */
function bucketOf({ requestsPerMin }: ModelLimits): TokenBucket {
  return new TokenBucket(requestsPerMin / 60, Math.max(1, Math.ceil(requestsPerMin / 4)), performance.now());
}

/** Whether one more request may begin. @throws ModelError rate_limit_exceeded, too_many_parallel_requests */
export function takeTurn(line: Line): void {
  const { parallel, requestsPerMin } = line.limits;
  if (line.underWay >= parallel)
    throw new ModelError(
      "too_many_parallel_requests",
      `${parallel} requests may be under way at once. Wait until one has ended.`,
      { retryAfterSec: 1 },
    );
  const waitMs = line.bucket.take(performance.now());
  if (waitMs > 0)
    throw new ModelError("rate_limit_exceeded", `${requestsPerMin} requests may be made in a minute.`, {
      retryAfterSec: Math.max(1, Math.ceil(waitMs / 1000)),
    });
}

/** @throws ModelError model_not_found */
export function findModel({ models }: Line, alias: string): ServedModel {
  const model = models.find((one) => one.alias === alias);
  if (model) return model;
  const names = models.map((one) => one.alias).join(", ");
  throw new ModelError(
    "model_not_found",
    `There is no model ${JSON.stringify(alias.slice(0, 100))} here. Available: ${names}.`,
    { param: "model" },
  );
}

/** A model as `/v1/models` tells of it. */
export function describeModel({ alias }: ServedModel) {
  return { id: alias, object: "model", created: 0, owned_by: "worksample" };
}
