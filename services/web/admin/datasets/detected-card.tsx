import type { DatasetProfile, TableProfile } from "../../../shared/contracts/dataset-profile.ts";
import { Card } from "../../ui/card.tsx";
import { formatCount } from "../../ui/chart-scale.ts";
import { plural } from "../../ui/time-words.ts";
import { FORMAT_WORDS, readingWords } from "./profile-words.ts";

/** How each file was understood, and which ones held nothing. */
export function DetectedCard({ profile }: { profile: DatasetProfile }) {
  const rows = profile.tables.reduce((sum, table) => sum + table.rows, 0);
  const count = profile.tables.length;
  return (
    <Card
      title={`${formatCount(rows)} ${plural(rows, "row")} in ${count} ${plural(count, "table")}`}
      description="How the files were understood."
      padding="none"
      data-testid="detected"
    >
      <ul className="divide-y divide-line">
        {profile.tables.map((table) => (
          <DetectedTable key={table.name} table={table} />
        ))}
        {profile.leftOut.map(({ file, why }) => (
          <li key={file} className="px-5 py-3 text-ink-soft">
            <p className="font-mono text-[0.867rem] [overflow-wrap:anywhere]">{file}</p>
            <p className="text-[0.9rem]">Not taken: {why}</p>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function DetectedTable({ table }: { table: TableProfile }) {
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-8 gap-y-0.5 px-5 py-3">
      <div className="min-w-0">
        <p className="[overflow-wrap:anywhere]">
          <span className="font-mono text-[0.9rem] font-medium">{table.name}</span>
          {table.file === `${table.name}.${table.format}` ? null : (
            <span className="text-[0.9rem] text-ink-faint"> from {table.file}</span>
          )}
        </p>
        <p className="text-[0.9rem] text-ink-soft">
          {FORMAT_WORDS[table.format]}
          {table.reading ? ` · ${readingWords(table.reading)}` : ""}
        </p>
      </div>
      <p className="text-[0.9rem] text-ink-soft tabular-nums">
        {formatCount(table.rows)} {plural(table.rows, "row")} · {table.columns.length}{" "}
        {plural(table.columns.length, "column")}
      </p>
    </li>
  );
}
