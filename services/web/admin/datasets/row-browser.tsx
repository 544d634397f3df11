import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { RowFilter } from "../../../shared/contracts/dataset-studio.ts";
import { formatCount } from "../../ui/chart-scale.ts";
import { DataGrid } from "../../ui/data-grid.tsx";
import type { GridSort } from "../../ui/data-grid-model.ts";
import { Pager } from "../../ui/pager.tsx";
import { EmptyState, ErrorState, SkeletonText } from "../../ui/states.tsx";
import { plural } from "../../ui/time-words.ts";
import { type RowSource, rowsQuery } from "./datasets-api.ts";
import { RowFilterBar } from "./row-filter-bar.tsx";
import { type GridCells, gridColumns } from "./row-grid-columns.tsx";

/** Rows of one request: enough to scroll through, little enough to come at once. */
const PAGE_SIZE = 200;

/** The rows of a table: filtered, sorted and paged by the server. */
export function RowBrowser({ source, table }: { source: RowSource; table: string }) {
  const [page, setPage] = useState(1);
  const [sort, setSort] = useState<GridSort | null>(null);
  const [filters, setFilters] = useState<readonly RowFilter[]>([]);
  const rows = useQuery({
    ...rowsQuery(source, table, { page, pageSize: PAGE_SIZE, sort: sortWord(sort), filters }),
    placeholderData: keepPreviousData,
  });
  const data = rows.data;
  const columns = useMemo(() => (data ? gridColumns(data) : []), [data]);
  const cells = useMemo<GridCells[]>(() => {
    const cut = new Set(data?.cut.map(([row, column]) => `${row}:${column}`));
    return data?.rows.map((row, index) => ({ row, isCut: (column) => cut.has(`${index}:${column}`) })) ?? [];
  }, [data]);
  const ask = <Value,>(set: (value: Value) => void) => {
    return (value: Value) => {
      set(value);
      setPage(1);
    };
  };
  if (!data)
    return (
      <div className="p-5">
        {rows.error ? (
          <ErrorState error={rows.error} onRetry={() => void rows.refetch()} isRetrying={rows.isFetching} />
        ) : (
          <SkeletonText lines={8} label="Loading the rows" />
        )}
      </div>
    );
  return (
    <div data-testid="row-browser">
      <RowFilterBar columns={data.columns} filters={filters} onChange={ask(setFilters)} />
      {rows.error ? (
        <ErrorState className="m-4" error={rows.error} onRetry={() => void rows.refetch()} />
      ) : null}
      {data.rows.length === 0 && !rows.isPlaceholderData ? (
        <EmptyState title={filters.length > 0 ? "No row passes the filters" : "The table has no rows"}>
          {filters.length > 0 ? "Take one away, or change its value." : null}
        </EmptyState>
      ) : (
        <DataGrid
          key={page}
          label={`Rows of ${table}`}
          columns={columns}
          rows={cells}
          offset={(data.page - 1) * data.pageSize}
          totalRows={data.matching}
          sort={sort}
          onSort={ask(setSort)}
          isStale={rows.isPlaceholderData}
          className="max-h-[min(36rem,70dvh)]"
          data-testid="row-grid"
        />
      )}
      <footer className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 border-t border-line px-5 py-2">
        <p role="status" className="text-[0.867rem] text-ink-soft tabular-nums">
          {data.matching === data.total
            ? `${formatCount(data.total)} ${plural(data.total, "row")}`
            : `${formatCount(data.matching)} of ${formatCount(data.total)} rows`}
        </p>
        <Pager page={page} pageCount={Math.ceil(data.matching / PAGE_SIZE)} onPage={setPage} />
      </footer>
    </div>
  );
}

const sortWord = (sort: GridSort | null) =>
  sort === null ? null : `${sort.direction === "descending" ? "-" : ""}${sort.columnId}`;
