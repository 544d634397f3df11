import { useMemo, useState } from "react";
import type { z } from "zod";
import type { ReceiptView } from "../../../shared/contracts/candidate.ts";
import type { OmissionReason } from "../../../shared/contracts/tree.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Table } from "../../ui/table.tsx";
import { formatBytes, plural } from "../../ui/time-words.ts";

type ReceiptData = z.infer<typeof ReceiptView>;

/** More rows than this at once would make the page slow. */
const SHOWN_AT_FIRST = 100;

const REASONS: Partial<Record<OmissionReason, string>> = {
  fifo: "a named pipe, not a file",
  socket: "a socket, not a file",
  device: "a device, not a file",
  larger_than_workspace: "claims to be larger than the workspace",
  sparse_total_too_large: "files with holes claim more space than the workspace has",
  unreadable: "could not be read",
  too_many_files: "beyond the number of files an archive holds",
};

export function ArchivedFiles({ view }: { view: ReceiptData }) {
  const { statement } = view.receipt;
  return (
    <>
      <p>
        <span className="font-[620] text-ink">
          {statement.fileCount.toLocaleString("en")} {plural(statement.fileCount, "file")}
        </span>
        , {formatBytes(statement.totalBytes)} in all
        {view.omitted.length > 0 ? `; ${statement.omittedCount} left out, named below` : ", none left out"}.
      </p>
      {view.files.length > 0 ? <FileList view={view} /> : null}
      {view.omitted.length > 0 ? (
        <div className="mt-6" data-testid="omitted">
          <h3 className="font-[620] text-ink">Left out</h3>
          <ul className="mt-2 border-t border-line">
            {view.omitted.map((omission) => (
              <li
                key={omission.path}
                className="flex flex-wrap justify-between gap-x-6 border-b border-line py-1.5 text-[0.9rem]"
              >
                <code className="font-mono text-[0.85rem] break-all text-ink">{omission.path}</code>
                <span>{REASONS[omission.reason] ?? omission.reason.replaceAll("_", " ")}</span>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </>
  );
}

function FileList({ view }: { view: ReceiptData }) {
  const [query, setQuery] = useState("");
  const [all, setAll] = useState(false);
  const found = useMemo(() => {
    const wanted = query.trim().toLowerCase();
    return view.files.filter(
      (file) => file.path.toLowerCase().includes(wanted) || file.sha256.startsWith(wanted),
    );
  }, [view.files, query]);
  const shown = all ? found : found.slice(0, SHOWN_AT_FIRST);
  return (
    <div className="mt-4">
      <TextField
        label="Find a file"
        type="search"
        value={query}
        onChange={setQuery}
        placeholder="Name or digest"
        className="max-w-80"
        data-testid="file-search"
      />
      <div className="mt-3 rounded-lg border border-line bg-surface">
        {found.length === 0 ? (
          <EmptyState title="No file matches" className="py-8!" />
        ) : (
          <Table
            dense
            caption="Archived files"
            rows={shown}
            rowKey={(file) => file.path}
            columns={[
              {
                id: "path",
                header: "File",
                mono: true,
                isRowHeader: true,
                className: "min-w-48 break-all text-ink",
                cell: (file) => file.path,
              },
              {
                id: "size",
                header: "Size",
                align: "end",
                className: "whitespace-nowrap",
                cell: (file) => formatBytes(file.size),
              },
              {
                id: "sha256",
                header: "SHA-256",
                mono: true,
                className: "min-w-68 break-all text-[0.78rem]! text-ink-faint",
                cell: (file) => file.sha256,
              },
            ]}
          />
        )}
      </div>
      {shown.length < found.length ? (
        <Button size="small" className="mt-3" onPress={() => setAll(true)}>
          Show all {found.length.toLocaleString("en")}
        </Button>
      ) : null}
      {view.filesTruncated ? (
        <p className="mt-2 text-[0.867rem]">
          Only the first files are listed here. The archive's manifest names every one.
        </p>
      ) : null}
    </div>
  );
}
