import type { z } from "zod";
import type { DatasetDelivery } from "../../../../shared/contracts/assessment-draft.ts";
import type { PinnedDataset } from "../../../../shared/contracts/composer.ts";
import { Checkbox, Select } from "../../../ui/field.tsx";
import { NumberField } from "../../../ui/number-field.tsx";

type Tables = z.infer<typeof PinnedDataset>["tables"];

export interface DeliveryFieldsProps {
  tables: Tables;
  delivery: DatasetDelivery;
  onChange: (delivery: DatasetDelivery) => void;
}

const DEFAULT_SAMPLE_ROWS = 10_000;
const DEFAULT_CANARY_ROWS = 5;
const MOST_CANARY_ROWS = 1000;

/** What each candidate gets of a dataset, so that a copy that turns up elsewhere tells whose it was. */
export function DeliveryFields({ tables, delivery, onChange }: DeliveryFieldsProps) {
  const largest = [...tables].sort((a, b) => b.rows - a.rows)[0];
  if (!largest) return null;
  const { sample, canary } = delivery;
  const set = (change: Partial<DatasetDelivery>) => onChange({ ...delivery, ...change });
  const firstColumn = (table: string) => tables.find(({ name }) => name === table)?.columns[0] ?? "";
  const options = tables.map(({ name, rows }) => ({
    value: name,
    label: name,
    description: `${rows.toLocaleString("en-GB")} rows`,
  }));
  return (
    <div className="flex flex-col gap-3 border-t border-line pt-4">
      <Checkbox
        isSelected={sample !== undefined}
        onChange={(on) => set({ sample: on ? sampleOf(largest) : undefined })}
      >
        Each candidate gets a sample of their own
        <span className="block text-[0.867rem] text-ink-faint">
          Drawn by a seed: the same candidate always has the same rows.
        </span>
      </Checkbox>
      {sample ? (
        <div className="grid gap-4 pl-8 sm:grid-cols-2">
          <Select
            label="Rows of"
            options={options}
            value={sample.table}
            onChange={(table) => set({ sample: { ...sample, table } })}
          />
          <NumberField
            label="How many"
            unit="rows"
            value={sample.rows}
            onChange={(rows) => set({ sample: { ...sample, rows: within(rows, 100_000_000) } })}
          />
        </div>
      ) : null}
      <Checkbox
        isSelected={Boolean(canary)}
        onChange={(on) =>
          set({
            canary: on
              ? { table: largest.name, column: firstColumn(largest.name), rows: DEFAULT_CANARY_ROWS }
              : null,
          })
        }
      >
        Hide canary rows in it
        <span className="block text-[0.867rem] text-ink-faint">
          A few made-up rows with a marker of the candidate’s own: a leaked copy tells whose it was.
        </span>
      </Checkbox>
      {canary ? (
        <div className="grid gap-4 pl-8 sm:grid-cols-3">
          <Select
            label="In"
            options={options}
            value={canary.table}
            onChange={(table) => set({ canary: { ...canary, table, column: firstColumn(table) } })}
          />
          <Select
            label="Marker in column"
            options={(tables.find(({ name }) => name === canary.table)?.columns ?? []).map((name) => ({
              value: name,
              label: name,
            }))}
            value={canary.column}
            onChange={(column) => set({ canary: { ...canary, column } })}
          />
          <NumberField
            label="How many"
            unit="rows"
            value={canary.rows}
            onChange={(rows) => set({ canary: { ...canary, rows: within(rows, MOST_CANARY_ROWS) } })}
          />
        </div>
      ) : null}
    </div>
  );
}

const sampleOf = ({ name, rows }: Tables[number]) => ({
  table: name,
  rows: Math.max(1, Math.min(DEFAULT_SAMPLE_ROWS, rows)),
});

/** A draft keeps only counts that can be meant. */
const within = (rows: number | null, most: number) => Math.max(1, Math.min(most, Math.round(rows ?? 1)));
