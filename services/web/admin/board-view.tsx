import { MailPlus, SearchX, UserPlus } from "lucide-react";
import { useMemo, useState } from "react";
import type { BoardItem } from "../../shared/contracts/admin.ts";
import { PageHeading } from "../ui/app-shell.tsx";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { useServerNow } from "../ui/countdown.tsx";
import { useDocumentTitle } from "../ui/document-title.ts";
import { SearchField } from "../ui/search-field.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { EmptyState, ErrorState, Skeleton } from "../ui/states.tsx";
import { BoardDialogs, type OpenDialog } from "./board-dialogs.tsx";
import { BoardCards, BoardTable } from "./board-list.tsx";
import { countGroups, filterItems, placeItems } from "./board-order.ts";
import type { BoardFilter } from "./board-standing.ts";
import { LiveMark } from "./live-mark.tsx";
import type { RowAction } from "./row-actions.ts";
import type { LiveBoard } from "./use-board.ts";
import { useCopyLink } from "./use-copy-link.ts";

/** Everyone who is invited, and how each is getting on. */
export function BoardView({ board, error, isFetching, refetch, stream, offsetMs }: LiveBoard) {
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
          <Button variant="primary" onPress={() => setDialog({ kind: "invite" })} data-testid="invite">
            <MailPlus aria-hidden size={17} />
            Invite a candidate
          </Button>
        }
      />
      <div className="mt-8">
        {error && !board ? <ErrorState error={error} onRetry={refetch} isRetrying={isFetching} /> : null}
        {board ? (
          <BoardBody
            items={board.items}
            asOf={board.now}
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
  items: readonly BoardItem[];
  asOf: string;
  onAction: (item: BoardItem, action: RowAction) => void;
  onInvite: () => void;
}

function BoardBody({ items, asOf, stream, offsetMs, onAction, onInvite }: BoardBodyProps) {
  const [filter, setFilter] = useState<BoardFilter>("all");
  const [search, setSearch] = useState("");
  const nowMs = useServerNow(offsetMs);
  // Where someone stands changes within seconds, not within frames: the order is made anew every five.
  const tick = Math.floor(nowMs / 5000) * 5000;
  const placed = useMemo(() => placeItems(items, tick), [items, tick]);
  const counts = countGroups(placed);
  const shown = filterItems(placed, filter, search).map(({ item }) => item);
  if (items.length === 0) return <NobodyYet onInvite={onInvite} />;
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <Segmented
          label="Which invitations to show"
          value={filter}
          onChange={setFilter}
          options={[
            { value: "all", label: "All", count: counts.all },
            { value: "attention", label: "Attention", count: counts.attention },
            { value: "live", label: "Live", count: counts.live },
            { value: "waiting", label: "Waiting", count: counts.waiting },
            { value: "done", label: "Done", count: counts.done },
          ]}
        />
        <LiveMark stream={stream} asOf={asOf} />
        <SearchField
          label="Search invitations"
          placeholder="Find a candidate"
          value={search}
          onChange={setSearch}
          className="w-full sm:ml-auto sm:w-64"
          data-testid="board-search"
        />
      </div>
      <Card padding="none" className="overflow-hidden">
        {shown.length === 0 ? (
          <div data-testid="board-nobody">
            <NobodyMatches
              filter={search.trim() === "" ? filter : "all"}
              onReset={() => {
                setFilter("all");
                setSearch("");
              }}
            />
          </div>
        ) : (
          <>
            <BoardTable items={shown} nowMs={nowMs} offsetMs={offsetMs} onAction={onAction} />
            <BoardCards items={shown} nowMs={nowMs} offsetMs={offsetMs} onAction={onAction} />
          </>
        )}
      </Card>
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

const NOBODY: Record<BoardFilter, string> = {
  all: "Try another word.",
  attention: "Nothing needs you right now.",
  live: "Nobody is working at the moment.",
  waiting: "Everyone who was invited has started.",
  done: "Nobody has finished yet.",
};

function NobodyMatches({ filter, onReset }: { filter: BoardFilter; onReset: () => void }) {
  return (
    <EmptyState
      icon={<SearchX aria-hidden size={28} />}
      title={filter === "attention" ? "All is well" : "Nobody here"}
      actions={<Button onPress={onReset}>Show everyone</Button>}
    >
      {NOBODY[filter]}
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
