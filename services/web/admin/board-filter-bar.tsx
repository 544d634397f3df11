import type { BoardView } from "../../shared/contracts/admin.ts";
import type { StreamState } from "../api-client/event-source.ts";
import { Select } from "../ui/field.tsx";
import { SearchField } from "../ui/search-field.tsx";
import { Segmented } from "../ui/segmented.tsx";
import type { BoardFilters } from "./admin-api.ts";
import { LiveMark } from "./live-mark.tsx";

interface BoardFilterBarProps {
  board: BoardView;
  filters: BoardFilters;
  onFilters: (filters: BoardFilters) => void;
  stream: StreamState;
}

const ANY = "any";

/** Which rows to show. Any change begins at the first page. */
export function BoardFilterBar({ board, filters, onFilters, stream }: BoardFilterBarProps) {
  const { counts, assessments } = board;
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const change = (changes: Partial<BoardFilters>) => onFilters({ ...filters, page: 1, ...changes });
  return (
    <div className="mb-3 flex flex-wrap items-center gap-3">
      <Segmented
        label="Which invitations to show"
        value={filters.group}
        onChange={(group) => change({ group })}
        options={[
          { value: "all", label: "All", count: all },
          { value: "attention", label: "Attention", count: counts.attention },
          { value: "live", label: "Live", count: counts.live },
          { value: "waiting", label: "Waiting", count: counts.waiting },
          { value: "done", label: "Done", count: counts.done },
        ]}
      />
      <LiveMark stream={stream} asOf={board.now} />
      <div className="flex w-full flex-wrap gap-3 sm:ml-auto sm:w-auto">
        {assessments.length > 1 ? (
          <Select
            label="Assessment"
            isLabelHidden
            options={[
              { value: ANY, label: "Any assessment" },
              ...assessments.map(({ id, title }) => ({ value: id, label: title })),
            ]}
            value={filters.assessmentId ?? ANY}
            onChange={(value) => change({ assessmentId: value === ANY ? null : value })}
            className="w-full sm:w-56"
            data-testid="board-assessment"
          />
        ) : null}
        <SearchField
          label="Search invitations"
          placeholder="Find a candidate"
          value={filters.search}
          onChange={(search) => change({ search })}
          className="w-full sm:w-56"
          data-testid="board-search"
        />
      </div>
    </div>
  );
}
