import type { AttemptContext, EgressService, EgressServices } from "./egress/service.ts";
import { type MockApiDependencies, openMockApis } from "./mock-api/service.ts";
import { openPackages, type PackageDependencies } from "./packages/service.ts";

export type ServiceDependencies = MockApiDependencies & PackageDependencies;

/** Everything that answers inside one sandbox, by hostname. */
export async function openServices(
  deps: ServiceDependencies,
  attempt: AttemptContext,
): Promise<EgressServices> {
  const [mockApis, packages] = await Promise.all([openMockApis(deps, attempt), openPackages(deps, attempt)]);
  return new Map<string, EgressService>([...mockApis, ["packages.internal", packages]]);
}
