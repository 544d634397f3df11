import type { z } from "zod";
import type { AssessmentVersionItem } from "../../../shared/contracts/admin.ts";
import type { BulkReport, BulkResult } from "../../../shared/contracts/invitation-studio.ts";
import { PageHeading } from "../../ui/app-shell.tsx";
import { Banner } from "../../ui/banner.tsx";
import { Breadcrumbs } from "../../ui/breadcrumbs.tsx";
import { useDocumentTitle } from "../../ui/document-title.ts";
import { ErrorState, SkeletonText } from "../../ui/states.tsx";
import { BulkForm } from "./bulk-form.tsx";
import type { BulkErrors, BulkInput } from "./bulk-input.ts";
import { BulkReportView } from "./bulk-report.tsx";
import { BulkResultView } from "./bulk-result.tsx";

export interface Step {
  run: () => void;
  isPending: boolean;
  error: unknown;
}

export interface BulkViewProps {
  /** Null while loading. */
  versions: readonly z.infer<typeof AssessmentVersionItem>[] | null;
  versionsError: unknown;
  onRetryVersions: () => void;
  input: BulkInput;
  errors: BulkErrors;
  onInput: (input: BulkInput) => void;
  check: Step;
  report: BulkReport | null;
  isMailConfigured: boolean;
  sendEmail: boolean;
  onSendEmail: (sendEmail: boolean) => void;
  create: Step;
  result: BulkResult | null;
  /** Back to the table. */
  onBack: () => void;
  /** On to another table. */
  onAgain: () => void;
}

/** Table in, what would happen, done: one step at a time. */
export function BulkView(props: BulkViewProps) {
  useDocumentTitle("Invite many");
  return (
    <>
      <PageHeading
        eyebrow={<Breadcrumbs items={[{ label: "Board", href: "/admin" }]} />}
        title="Invite many"
        lead="From a table with a name and an e-mail address in each line. You see what would happen before it does."
      />
      <div className="mt-8">
        <CurrentStep {...props} />
      </div>
    </>
  );
}

function CurrentStep(props: BulkViewProps) {
  const { versions, versionsError, report, result, onBack, onAgain } = props;
  if (versionsError && !versions) return <ErrorState error={versionsError} onRetry={props.onRetryVersions} />;
  if (!versions) return <SkeletonText lines={6} label="Loading the assessments" />;
  if (versions.length === 0)
    return (
      <Banner tone="warn" title="There is no published assessment yet" data-testid="bulk-nothing">
        Publish one first; then candidates can be invited to it.
      </Banner>
    );
  if (result)
    return (
      <BulkResultView result={result} wasSent={props.isMailConfigured && props.sendEmail} onAgain={onAgain} />
    );
  if (report) return <BulkReportView {...props} report={report} onBack={onBack} />;
  return <BulkForm {...props} versions={versions} />;
}
