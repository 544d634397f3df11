import { ListFilter, X } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Input, TextField } from "react-aria-components";
import type { RowFilter, RowPage } from "../../../shared/contracts/dataset-studio.ts";
import { Button } from "../../ui/button.tsx";
import { InlineSelect } from "../../ui/inline-select.tsx";
import {
  COMPARISON_WORDS,
  type Comparison,
  comparisonsFor,
  filterWords,
  needsValue,
} from "./row-filter-words.ts";

export interface RowFilterBarProps {
  columns: RowPage["columns"];
  filters: readonly RowFilter[];
  onChange: (filters: readonly RowFilter[]) => void;
}

const MOST_FILTERS = 10;

/** The filters there are, each with a way to take it off, and one more to write. */
export function RowFilterBar({ columns, filters, onChange }: RowFilterBarProps) {
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2.5">
      <ListFilter aria-hidden size={16} className="text-ink-faint max-sm:hidden" />
      {filters.length < MOST_FILTERS ? (
        <NewFilter columns={columns} onAdd={(filter) => onChange([...filters, filter])} />
      ) : null}
      {filters.map((filter, index) => (
        <Button
          // biome-ignore lint/suspicious/noArrayIndexKey: the same filter may be there twice
          key={index}
          size="small"
          className="max-w-full"
          aria-label={`Take off the filter ${filterWords(filter)}`}
          onPress={() => onChange(filters.filter((_, other) => other !== index))}
        >
          <span className="truncate">{filterWords(filter)}</span>
          <X aria-hidden size={14} />
        </Button>
      ))}
    </div>
  );
}

function NewFilter({ columns, onAdd }: { columns: RowPage["columns"]; onAdd: (filter: RowFilter) => void }) {
  const [name, setName] = useState(columns[0]?.name ?? "");
  const [wanted, setWanted] = useState<Comparison>("contains");
  const [value, setValue] = useState("");
  const column = columns.find((one) => one.name === name) ?? columns[0];
  if (!column) return null;
  const comparisons = comparisonsFor(column.type);
  const comparison = comparisons.includes(wanted) ? wanted : comparisons[0]!;
  const add = (event: FormEvent) => {
    event.preventDefault();
    onAdd({ column: column.name, comparison, value: needsValue(comparison) ? value : "" });
    setValue("");
  };
  return (
    <form onSubmit={add} className="flex flex-wrap items-center gap-2">
      <InlineSelect
        label="Column to filter by"
        value={column.name}
        onChange={setName}
        options={columns.map((one) => ({ value: one.name, label: one.name }))}
        className="max-w-48"
      />
      <InlineSelect
        label="Comparison"
        value={comparison}
        onChange={setWanted}
        options={comparisons.map((one) => ({ value: one, label: COMPARISON_WORDS[one] }))}
      />
      {needsValue(comparison) ? (
        <TextField aria-label="Value" value={value} onChange={setValue} maxLength={1000}>
          <Input
            placeholder="value"
            data-testid="filter-value"
            className="h-8 w-36 rounded-md border border-line-strong/60 bg-surface px-2.5 text-[0.867rem] placeholder:text-ink-faint focus:outline-2 focus:outline-offset-1 focus:outline-accent"
          />
        </TextField>
      ) : null}
      <Button type="submit" size="small" data-testid="filter-add">
        Filter
      </Button>
    </form>
  );
}
