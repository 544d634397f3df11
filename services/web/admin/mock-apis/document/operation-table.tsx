import { useState } from "react";
import type { MockApiDraftView } from "../../../../shared/contracts/mock-api-studio.ts";
import { Badge } from "../../../ui/badge.tsx";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { SearchField } from "../../../ui/search-field.tsx";
import { EmptyState } from "../../../ui/states.tsx";
import { type Column, Table } from "../../../ui/table.tsx";
import { plural } from "../../../ui/time-words.ts";
import { ANSWER_WORDS } from "../answer-words.ts";
import { MethodMark } from "../method-mark.tsx";

type Operation = MockApiDraftView["operations"][number];

const FIRST = 50;
/** Fewer than that are found by looking. */
const SEARCHABLE = 12;

export interface OperationTableProps {
  document: { title: string; version: string };
  operations: readonly Operation[];
}

/** What the document describes, and how each operation is answered. */
export function OperationTable({ document, operations }: OperationTableProps) {
  const [search, setSearch] = useState("");
  const [showsAll, setShowsAll] = useState(false);
  const wanted = search.trim().toLowerCase();
  const found = operations.filter((operation) =>
    [operation.path, operation.method, operation.summary, operation.operationId]
      .join(" ")
      .toLowerCase()
      .includes(wanted),
  );
  const shown = showsAll ? found : found.slice(0, FIRST);
  return (
    <Card
      padding="none"
      title={<span className="[overflow-wrap:anywhere]">{document.title}</span>}
      description={`Version ${document.version} · ${operations.length} ${plural(operations.length, "operation")}`}
      actions={
        operations.length > SEARCHABLE ? (
          <SearchField
            label="Search operations"
            placeholder="Find an operation"
            size="small"
            value={search}
            onChange={setSearch}
            className="w-56"
          />
        ) : undefined
      }
      data-testid="operations"
    >
      {found.length === 0 ? (
        <EmptyState title={operations.length === 0 ? "No operations" : "No operation is called that"} />
      ) : (
        <Table
          caption="Operations of the document"
          columns={COLUMNS}
          rows={shown}
          rowKey={({ operationId }) => operationId}
          dense
        />
      )}
      {found.length > shown.length ? (
        <div className="border-t border-line px-4 py-3">
          <Button size="small" onPress={() => setShowsAll(true)}>
            Show all {found.length}
          </Button>
        </div>
      ) : null}
    </Card>
  );
}

const COLUMNS: Column<Operation>[] = [
  { id: "method", header: "Method", cell: ({ method }) => <MethodMark method={method} /> },
  {
    id: "path",
    header: "Path",
    isRowHeader: true,
    cell: ({ path }) => <code className="font-mono text-[0.85rem] whitespace-nowrap">{path}</code>,
  },
  {
    id: "summary",
    header: "What it does",
    cell: ({ summary, deprecated }) => (
      <span className="flex min-w-48 flex-wrap gap-x-2">
        {summary || <span className="text-ink-faint">–</span>}
        {deprecated ? <Badge tone="warn">Deprecated</Badge> : null}
      </span>
    ),
  },
  {
    id: "answered",
    header: "Answered",
    cell: ({ answeredBy }) => (
      <span className={`whitespace-nowrap ${answeredBy === "document" ? "text-ink-faint" : ""}`}>
        {ANSWER_WORDS[answeredBy]}
      </span>
    ),
  },
];
