import { useQuery } from "@tanstack/react-query";
import { FileText } from "lucide-react";
import type { DatasetGuide, TaskView } from "../../../shared/contracts/candidate.ts";
import type { DatasetTable } from "../../../shared/contracts/dataset.ts";
import { CopyButton } from "../../ui/code-block.tsx";
import { Markdown } from "../../ui/markdown.tsx";
import { ErrorState, SkeletonText } from "../../ui/states.tsx";
import { Table } from "../../ui/table.tsx";
import { formatBytes, plural } from "../../ui/time-words.ts";
import { candidateApi } from "../candidate-api.ts";

type DatasetLink = TaskView["datasets"][number];

export function DatasetPanel({ invitationId, dataset }: { invitationId: string; dataset: DatasetLink }) {
  const guide = useQuery({
    queryKey: ["candidate", invitationId, "dataset", dataset.mountName],
    queryFn: ({ signal }) => candidateApi.dataset(invitationId, dataset.mountName, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (guide.error)
    return (
      <div className="p-5">
        <ErrorState error={guide.error} onRetry={() => void guide.refetch()} isRetrying={guide.isFetching} />
      </div>
    );
  if (!guide.data)
    return (
      <div className="p-5">
        <SkeletonText lines={8} label="Loading the dataset guide" />
      </div>
    );
  return <DatasetGuideView guide={guide.data} />;
}

export function DatasetGuideView({ guide }: { guide: DatasetGuide }) {
  return (
    <div className="flex flex-col gap-7 p-5 pb-8">
      <header>
        <h2 className="text-[1.2rem] font-[640]">{guide.title}</h2>
        <p className="mt-1 text-ink-soft">{guide.description}</p>
        <p className="mt-3 text-[0.867rem] text-ink-faint">In your workspace, read-only</p>
        <p className="flex items-center gap-1">
          <code className="min-w-0 font-mono text-[0.87rem] break-all text-ink">{guide.mountPath}</code>
          <CopyButton text={guide.mountPath} label="Copy the path" />
        </p>
      </header>
      <section>
        <h3 className="font-[620]">Files</h3>
        <ul className="mt-2 border-t border-line">
          {guide.files.map((file) => (
            <li key={file.path} className="flex items-center gap-2.5 border-b border-line py-1.5">
              <FileText aria-hidden size={15} className="shrink-0 text-ink-faint" />
              <code className="min-w-0 flex-1 font-mono text-[0.85rem] break-all">{file.path}</code>
              <span className="text-[0.867rem] text-ink-faint tabular-nums">{formatBytes(file.bytes)}</span>
            </li>
          ))}
        </ul>
      </section>
      {guide.tables.map((table) => (
        <TableGuide key={table.name} table={table} />
      ))}
      {guide.card ? (
        <section>
          <h3 className="mb-2 font-[620]">Data card</h3>
          <Markdown text={guide.card} headingLevel={4} />
        </section>
      ) : null}
    </div>
  );
}

function TableGuide({ table }: { table: DatasetTable }) {
  return (
    <section>
      <h3 className="font-[620]">
        <code className="font-mono text-[0.95em]">{table.name}</code>
        <span className="ml-2 text-[0.867rem] font-normal text-ink-faint">
          {table.rows.toLocaleString("en")} {plural(table.rows, "row")}
        </span>
      </h3>
      <dl className="mt-2 border-t border-line text-[0.933rem]">
        {table.columns.map((column) => (
          <div key={column.name} className="border-b border-line py-2">
            <dt className="flex flex-wrap items-baseline gap-x-2.5">
              <code className="font-mono text-[0.85rem] text-ink">{column.name}</code>
              <span className="text-[0.8rem] text-ink-faint">{column.type}</span>
            </dt>
            <dd className="text-ink-soft">{column.description}</dd>
          </div>
        ))}
      </dl>
      {table.preview.length > 0 ? (
        <div className="mt-4 rounded-lg border border-line">
          <Table
            dense
            caption={`First rows of ${table.name}`}
            rows={table.preview}
            rowKey={(_, index) => index}
            columns={table.columns.map((column, index) => ({
              id: column.name,
              header: <code className="font-mono">{column.name}</code>,
              mono: true,
              className: "max-w-[22rem] truncate",
              cell: (row: (string | null)[]) =>
                row[index] ?? <span className="text-ink-faint italic">null</span>,
            }))}
          />
        </div>
      ) : null}
    </section>
  );
}
