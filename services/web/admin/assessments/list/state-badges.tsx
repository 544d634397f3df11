import type { AssessmentState } from "../../../../shared/contracts/composer.ts";
import { Badge } from "../../../ui/badge.tsx";

export interface StateBadgesProps {
  state: AssessmentState;
  /** Number of the latest published version. */
  version: number | null;
  /** The draft says something else than that version. */
  changed: boolean;
}

/** Where an assessment stands, in a word or two. */
export function StateBadges({ state, version, changed }: StateBadgesProps) {
  if (state === "archived") return <Badge>Archived</Badge>;
  if (version === null) return <Badge tone="warn">Draft</Badge>;
  return (
    <span className="inline-flex flex-wrap gap-1.5">
      <Badge tone="good" dot>
        Version {version}
      </Badge>
      {changed ? <Badge tone="warn">Unpublished changes</Badge> : null}
    </span>
  );
}
