import type { BoardItem } from "../../shared/contracts/admin.ts";
import { type Column, Table } from "../ui/table.tsx";
import { CandidateCell, LastSaved, StandingCell, Troubles, WorkspaceCell } from "./board-cells.tsx";
import type { RowAction } from "./row-actions.ts";
import { RowMenu } from "./row-menu.tsx";

export interface BoardListProps {
  items: readonly BoardItem[];
  /** The server's clock. */
  nowMs: number;
  offsetMs: number;
  onAction: (item: BoardItem, action: RowAction) => void;
}

export function BoardTable({ items, nowMs, offsetMs, onAction }: BoardListProps) {
  const columns: Column<BoardItem>[] = [
    {
      id: "candidate",
      header: "Candidate",
      isRowHeader: true,
      className: "min-w-56 max-w-72",
      cell: (item) => <CandidateCell item={item} />,
    },
    {
      id: "standing",
      header: "State",
      className: "min-w-52",
      cell: (item) => (
        <>
          <StandingCell item={item} nowMs={nowMs} offsetMs={offsetMs} />
          <Troubles item={item} nowMs={nowMs} />
        </>
      ),
    },
    {
      id: "saved",
      header: "Last saved",
      className: "whitespace-nowrap text-ink-soft tabular-nums",
      cell: (item) => <LastSaved item={item} nowMs={nowMs} />,
    },
    { id: "workspace", header: "Workspace", cell: (item) => <WorkspaceCell item={item} nowMs={nowMs} /> },
    {
      id: "actions",
      header: <span className="sr-only">Actions</span>,
      align: "end",
      className: "py-1.5!",
      cell: (item) => <RowMenu item={item} onAction={(action) => onAction(item, action)} />,
    },
  ];
  return (
    <Table
      caption="Invitations"
      columns={columns}
      rows={items}
      rowKey={(item) => item.invitationId}
      className="max-lg:hidden"
    />
  );
}

/** The same for a phone: one card an invitation. */
export function BoardCards({ items, nowMs, offsetMs, onAction }: BoardListProps) {
  return (
    <ul className="divide-y divide-line lg:hidden" data-testid="board-cards">
      {items.map((item) => (
        <li key={item.invitationId} className="px-4 py-3.5">
          <div className="flex items-start gap-3">
            <div className="min-w-0 flex-1">
              <CandidateCell item={item} />
            </div>
            <RowMenu item={item} onAction={(action) => onAction(item, action)} />
          </div>
          <div className="mt-2.5">
            <StandingCell item={item} nowMs={nowMs} offsetMs={offsetMs} />
          </div>
          <Troubles item={item} nowMs={nowMs} />
          {item.attempt?.state === "running" ? (
            <div className="mt-2 flex flex-wrap items-center gap-x-5 gap-y-1 text-[0.84rem] text-ink-soft">
              <span>
                Saved <LastSaved item={item} nowMs={nowMs} />
              </span>
              <WorkspaceCell item={item} nowMs={nowMs} />
            </div>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
