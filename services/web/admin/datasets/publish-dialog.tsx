import { useMutation, useQueryClient } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import type { DatasetImportView, ImportChoices } from "../../../shared/contracts/dataset-studio.ts";
import { api } from "../../api-client/client.ts";
import { formatCount } from "../../ui/chart-scale.ts";
import { ChoiceCards } from "../../ui/choice-cards.tsx";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { plural } from "../../ui/time-words.ts";
import { importQuery } from "./datasets-api.ts";
import type { ChoiceSummary } from "./import-choices.ts";
import type { ChoiceEditing } from "./sensitive-findings.tsx";

export interface PublishDialogProps extends ChoiceEditing {
  view: DatasetImportView;
  summary: ChoiceSummary;
  /** Saves what is unsaved; answers the revision that is to be published. */
  flush: () => Promise<number>;
  onClose: () => void;
}

/** Says what candidates will get before it cannot be taken back. */
export function PublishDialog({ view, summary, choices, onChange, flush, onClose }: PublishDialogProps) {
  const client = useQueryClient();
  const publishing = useMutation({
    mutationFn: async () => api.publishDatasetImport(view.id, { revision: await flush() }),
    onSuccess: (published) => {
      onClose();
      client.setQueryData(importQuery(view.id).queryKey, published);
    },
  });
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      size="medium"
      title={`Publish a version of ${view.dataset.title}?`}
      confirmLabel="Publish"
      onConfirm={() => publishing.mutate()}
      isBusy={publishing.isPending}
      failure={publishing.error ? <ErrorState error={publishing.error} /> : null}
      data-testid="publish-dialog"
    >
      <p>
        Candidates whose assessment uses this version will get{" "}
        <strong className="font-[620] text-ink">
          {formatCount(summary.rows)} {plural(summary.rows, "row")} in {summary.tables}{" "}
          {plural(summary.tables, "table")}
        </strong>
        . A version never changes; you can publish another one at any time.
      </p>
      <Treatment summary={summary} />
      <div className="mt-4 text-ink">
        <CandidateFiles
          summary={summary}
          choices={choices}
          onChange={onChange}
          isRepublished={view.parent !== null}
        />
      </div>
    </ConfirmDialog>
  );
}

const namesOf = (columns: ChoiceSummary["keptSensitive"]) =>
  columns.map(({ table, column }) => `${table}.${column.name}`).join(", ");

function Treatment({ summary: { columns, keptSensitive, keptUnsure } }: { summary: ChoiceSummary }) {
  const lines = [
    [columns.keep, "as they are"],
    [columns.mask, "masked"],
    [columns.pseudonymise, "pseudonymised"],
    [columns.drop, "not in it at all"],
  ] as const;
  return (
    <>
      <ul className="mt-3 list-disc pl-5">
        {lines
          .filter(([count]) => count > 0)
          .map(([count, words]) => (
            <li key={words}>
              {formatCount(count)} {plural(count, "column")} {words}
            </li>
          ))}
      </ul>
      {keptSensitive.length > 0 ? (
        <p className="mt-3 flex items-start gap-2 rounded-lg border border-warn-line bg-warn-soft px-3 py-2 text-ink">
          <TriangleAlert aria-hidden size={17} className="mt-1 shrink-0 text-warn" />
          <span className="min-w-0 [overflow-wrap:anywhere]">
            Personal data stays readable in {namesOf(keptSensitive)}. Candidates will see it.
          </span>
        </p>
      ) : null}
      {keptUnsure.length > 0 ? (
        <p className="mt-3 [overflow-wrap:anywhere]" data-testid="kept-unsure">
          There may be personal data in {namesOf(keptUnsure)}, too; the scan is not sure. Look at what was
          found there before you publish.
        </p>
      ) : null}
    </>
  );
}

interface CandidateFilesProps extends ChoiceEditing {
  summary: ChoiceSummary;
  isRepublished: boolean;
}

function CandidateFiles({ summary, choices, onChange, isRepublished }: CandidateFilesProps) {
  if (!summary.isUntouched || isRepublished)
    return <p>The files are written anew as CSV and Parquet, one of each for every table.</p>;
  return (
    <ChoiceCards<ImportChoices["candidateFiles"]>
      label="Which files candidates get"
      value={choices.candidateFiles}
      onChange={(candidateFiles) => onChange((now) => ({ ...now, candidateFiles }))}
      choices={[
        {
          value: "original",
          label: "The files as they were uploaded",
          description: "With all their quirks: encoding, broken rows and all.",
        },
        {
          value: "written",
          label: "Clean CSV and Parquet",
          description: "Written anew from what was read: UTF-8, typed, repaired.",
        },
      ]}
    />
  );
}
