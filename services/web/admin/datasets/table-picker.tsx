import { InlineSelect } from "../../ui/inline-select.tsx";
import { Segmented } from "../../ui/segmented.tsx";

export interface TablePickerProps<Table extends { name: string }> {
  tables: readonly Table[];
  chosen: string;
  onChoose: (name: string) => void;
  /** A word about a table, after its name. */
  note?: (table: Table) => string | undefined;
}

/** Which table: all names in sight while they are few. Nothing where there is one. */
export function TablePicker<Table extends { name: string }>({
  tables,
  chosen,
  onChoose,
  note,
}: TablePickerProps<Table>) {
  if (tables.length < 2) return null;
  const options = tables.map((table) => {
    const word = note?.(table);
    return { value: table.name, label: word ? `${table.name} (${word})` : table.name };
  });
  const isShort = options.reduce((sum, { label }) => sum + label.length, 0) < 70 && options.length < 6;
  return isShort ? (
    <Segmented label="Which table" value={chosen} onChange={onChoose} options={options} />
  ) : (
    <InlineSelect
      label="Which table"
      value={chosen}
      onChange={onChoose}
      options={options}
      className="max-w-full min-w-56"
    />
  );
}
