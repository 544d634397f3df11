import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { MockApiBindings } from "../../../services/shared/contracts/mock-api.ts";
import { mockApiDigest } from "../../../services/shared/domain/mock-api-digest.ts";

export const HELPDESK_HOSTNAME = "helpdesk.internal";
export const HELPDESK_SLUG = "helpdesk";
export const HELPDESK_TITLE = "Harbourly Helpdesk API";

export interface MockApiSource {
  /** The OpenAPI document. */
  document: Record<string, unknown>;
  bindings: MockApiBindings;
  /** Identifies the two together. */
  sha256: string;
}

/** The helpdesk's mock API as a `mock_api_version` stores it. */
export function loadHelpdeskApi(): MockApiSource {
  const document = readYaml("helpdesk.openapi.yaml") as Record<string, unknown>;
  const bindings = MockApiBindings.parse(readYaml("helpdesk.bindings.yaml"));
  return {
    document,
    bindings,
    sha256: mockApiDigest({ document, bindings, weather: { rules: [] }, datasetVersionId: null }),
  };
}

/** Times stay text: YAML 1.2 has no timestamps. `<<` merges, as in YAML 1.1. */
function readYaml(name: string): unknown {
  return parse(readFileSync(new URL(name, import.meta.url), "utf8"), { merge: true });
}
