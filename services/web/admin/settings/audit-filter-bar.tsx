import type { AuditFacets } from "../../../shared/contracts/audit.ts";
import { Button } from "../../ui/button.tsx";
import { Select, TextField } from "../../ui/field.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { actionWords } from "./audit-words.ts";
import { type AuditFilter, NO_FILTER } from "./settings-api.ts";

export interface AuditFilterBarProps {
  filter: AuditFilter;
  onFilter: (filter: AuditFilter) => void;
  facets: AuditFacets | null;
}

const ANY = "any";

export function AuditFilterBar({ filter, onFilter, facets }: AuditFilterBarProps) {
  const actors = facets?.actors ?? [];
  const people = actors.map(({ id, name, kind }) => ({
    value: id,
    label: kind === "token" ? `${name} (token)` : name,
  }));
  const actions = (facets?.actions ?? []).map((action) => ({ value: action, label: actionWords(action) }));
  return (
    <search
      aria-label="Narrow the log"
      className="mt-8 grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-[repeat(4,minmax(0,1fr))_auto]"
    >
      <SearchField
        label="Search names"
        value={filter.search}
        onChange={(search) => onFilter({ ...filter, search })}
        data-testid="audit-search"
      />
      <Select
        label="Who"
        options={[{ value: ANY, label: "Everyone" }, ...people]}
        value={filter.actor || ANY}
        onChange={(actor) => onFilter({ ...filter, actor: actor === ANY ? "" : actor })}
        data-testid="audit-actor"
      />
      <Select
        label="What"
        options={[{ value: ANY, label: "Everything" }, ...actions]}
        value={filter.action || ANY}
        onChange={(action) => onFilter({ ...filter, action: action === ANY ? "" : action })}
        data-testid="audit-action"
      />
      <TextField
        label="From"
        type="date"
        value={filter.from}
        onChange={(from) => onFilter({ ...filter, from })}
        data-testid="audit-from"
      />
      <div className="flex items-end gap-2">
        <TextField
          label="To"
          type="date"
          value={filter.to}
          onChange={(to) => onFilter({ ...filter, to })}
          className="flex-1"
          data-testid="audit-to"
        />
        <Button
          variant="quiet"
          onPress={() => onFilter(NO_FILTER)}
          isDisabled={filter === NO_FILTER}
          data-testid="audit-reset"
        >
          Clear
        </Button>
      </div>
    </search>
  );
}
