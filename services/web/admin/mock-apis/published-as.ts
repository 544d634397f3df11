import type { MockApiListItem } from "../../../shared/contracts/mock-api-studio.ts";

/**
 * Number of the latest version when it says the same as the draft, null when the draft was changed since.
 * @param draftUpdatedAt when the draft was changed last; a check is no change
 */
export function publishedAs(
  latestVersion: MockApiListItem["latestVersion"],
  draftUpdatedAt: string,
): number | null {
  if (!latestVersion || Date.parse(draftUpdatedAt) > Date.parse(latestVersion.createdAt)) return null;
  return latestVersion.number;
}
