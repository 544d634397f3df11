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
}: {
  state: MockApiCheckState;
  hasDocument?: boolean;
}) {
  const [tone, words] = WORDS[state];
  return (
    <span data-testid="check-badge" data-state={state}>
      <Badge tone={tone} dot>
        {hasDocument ? words : "No document yet"}
      </Badge>
    </span>
  );
}
