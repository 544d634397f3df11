import type { ModelPolicy } from "../../contracts/assessment-draft.ts";
import type { ModelKind, ModelPrice, ModelTarget, ServedModel, SpecModels } from "../../contracts/models.ts";

/** A model that a draft names, as it stands on this instance. */
export interface PinnedModel {
  modelId: string;
  upstreamId: string;
  upstreamName: string;
  name: string;
  kind: ModelKind;
  mock: boolean;
  price: ModelPrice | null;
  /** The model or its upstream is. */
  archived: boolean;
}

export type DraftModel = Extract<ModelPolicy, { kind: "metered" }>["models"][number];

/**
 * What a version fixes of a draft's models: which ones, and at which prices, so that everybody who takes it has the
 * same for the same money. Numbers are checked by the schema of the spec.
 * @throws Error when a model is not pinned or has no price, which the findings say first
 */
export function specModelsOf(policy: ModelPolicy, pinned: ReadonlyMap<string, PinnedModel>): unknown {
  if (policy.kind === "none") return policy;
  const { assistant } = policy;
  return {
    ...policy,
    models: policy.models.map((model) => serve(model, pinned)),
    assistant: assistant && { model: serve(assistant.model, pinned), budget: assistant.budget },
  };
}

function serve({ alias, modelIds }: DraftModel, pinned: ReadonlyMap<string, PinnedModel>): ServedModel {
  const models = modelIds.map((id) => pinned.get(id));
  const [first] = models;
  if (!first) throw new Error(`the model ${alias} is not pinned`);
  return { alias, kind: first.kind, targets: models.map((model) => targetOf(alias, model)) };
}

function targetOf(alias: string, model: PinnedModel | undefined): ModelTarget {
  if (!model?.price) throw new Error(`a target of the model ${alias} is gone or has no price`);
  const { modelId, upstreamId, name, mock, price } = model;
  return { modelId, upstreamId, name, mock, price };
}

/** The models of a version as a draft's, which looks prices up anew. */
export function modelPolicyOf(models: SpecModels): ModelPolicy {
  if (models.kind === "none") return models;
  const draft = ({ alias, targets }: ServedModel): DraftModel => ({
    alias,
    modelIds: targets.map(({ modelId }) => modelId),
  });
  const { assistant } = models;
  return {
    ...models,
    models: models.models.map(draft),
    assistant: assistant && { model: draft(assistant.model), budget: assistant.budget },
  };
}

/** A draft's models, those of the programs and the assistant's, each changed. */
export function mapDraftModels(policy: ModelPolicy, change: (model: DraftModel) => DraftModel): ModelPolicy {
  if (policy.kind === "none") return policy;
  const { assistant } = policy;
  return {
    ...policy,
    models: policy.models.map(change),
    assistant: assistant && { ...assistant, model: change(assistant.model) },
  };
}

/** Ids of all models that a draft names. */
export function modelIdsOf(policy: ModelPolicy): string[] {
  if (policy.kind === "none") return [];
  const named = [...policy.models, ...(policy.assistant ? [policy.assistant.model] : [])];
  return [...new Set(named.flatMap(({ modelIds }) => modelIds))];
}
