import type { AssessmentVersionView } from "../../../../shared/contracts/composer.ts";
import type { PinNames } from "./differences.ts";

type WithPins = Pick<AssessmentVersionView, "pinnedDatasets" | "pinnedMockApis">;

/** Names versions of materials, for example `Support tickets 3`, from what several answers say about their pins. */
export function pinNames(...answers: WithPins[]): PinNames {
  const names = new Map<string, string>();
  for (const { pinnedDatasets, pinnedMockApis } of answers) {
    for (const pin of pinnedDatasets) names.set(pin.datasetVersionId, `${pin.title} ${pin.number}`);
    for (const pin of pinnedMockApis) names.set(pin.mockApiVersionId, `${pin.title} ${pin.number}`);
  }
  return (versionId) => names.get(versionId) ?? null;
}
