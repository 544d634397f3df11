import { Database } from "lucide-react";
import { useState } from "react";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { formatCount } from "../../../ui/chart-scale.ts";
import { SkeletonText } from "../../../ui/states.tsx";
import type { MockApiEditor } from "../use-mock-api-draft.ts";
import { DatasetDialog } from "./dataset-dialog.tsx";

/** The dataset version that answers come from. */
export function DatasetCard({ editor: { draft, view } }: { editor: MockApiEditor }) {
  const [isChoosing, setChoosing] = useState(false);
  const { datasetVersionId } = draft.content;
  const set = (next: string | null) =>
    draft.edit((content) => ({ ...content, datasetVersionId: next as typeof datasetVersionId }));
  // The server describes what is saved; a moment after a choice that is still the one before.
  const dataset = view.dataset?.datasetVersionId === datasetVersionId ? view.dataset : null;
  return (
    <Card
      title="The data behind it"
      description="Lists, filters, pages and writes work on a copy of these tables; each candidate has one of their own."
      data-testid="dataset-card"
      actions={
        <>
          {datasetVersionId ? (
            <Button variant="quiet" size="small" onPress={() => set(null)}>
              Use none
            </Button>
          ) : null}
          <Button
            size="small"
            variant={datasetVersionId ? "secondary" : "primary"}
            onPress={() => setChoosing(true)}
            data-testid="choose-dataset"
          >
            {datasetVersionId ? "Change" : "Choose a dataset"}
          </Button>
        </>
      }
    >
      {dataset ? (
        <div className="flex items-start gap-3">
          <Database aria-hidden size={19} className="mt-0.5 shrink-0 text-accent" />
          <div className="min-w-0">
            <p className="font-[620] [overflow-wrap:anywhere]">
              {dataset.datasetTitle}, version {dataset.number}
            </p>
            <ul className="mt-0.5 flex flex-wrap gap-x-4 text-[0.9rem] text-ink-soft">
              {dataset.tables.map(({ name, rows }) => (
                <li key={name}>
                  <code className="font-mono text-[0.93em]">{name}</code> {formatCount(rows)} rows
                </li>
              ))}
            </ul>
          </div>
        </div>
      ) : datasetVersionId ? (
        <SkeletonText lines={2} label="Reading the dataset" />
      ) : (
        <p className="text-ink-soft">
          None yet: everything is answered from the document's examples, or made up from its schemas.
        </p>
      )}
      {isChoosing ? (
        <DatasetDialog
          present={datasetVersionId}
          onChoose={(next) => {
            set(next);
            setChoosing(false);
          }}
          onClose={() => setChoosing(false)}
        />
      ) : null}
    </Card>
  );
}
