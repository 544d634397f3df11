import type { DatasetImportView } from "../../../shared/contracts/dataset-studio.ts";
import type { StreamState } from "../../api-client/event-source.ts";
import { Card } from "../../ui/card.tsx";
import { formatCount } from "../../ui/chart-scale.ts";
import { ProgressBar } from "../../ui/progress-bar.tsx";
import { plural } from "../../ui/time-words.ts";
import { LiveRegion } from "../../ui/toast.tsx";
import { PHASE_WORDS } from "./profile-words.ts";

/** What is being done right now, for as long as it takes. */
export function ImportProgressCard({ view, stream }: { view: DatasetImportView; stream: StreamState }) {
  const { phase, subject, share, rows } = view.progress;
  const isPublishing = view.state === "publishing";
  const doing = isPublishing && phase === "done" ? "Writing the version" : PHASE_WORDS[phase];
  return (
    <Card data-testid="import-progress">
      <ProgressBar
        label={doing}
        share={view.state === "waiting" ? null : share}
        words={view.state === "waiting" ? undefined : `${Math.floor(share * 100)} %`}
      />
      <div className="mt-3 flex flex-wrap justify-between gap-x-6 gap-y-1 text-[0.933rem] text-ink-soft">
        <p className="min-w-0 [overflow-wrap:anywhere]">{subject ?? " "}</p>
        {rows > 0 ? (
          <p className="tabular-nums">
            {formatCount(rows)} {plural(rows, "row")} read
          </p>
        ) : null}
      </div>
      <p className="mt-5 text-[0.9rem] text-ink-soft">
        {stream === "lost"
          ? "The live connection is lost; the page asks now and then instead."
          : "You can leave this page: the work goes on, and the dataset's page leads back here."}
      </p>
      <LiveRegion message={doing} />
    </Card>
  );
}
