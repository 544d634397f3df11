import type { Certainty } from "../../../../shared/contracts/mock-api-studio.ts";
import { Badge } from "../../../ui/badge.tsx";

const WORDS = {
  high: ["good", "Certain"],
  medium: ["neutral", "Likely"],
  low: ["warn", "Look at it"],
} as const;

export function CertaintyBadge({ certainty }: { certainty: Certainty }) {
  const [tone, words] = WORDS[certainty];
  return <Badge tone={tone}>{words}</Badge>;
}
