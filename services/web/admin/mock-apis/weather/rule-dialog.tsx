import { type ReactNode, useRef, useState } from "react";
import type { MockApiOperationSummary } from "../../../../shared/contracts/mock-api-studio.ts";
import { FAULT_KINDS, type FaultKind, type WeatherRule } from "../../../../shared/contracts/weather.ts";
import { describeRule, FAULT_WORDS } from "../../../../shared/contracts/weather-words.ts";
import { Select, TextField } from "../../../ui/field.tsx";
import { FormDialog } from "../../../ui/form-dialog.tsx";
import { FaultFields } from "./fault-controls.tsx";
import { FIRST_FAULTS } from "./fault-fields.ts";
import { OperationChoice } from "./operation-choice.tsx";
import { formOf, newRule, type RuleForm, ruleOf } from "./rule-form.ts";
import { RateFields, ScheduleFields } from "./rule-timing.tsx";

export interface RuleDialogProps {
  /** Null for a new one. */
  present: WeatherRule | null;
  operations: readonly MockApiOperationSummary[];
  onSave: (rule: WeatherRule) => void;
  onClose: () => void;
}

/** A rule of the weather: what goes wrong, where, how often and when. Said again as a sentence below. */
export function RuleDialog({ present, operations, onSave, onClose }: RuleDialogProps) {
  const fields = useRef<HTMLDivElement>(null);
  const [form, setForm] = useState<RuleForm>(() =>
    present ? formOf(present) : newRule(FIRST_FAULTS.server_error),
  );
  const [isTried, setTried] = useState(false);
  const { rule, problems } = ruleOf(form);
  const shown = isTried ? (problems ?? {}) : {};
  const set = (change: Partial<RuleForm>) => setForm((now) => ({ ...now, ...change }));
  const save = () => {
    setTried(true);
    if (rule) onSave(rule);
    // Once the fields are marked: the first of them may be out of sight.
    else
      setTimeout(() =>
        fields.current?.querySelector<HTMLElement>("[data-invalid] :is(input, button)")?.focus(),
      );
  };
  return (
    <FormDialog
      name="rule"
      size="large"
      title={present ? "Change the rule" : "New rule"}
      confirmLabel={present ? "Save" : "Add"}
      onClose={onClose}
      onSubmit={save}
    >
      <div ref={fields} className="flex flex-col gap-6">
        <Group title="What goes wrong">
          <Select<FaultKind>
            label="Fault"
            description={FAULT_WORDS[form.fault.kind].hint}
            options={FAULT_KINDS.map((kind) => ({
              value: kind,
              label: FAULT_WORDS[kind].name,
              description: FAULT_WORDS[kind].hint,
            }))}
            value={form.fault.kind}
            onChange={(kind) => set({ fault: { ...FIRST_FAULTS[kind] } })}
            data-testid="rule-kind"
          />
          <FaultFields fault={form.fault} problems={shown} onChange={(fault) => set({ fault })} />
        </Group>
        <Group title="Where">
          <OperationChoice
            operations={operations}
            value={form.operations}
            onChange={(chosen) => set({ operations: chosen })}
            error={shown.operations ? "Choose at least one." : null}
          />
        </Group>
        <Group title="How often and when">
          <RateFields form={form} problems={shown} onChange={set} />
          <ScheduleFields form={form} problems={shown} onChange={set} />
        </Group>
        <TextField
          label="Name"
          description="Optional. What the log calls it."
          autoComplete="off"
          maxLength={80}
          value={form.name}
          onChange={(name) => set({ name })}
          error={shown.name}
        />
        {/* Not beside the buttons: a sentence that comes and goes there would move them away under the pointer. */}
        <p role="status" className="rounded-lg bg-sunken px-4 py-3 text-[0.933rem] [overflow-wrap:anywhere]">
          {rule
            ? `${describeRule(rule)}.`
            : isTried
              ? "Correct what is marked above."
              : "Something above does not fit yet."}
        </p>
      </div>
    </FormDialog>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="flex flex-col gap-4">
      <legend className="mb-3 w-full border-b border-line pb-1.5 font-[620]">{title}</legend>
      {children}
    </fieldset>
  );
}
