import { useState } from "react";
import type { DatasetProfile } from "../../../shared/contracts/dataset-profile.ts";
import { Card } from "../../ui/card.tsx";
import { formatCount } from "../../ui/chart-scale.ts";
import { Checkbox } from "../../ui/field.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { plural } from "../../ui/time-words.ts";
import { ActionSelect } from "./action-select.tsx";
import { ColumnList } from "./column-list.tsx";
import { actionOf, withAction, withTable } from "./import-choices.ts";
import { RowBrowser } from "./row-browser.tsx";
import type { ChoiceEditing } from "./sensitive-findings.tsx";
import { TablePicker } from "./table-picker.tsx";

export interface TableChoicesProps extends ChoiceEditing {
  profile: DatasetProfile;
  /** Path of what the rows are read from. */
  importId: string;
}

/** One table after the other: its columns with what becomes of each, or its rows as they were uploaded. */
export function TableChoices({ profile, importId, choices, onChange }: TableChoicesProps) {
  const [chosen, setChosen] = useState(profile.tables[0]?.name);
  const [shows, setShows] = useState<"columns" | "rows">("columns");
  const table = profile.tables.find(({ name }) => name === chosen) ?? profile.tables[0];
  if (!table) return null;
  const isLeftOut = choices.leftOut.includes(table.name);
  return (
    <section aria-label="Tables" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <TablePicker
          tables={profile.tables}
          chosen={table.name}
          onChoose={setChosen}
          note={({ name }) => (choices.leftOut.includes(name) ? "left out" : undefined)}
        />
        <Segmented
          label="What to see of the table"
          value={shows}
          onChange={setShows}
          className="sm:ml-auto"
          options={[
            { value: "columns", label: "Columns", count: table.columns.length },
            { value: "rows", label: "Rows" },
          ]}
        />
      </div>
      <Card padding="none" className="overflow-hidden">
        <header className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-line px-5 py-3.5">
          <h2 className="min-w-0 text-[1.067rem] font-[620] [overflow-wrap:anywhere]">
            <span className="font-mono text-[1rem]">{table.name}</span>{" "}
            <span className="font-normal text-ink-soft">
              {formatCount(table.rows)} {plural(table.rows, "row")}
            </span>
          </h2>
          {profile.tables.length > 1 ? (
            <Checkbox
              isSelected={isLeftOut}
              onChange={(isSelected) => onChange((now) => withTable(now, table.name, isSelected))}
            >
              Leave this table out
            </Checkbox>
          ) : null}
        </header>
        {shows === "rows" ? (
          <RowBrowser key={table.name} source={{ kind: "import", id: importId }} table={table.name} />
        ) : (
          <ColumnList
            columns={table.columns}
            rows={table.rows}
            isGone={({ name }) => isLeftOut || actionOf(choices, table.name, name) === "drop"}
            aside={(column) =>
              isLeftOut ? null : (
                <ActionSelect
                  table={table.name}
                  column={column.name}
                  value={actionOf(choices, table.name, column.name)}
                  onChange={(action) => onChange((now) => withAction(now, table.name, column.name, action))}
                  isSensitive={column.findings.some(({ confidence }) => confidence !== "low")}
                  data-testid={`action-${table.name}-${column.name}`}
                />
              )
            }
          />
        )}
      </Card>
    </section>
  );
}
