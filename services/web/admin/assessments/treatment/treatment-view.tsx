import { Scale } from "lucide-react";
import type { ModelTreatmentReport } from "../../../../shared/contracts/models.ts";
import { PageHeading } from "../../../ui/app-shell.tsx";
import { Breadcrumbs } from "../../../ui/breadcrumbs.tsx";
import { Card } from "../../../ui/card.tsx";
import { useDocumentTitle } from "../../../ui/document-title.ts";
import { EmptyState } from "../../../ui/states.tsx";
import { OutageList } from "./outage-list.tsx";
import { TreatmentTable } from "./treatment-table.tsx";

export interface TreatmentViewProps {
  assessmentId: string;
  report: ModelTreatmentReport;
}

/** Whether the models answered everybody alike, and what to give back where they did not. */
export function TreatmentView({ assessmentId, report }: TreatmentViewProps) {
  const { title, number, rows } = report;
  useDocumentTitle(`Models of ${title}, version ${number}`);
  return (
    <div data-testid="treatment-view">
      <PageHeading
        eyebrow={
          <Breadcrumbs
            items={[
              { label: "Assessments", href: "/admin/assessments" },
              { label: title, href: `/admin/assessments/${assessmentId}?section=versions` },
              {
                label: `Version ${number}`,
                href: `/admin/assessments/${assessmentId}/versions/${report.assessmentVersionId}`,
              },
            ]}
          />
        }
        title="How the models treated each candidate"
        lead="Everybody has the same models at the same prices; how fast and how reliably they answer is not ours to fix. This is what each candidate met."
      />
      {rows.length === 0 ? (
        <Card className="mt-10" data-testid="treatment-empty">
          <EmptyState icon={<Scale aria-hidden size={28} strokeWidth={1.5} />} title="Nobody has started yet">
            Each candidate who starts an attempt of this version is listed here.
          </EmptyState>
        </Card>
      ) : (
        <div className="mt-10 flex flex-col gap-8">
          <TreatmentTable rows={rows} />
          <Rule />
          <OutageList report={report} assessmentId={assessmentId} />
        </div>
      )}
    </div>
  );
}

/** The rule of `services/shared/domain/model-treatment.ts`, in the same words. */
function Rule() {
  return (
    <section aria-label="What is marked" className="max-w-prose text-[0.933rem] text-ink-soft">
      <h2 className="font-[620] text-ink">What is marked</h2>
      <p className="mt-1">
        An outage always is. Among three or more candidates with calls, also: a time to the first token of
        more than twice the median of all (and 250 ms longer), a speed of less than half of it, and three or
        more failures or refusals whose share of the calls is more than twice the median share. A mark says
        that something was different, not whose doing it was.
      </p>
    </section>
  );
}
