import type { MockApiCheckState } from "../../../shared/contracts/mock-api-studio.ts";
import { Badge } from "../../ui/badge.tsx";

const WORDS = {
  none: ["neutral", "Draft not checked"],
  waiting: ["neutral", "Being checked"],
  passed: ["good", "Draft ready to publish"],
  failed: ["danger", "Draft has errors"],
} as const;

export function CheckBadge({
  state,
  hasDocument = true,
  publishedAs = null,
}: {
  state: MockApiCheckState;
  hasDocument?: boolean;
  /** Number of the version that is exactly this draft. */
  publishedAs?: number | null;
}) {
  const [tone, draftWords] = WORDS[state];
  const words =
    publishedAs !== null && state === "passed" ? `Published as version ${publishedAs}` : draftWords;
  return (
    <span data-testid="check-badge" data-state={state}>
      <Badge tone={tone} dot>
        {hasDocument ? words : "No document yet"}
      </Badge>
    </span>
  );
}
