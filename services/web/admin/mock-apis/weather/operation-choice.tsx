import { useState } from "react";
import type { MockApiOperationSummary } from "../../../../shared/contracts/mock-api-studio.ts";
import { Checkbox, Select } from "../../../ui/field.tsx";
import { SearchField } from "../../../ui/search-field.tsx";
import { MethodMark } from "../method-mark.tsx";

/** Fewer than that are found by looking. */
const SEARCHABLE = 10;

export interface OperationChoiceProps {
  operations: readonly MockApiOperationSummary[];
  /** Null for any. */
  value: readonly string[] | null;
  onChange: (value: readonly string[] | null) => void;
  error: string | null;
}

/** Any operation, or some of them. */
export function OperationChoice({ operations, value, onChange, error }: OperationChoiceProps) {
  return (
    <>
      <Select<"any" | "some">
        label="Operations"
        options={[
          { value: "any", label: "Any operation" },
          { value: "some", label: "Only some" },
        ]}
        value={value === null ? "any" : "some"}
        onChange={(next) => onChange(next === "any" ? null : [])}
        error={error}
        data-testid="rule-operations"
      />
      {value === null ? null : <Picked operations={operations} value={value} onChange={onChange} />}
    </>
  );
}

interface PickedProps {
  operations: readonly MockApiOperationSummary[];
  value: readonly string[];
  onChange: (value: readonly string[]) => void;
}

function Picked({ operations, value, onChange }: PickedProps) {
  const [search, setSearch] = useState("");
  const known = new Set(operations.map(({ operationId }) => operationId));
  const gone = value.filter((operationId) => !known.has(operationId));
  const wanted = search.trim().toLowerCase();
  const found = operations.filter(({ operationId, method, path }) =>
    `${operationId} ${method} ${path}`.toLowerCase().includes(wanted),
  );
  const toggle = (operationId: string, isOn: boolean) =>
    onChange(isOn ? [...value, operationId] : value.filter((one) => one !== operationId));
  return (
    <div className="rounded-lg border border-line">
      {operations.length > SEARCHABLE ? (
        <SearchField
          label="Search operations"
          placeholder="Find an operation"
          size="small"
          value={search}
          onChange={setSearch}
          className="m-2"
        />
      ) : null}
      <ul aria-label="Operations" className="max-h-56 overflow-y-auto px-3 py-1.5">
        {gone.map((operationId) => (
          <li key={operationId} className="py-1">
            <Checkbox isSelected onChange={() => toggle(operationId, false)}>
              <span className="[overflow-wrap:anywhere]">{operationId}</span>{" "}
              <span className="text-[0.867rem] text-warn">is not in the document any more</span>
            </Checkbox>
          </li>
        ))}
        {found.map(({ operationId, method, path }) => (
          <li key={operationId} className="py-1">
            <Checkbox isSelected={value.includes(operationId)} onChange={(isOn) => toggle(operationId, isOn)}>
              <span className="flex flex-wrap items-baseline gap-x-2 text-[0.9rem]">
                <MethodMark method={method} />
                <code className="min-w-0 font-mono [overflow-wrap:anywhere]">{path}</code>
              </span>
            </Checkbox>
          </li>
        ))}
        {found.length === 0 ? <li className="py-1 text-ink-soft">No operation is called that.</li> : null}
      </ul>
    </div>
  );
}
