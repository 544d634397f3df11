import type { AssessmentVersionView, PinnedModelView } from "../../../../shared/contracts/composer.ts";
import type { PinNames } from "./differences.ts";

type WithPins = Pick<AssessmentVersionView, "pinnedDatasets" | "pinnedMockApis" | "pinnedModels">;

/** Names versions of materials, for example `Support tickets 3`, and models, for example `gpt-5-mini (OpenAI)`, from what several answers say about their pins. */
export function pinNames(...answers: WithPins[]): PinNames {
  const names = new Map<string, string>();
  for (const { pinnedDatasets, pinnedMockApis, pinnedModels } of answers) {
    for (const pin of pinnedDatasets) names.set(pin.datasetVersionId, `${pin.title} ${pin.number}`);
    for (const pin of pinnedMockApis) names.set(pin.mockApiVersionId, `${pin.title} ${pin.number}`);
    for (const pin of pinnedModels) names.set(pin.modelId, nameOfModel(pin));
  }
  return (versionId) => names.get(versionId) ?? null;
}

/** The same for models alone. */
export function modelNames(pinned: readonly PinnedModelView[]): PinNames {
  const names = new Map(pinned.map((pin) => [pin.modelId, nameOfModel(pin)]));
  return (modelId) => names.get(modelId) ?? null;
}

function nameOfModel({ name, upstreamName }: PinnedModelView): string {
  return `${name} (${upstreamName})`;
}
