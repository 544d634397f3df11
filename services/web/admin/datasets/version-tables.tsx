import type { TableProfile } from "../../../shared/contracts/dataset-profile.ts";
import type { DatasetVersionView } from "../../../shared/contracts/dataset-studio.ts";
import { Card } from "../../ui/card.tsx";
import { formatCount } from "../../ui/chart-scale.ts";
import { Segmented } from "../../ui/segmented.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Table } from "../../ui/table.tsx";
import { plural } from "../../ui/time-words.ts";
import { ChartWall } from "./chart-wall.tsx";
import { ColumnList } from "./column-list.tsx";
import { RowBrowser } from "./row-browser.tsx";
import { TablePicker } from "./table-picker.tsx";

type VersionTable = DatasetVersionView["tableList"][number];

/** Which table is looked at, and how; in the address of the page. */
export interface VersionLook {
  table?: string | undefined;
  view?: "columns" | "charts" | "rows" | undefined;
}

export interface VersionTablesProps {
  version: DatasetVersionView;
  look: VersionLook;
  onLook: (look: VersionLook) => void;
}

export function VersionTables({ version, look, onLook }: VersionTablesProps) {
  const table = version.tableList.find(({ name }) => name === look.table) ?? version.tableList[0];
  if (!table) return null;
  const profile = version.profile?.tables.find(({ name }) => name === table.name) ?? null;
  const view = look.view ?? "columns";
  return (
    <section aria-label="Tables" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <TablePicker
          tables={version.tableList}
          chosen={table.name}
          onChoose={(name) => onLook({ table: name })}
        />
        <Segmented
          label="What to see of the table"
          value={view}
          onChange={(next) => onLook({ view: next })}
          className="sm:ml-auto"
          options={[
            { value: "columns", label: "Columns", count: table.columns.length },
            ...(profile ? [{ value: "charts" as const, label: "Charts" }] : []),
            { value: "rows", label: "Rows" },
          ]}
        />
      </div>
      <Card padding="none" className="overflow-hidden">
        <h2 className="border-b border-line px-5 py-3.5 text-[1.067rem] font-[620] [overflow-wrap:anywhere]">
          <span className="font-mono text-[1rem]">{table.name}</span>{" "}
          <span className="font-normal text-ink-soft">
            {formatCount(table.rows)} {plural(table.rows, "row")}
          </span>
        </h2>
        <TableBody version={version} table={table} profile={profile} view={view} />
      </Card>
    </section>
  );
}

interface TableBodyProps {
  version: DatasetVersionView;
  table: VersionTable;
  profile: TableProfile | null;
  view: NonNullable<VersionLook["view"]>;
}

function TableBody({ version, table, profile, view }: TableBodyProps) {
  if (view === "rows")
    return table.pageable ? (
      <RowBrowser key={table.name} source={{ kind: "version", id: version.id }} table={table.name} />
    ) : (
      <Preview table={table} />
    );
  if (view === "charts" && profile) return <ChartWall columns={profile.columns} rows={profile.rows} />;
  if (profile) {
    const treated = version.treated.filter((one) => one.table === table.name);
    return (
      <ColumnList
        columns={profile.columns}
        rows={profile.rows}
        treatment={({ name }) => treated.find(({ column }) => column === name)?.action}
      />
    );
  }
  return <PlainColumns table={table} />;
}

/** Versions made before there was profiling know names, types and descriptions. */
function PlainColumns({ table }: { table: VersionTable }) {
  return (
    <Table
      caption={`Columns of ${table.name}`}
      rows={table.columns}
      rowKey={({ name }) => name}
      columns={[
        { id: "name", header: "Column", isRowHeader: true, mono: true, cell: ({ name }) => name },
        { id: "type", header: "Type", cell: ({ type }) => type },
        { id: "description", header: "What it is", cell: ({ description }) => description },
      ]}
    />
  );
}

function Preview({ table }: { table: VersionTable }) {
  if (table.preview.length === 0)
    return (
      <EmptyState title="No rows to show">
        This version was made before rows could be looked at here. Candidates get all of them.
      </EmptyState>
    );
  return (
    <>
      <Table
        caption={`First rows of ${table.name}`}
        dense
        rows={table.preview}
        rowKey={(_, index) => index}
        columns={table.columns.map(({ name }, index) => ({
          id: name,
          header: name,
          className: "max-w-72 truncate whitespace-nowrap",
          cell: (row: readonly (string | null)[]) =>
            row[index] ?? <span className="text-ink-faint italic">empty</span>,
        }))}
      />
      <p className="border-t border-line px-5 py-3 text-[0.9rem] text-ink-soft">
        The first {table.preview.length} rows. This version was made before all of them could be looked at
        here.
      </p>
    </>
  );
}
