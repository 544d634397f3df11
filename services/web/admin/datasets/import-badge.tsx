import type { ImportState } from "../../../shared/contracts/dataset-studio.ts";
import { Badge } from "../../ui/badge.tsx";
import type { Tone } from "../../ui/banner.tsx";

const STATES: Record<ImportState, { tone: Tone; words: string }> = {
  waiting: { tone: "neutral", words: "Waiting to be read" },
  profiling: { tone: "neutral", words: "Being read" },
  ready: { tone: "warn", words: "Waiting for your choices" },
  publishing: { tone: "neutral", words: "Being published" },
  published: { tone: "good", words: "Published" },
  failed: { tone: "danger", words: "Failed" },
  cancelled: { tone: "neutral", words: "Cancelled" },
};

export function ImportBadge({ state }: { state: ImportState }) {
  const { tone, words } = STATES[state];
  return (
    <Badge tone={tone} dot>
      {words}
    </Badge>
  );
}
