import { Inbox, MailPlus, SearchX, UserPlus, Users } from "lucide-react";
import { useState } from "react";
import type { BoardView as Board, BoardItem } from "../../shared/contracts/admin.ts";
import { PageHeading } from "../ui/app-shell.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button, LinkButton } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { useServerNow } from "../ui/countdown.tsx";
import { useDocumentTitle } from "../ui/document-title.ts";
import { Pager } from "../ui/pager.tsx";
import { EmptyState, ErrorState, Skeleton } from "../ui/states.tsx";
import type { BoardFilters } from "./admin-api.ts";
import { BoardDialogs, type OpenDialog } from "./board-dialogs.tsx";
import { BoardFilterBar } from "./board-filter-bar.tsx";
import { BoardCards, BoardTable } from "./board-list.tsx";
import type { RowAction } from "./row-actions.ts";
import type { LiveBoard } from "./use-board.ts";
import { useCopyLink } from "./use-copy-link.ts";

export const EVERYONE: BoardFilters = { group: "all", search: "", assessmentId: null, page: 1 };

export interface BoardViewProps extends LiveBoard {
  filters: BoardFilters;
  onFilters: (filters: BoardFilters) => void;
}

/** Everyone who is invited, and how each is getting on. */
export function BoardView({ filters, onFilters, ...live }: BoardViewProps) {
  const { board, error, isFetching, refetch, stream, offsetMs } = live;
  useDocumentTitle("Board");
  const [dialog, setDialog] = useState<OpenDialog>(null);
  const copyLink = useCopyLink();
  const act = (item: BoardItem, action: RowAction) => {
    if (action === "copy_link") void copyLink(item);
    else if (action !== "download") setDialog({ kind: action, item });
  };
  return (
    <>
      <PageHeading
        title="Board"
        lead="Who is invited, and how each attempt is going."
        actions={
          <>
            <LinkButton href="/admin/invitations/requests" data-testid="to-requests">
              <Inbox aria-hidden size={17} />
              Requests
              {board && board.openRequests > 0 ? (
                <Badge tone="warn" className="ml-1">
                  {board.openRequests}
                </Badge>
              ) : null}
            </LinkButton>
            <LinkButton href="/admin/invitations/bulk" data-testid="to-bulk">
              <Users aria-hidden size={17} />
              Invite many
            </LinkButton>
            <Button variant="primary" onPress={() => setDialog({ kind: "invite" })} data-testid="invite">
              <MailPlus aria-hidden size={17} />
              Invite a candidate
            </Button>
          </>
        }
      />
      <div className="mt-8">
        {error && !board ? <ErrorState error={error} onRetry={refetch} isRetrying={isFetching} /> : null}
        {board ? (
          <BoardBody
            board={board}
            filters={filters}
            onFilters={onFilters}
            stream={stream}
            offsetMs={offsetMs}
            onAction={act}
            onInvite={() => setDialog({ kind: "invite" })}
          />
        ) : error ? null : (
          <BoardLoading />
        )}
      </div>
      <BoardDialogs open={dialog} onClose={() => setDialog(null)} />
    </>
  );
}

interface BoardBodyProps extends Pick<LiveBoard, "stream" | "offsetMs"> {
  board: Board;
  filters: BoardFilters;
  onFilters: (filters: BoardFilters) => void;
  onAction: (item: BoardItem, action: RowAction) => void;
  onInvite: () => void;
}

function BoardBody({ board, filters, onFilters, stream, offsetMs, onAction, onInvite }: BoardBodyProps) {
  const nowMs = useServerNow(offsetMs);
  const { items } = board;
  if (board.assessments.length === 0) return <NobodyYet onInvite={onInvite} />;
  return (
    <>
      <BoardFilterBar board={board} filters={filters} onFilters={onFilters} stream={stream} />
      <Card padding="none" className="overflow-hidden">
        {items.length === 0 ? (
          <div data-testid="board-nobody">
            <NobodyMatches
              group={filters.search.trim() === "" && !filters.assessmentId ? filters.group : "all"}
              onReset={() => onFilters(EVERYONE)}
            />
          </div>
        ) : (
          <>
            <BoardTable items={items} nowMs={nowMs} offsetMs={offsetMs} onAction={onAction} />
            <BoardCards items={items} nowMs={nowMs} offsetMs={offsetMs} onAction={onAction} />
          </>
        )}
      </Card>
      <Pager
        page={board.page}
        pageCount={board.pageCount}
        onPage={(page) => onFilters({ ...filters, page })}
        className="mt-4"
      />
    </>
  );
}

function NobodyYet({ onInvite }: { onInvite: () => void }) {
  return (
    <Card data-testid="board-empty">
      <EmptyState
        icon={<UserPlus aria-hidden size={28} />}
        title="Nobody is invited yet"
        className="py-16"
        actions={
          <Button variant="primary" onPress={onInvite}>
            Invite a candidate
          </Button>
        }
      >
        Invite someone and copy their personal link. Opening it never starts the clock.
      </EmptyState>
    </Card>
  );
}

const NOBODY: Record<BoardFilters["group"], string> = {
  all: "Try another word.",
  attention: "Nothing needs you right now.",
  live: "Nobody is working at the moment.",
  waiting: "Everyone who was invited has started.",
  done: "Nobody has finished yet.",
};

function NobodyMatches({ group, onReset }: { group: BoardFilters["group"]; onReset: () => void }) {
  return (
    <EmptyState
      icon={<SearchX aria-hidden size={28} />}
      title={group === "attention" ? "All is well" : "Nobody here"}
      actions={<Button onPress={onReset}>Show everyone</Button>}
    >
      {NOBODY[group]}
    </EmptyState>
  );
}

function BoardLoading() {
  return (
    <div role="status" data-testid="board-loading">
      <span className="sr-only">Loading the board</span>
      <Skeleton className="mb-3 h-9 w-96 max-w-full" />
      <Card padding="none" className="divide-y divide-line">
        {["a", "b", "c", "d", "e"].map((row) => (
          <div key={row} className="flex items-center gap-6 px-4 py-5">
            <Skeleton className="h-4 w-44" />
            <Skeleton className="h-5 w-24" />
            <Skeleton className="h-4 flex-1" />
          </div>
        ))}
      </Card>
    </div>
  );
}
