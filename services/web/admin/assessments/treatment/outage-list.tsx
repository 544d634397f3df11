import { useState } from "react";
import type { ModelTreatmentReport, ModelTreatmentRow } from "../../../../shared/contracts/models.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { durationWords, formatInstant, plural } from "../../../ui/time-words.ts";
import { CreditDialog } from "./credit-dialog.tsx";

export type Outage = ModelTreatmentRow["outages"][number];
interface Hit {
  row: ModelTreatmentRow;
  outage: Outage;
}

/** The outages, each with the time that can be given back for it. */
export function OutageList({ report, assessmentId }: { report: ModelTreatmentReport; assessmentId: string }) {
  const [crediting, setCrediting] = useState<Hit | null>(null);
  const hits = report.rows.flatMap((row) => row.outages.map((outage) => ({ row, outage })));
  return (
    <Card
      padding="none"
      title="Outages"
      description="From the first of at least two failures in a row until the call that was answered next. What the program did in between is not known: it may have waited, or not have tried."
      data-testid="outages"
    >
      {hits.length === 0 ? (
        <p className="px-5 py-4 text-ink-soft">None.</p>
      ) : (
        <ul>
          {hits.map((hit) => (
            <li
              key={`${hit.row.attemptId} ${hit.outage.from}`}
              className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-line px-5 py-3 last:border-0"
            >
              <OutageText {...hit} />
              <OutageCredit {...hit} onCredit={() => setCrediting(hit)} />
            </li>
          ))}
        </ul>
      )}
      {crediting ? (
        <CreditDialog
          assessmentId={assessmentId}
          versionId={report.assessmentVersionId}
          row={crediting.row}
          outage={crediting.outage}
          onClose={() => setCrediting(null)}
        />
      ) : null}
    </Card>
  );
}

function OutageText({ row, outage }: Hit) {
  const seconds = Math.ceil((Date.parse(outage.until) - Date.parse(outage.from)) / 1000);
  return (
    <div className="min-w-0 flex-[1_1_18rem]">
      <p className="font-medium">{row.candidateName}</p>
      <p className="text-[0.9rem] text-ink-soft tabular-nums">
        {formatInstant(outage.from, true)}, {durationWords(seconds)}, {outage.failures}{" "}
        {plural(outage.failures, "failure")}
      </p>
    </div>
  );
}

function OutageCredit({ row, outage, onCredit }: Hit & { onCredit: () => void }) {
  const given = outage.creditedSec > 0 ? `${durationWords(outage.creditedSec)} given back` : null;
  if (outage.uncreditedSec === 0) return <p className="text-[0.9rem] text-accent">{given ?? "Too short"}</p>;
  if (!row.running)
    return (
      <p className="max-w-80 text-[0.9rem] text-ink-faint" data-testid="over">
        {given ? `${given}. ` : ""}The attempt is over: no time can be given back any more.
      </p>
    );
  return (
    <div className="flex flex-wrap items-center gap-3">
      {given ? <span className="text-[0.9rem] text-accent">{given}</span> : null}
      <Button size="small" onPress={onCredit} data-testid="credit-outage">
        Give {durationWords(outage.uncreditedSec)} back
      </Button>
    </div>
  );
}
