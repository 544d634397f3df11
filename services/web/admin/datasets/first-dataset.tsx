import { Database, EyeOff, Rows3, Upload } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";

/** Nothing there yet: what a dataset is for, and what will happen. */
export function FirstDataset({ onAdd, onShowArchived }: { onAdd: () => void; onShowArchived: () => void }) {
  return (
    <Card data-testid="datasets-empty" className="py-10 sm:px-10">
      <div className="mx-auto max-w-3xl">
        <Database aria-hidden size={30} className="text-ink-faint" />
        <h2 className="mt-3 text-[1.3rem] font-[640]">Bring the data your team really works with</h2>
        <p className="mt-2 max-w-prose text-ink-soft">
          A ticket export, an order table, a log. Candidates get a copy of it in their workspace, and mock
          APIs can serve it row by row.
        </p>
        <ol className="mt-7 grid gap-6 sm:grid-cols-3">
          <Station icon={<Upload aria-hidden size={19} />} title="Upload">
            CSV, TSV, JSON, JSONL, Parquet or SQLite, also packed as zip or tar.gz. Up to 2 GiB a file.
          </Station>
          <Station icon={<Rows3 aria-hidden size={19} />} title="See what is in it">
            Types, gaps, ranges, and every row that had to be repaired or skipped.
          </Station>
          <Station icon={<EyeOff aria-hidden size={19} />} title="Protect people">
            Columns that look personal are found. Keep, drop, mask or pseudonymise each, then publish a
            version.
          </Station>
        </ol>
        <div className="mt-8 flex flex-wrap gap-2">
          <Button variant="primary" onPress={onAdd}>
            Make the first dataset
          </Button>
          <Button variant="quiet" onPress={onShowArchived}>
            Show archived ones
          </Button>
        </div>
      </div>
    </Card>
  );
}

function Station({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <li>
      <span className="grid size-9 place-items-center rounded-lg bg-accent-soft text-accent">{icon}</span>
      <p className="mt-2.5 font-[620]">{title}</p>
      <p className="mt-0.5 text-[0.9rem] text-ink-soft">{children}</p>
    </li>
  );
}
