import type { ColumnAction } from "../contracts/dataset-profile.ts";
import type { ImportChoices } from "../contracts/dataset-studio.ts";

/**
 * What becomes of a column. Names come from files: a table or column called `constructor` must not find what every
 * object inherits.
 */
export function chosenAction({ columns }: ImportChoices, table: string, column: string): ColumnAction {
  const chosen = own(columns, table);
  return (chosen && own(chosen, column)) ?? "keep";
}

function own<Value>(record: Record<string, Value>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
