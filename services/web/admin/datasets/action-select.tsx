import type { ColumnAction } from "../../../shared/contracts/dataset-profile.ts";
import { InlineSelect } from "../../ui/inline-select.tsx";
import { ACTION_OPTIONS } from "./profile-words.ts";

export interface ActionSelectProps {
  table: string;
  column: string;
  value: ColumnAction;
  onChange: (action: ColumnAction) => void;
  /** Something sensitive was found in it: keeping it is the choice that stands out. */
  isSensitive?: boolean;
  "data-testid"?: string;
}

/** What becomes of one column. */
export function ActionSelect({ table, column, value, onChange, isSensitive, ...rest }: ActionSelectProps) {
  return (
    <InlineSelect
      label={`What becomes of ${column} in ${table}`}
      options={ACTION_OPTIONS}
      value={value}
      onChange={onChange}
      tone={isSensitive && value === "keep" ? "warn" : "neutral"}
      className="w-36"
      data-testid={rest["data-testid"]}
    />
  );
}
