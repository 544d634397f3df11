import type { AttemptContext, EgressService, EgressServices } from "./egress/service.ts";
import { type MockApiDependencies, openMockApis } from "./mock-api/service.ts";
import type { ModelGateway } from "./models/model-gateway.ts";
import { openPackages, type PackageDependencies } from "./packages/service.ts";

export type ServiceDependencies = MockApiDependencies & PackageDependencies & { models: ModelGateway };

/** Everything that answers inside one sandbox, by hostname. */
export async function openServices(
  deps: ServiceDependencies,
  attempt: AttemptContext,
): Promise<EgressServices> {
  const [mockApis, models, packages] = await Promise.all([
    openMockApis(deps, attempt),
    deps.models.open(attempt),
    openPackages(deps, attempt),
  ]);
  return new Map<string, EgressService>([
    ...mockApis,
    ["models.internal", models],
    ["packages.internal", packages],
  ]);
}
