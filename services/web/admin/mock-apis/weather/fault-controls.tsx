import { Select, TextField } from "../../../ui/field.tsx";
import { NumberField } from "../../../ui/number-field.tsx";
import { type FaultField, fieldsOf, getAt, setAt } from "./fault-fields.ts";
import type { RuleForm, RuleProblems } from "./rule-form.ts";

export interface FaultFieldsProps {
  fault: RuleForm["fault"];
  problems: RuleProblems;
  onChange: (fault: RuleForm["fault"]) => void;
}

/** What can be said about the chosen fault. */
export function FaultFields({ fault, problems, onChange }: FaultFieldsProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {fieldsOf(fault).map((field) => (
        <Control
          key={field.path}
          field={field}
          value={getAt(fault, field.path)}
          error={problems[`fault.${field.path}`]}
          onChange={(value) => onChange(setAt(fault, field.path, value))}
        />
      ))}
    </div>
  );
}

interface ControlProps {
  field: FaultField;
  value: unknown;
  error: string | undefined;
  onChange: (value: unknown) => void;
}

function Control({ field, value, error, onChange }: ControlProps) {
  const words = { label: field.label, description: field.description, error };
  switch (field.control) {
    case "choice":
      return <Select {...words} options={field.options} value={String(value)} onChange={onChange} />;
    case "number":
      return (
        <NumberField
          {...words}
          error={error && typeof value !== "number" ? "Enter a number." : error}
          unit={field.unit}
          value={typeof value === "number" ? value : null}
          onChange={onChange}
        />
      );
    case "text":
      return (
        <TextField
          {...words}
          mono
          autoComplete="off"
          spellCheck="false"
          value={typeof value === "string" ? value : ""}
          onChange={onChange}
        />
      );
  }
}
