import { useState } from "react";
import type { UpstreamView } from "../../../shared/contracts/models.ts";
import { Checkbox, TextField } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { createUpstream, updateUpstream } from "./models-api.ts";
import { changeOf, missingOf, newOf, type UpstreamForm } from "./upstream-form.ts";
import { useUpstreamChange } from "./use-upstream-change.ts";

export interface UpstreamDialogProps {
  /** Null: a new one. */
  upstream: UpstreamView | null;
  onClose: () => void;
}

export function UpstreamDialog({ upstream, onClose }: UpstreamDialogProps) {
  const [form, setForm] = useState<UpstreamForm>({
    name: upstream?.name ?? "",
    baseUrl: upstream?.baseUrl ?? "",
    apiKey: "",
    dropsKey: false,
  });
  const [isTried, setTried] = useState(false);
  const missing = missingOf(form, upstream);
  const saving = useUpstreamChange(
    () => (upstream ? updateUpstream(upstream.id, changeOf(form, upstream)) : createUpstream(newOf(form))),
    { said: upstream ? "Saved" : "Added. Name its models next, and test the connection.", onDone: onClose },
  );
  const submit = () => {
    setTried(true);
    if (Object.keys(missing).length === 0) saving.mutate(undefined);
  };
  return (
    <FormDialog
      name="upstream"
      size="medium"
      title={upstream ? `Change ${upstream.name}` : "Add an upstream"}
      confirmLabel={upstream ? "Save" : "Add"}
      onClose={onClose}
      onSubmit={submit}
      isPending={saving.isPending}
      error={saving.error}
    >
      <Fields
        upstream={upstream}
        form={form}
        problems={isTried ? missing : {}}
        onChange={(change) => setForm((before) => ({ ...before, ...change }))}
      />
    </FormDialog>
  );
}

interface FieldsProps {
  upstream: UpstreamView | null;
  form: UpstreamForm;
  problems: ReturnType<typeof missingOf>;
  onChange: (change: Partial<UpstreamForm>) => void;
}

function Fields({ upstream, form, problems, onChange }: FieldsProps) {
  const isMock = upstream?.kind === "mock";
  return (
    <>
      <TextField
        label="Name"
        description="As your team calls it, for example OpenAI or GPU server."
        autoComplete="off"
        maxLength={200}
        value={form.name}
        onChange={(name) => onChange({ name })}
        error={problems.name}
        data-testid="upstream-name"
      />
      {isMock ? null : (
        <>
          <TextField
            label="Address"
            description="Of an API that speaks OpenAI's protocol; it mostly ends in /v1."
            placeholder="https://api.openai.com/v1"
            mono
            autoComplete="off"
            maxLength={500}
            value={form.baseUrl}
            onChange={(baseUrl) => onChange({ baseUrl })}
            error={problems.baseUrl}
            data-testid="upstream-address"
          />
          <TextField
            label={upstream?.hasKey ? "New key" : "Key"}
            description={keyDescription(upstream)}
            type="password"
            mono
            // A browser that offered to keep it would keep it in the wrong place.
            autoComplete="new-password"
            maxLength={1000}
            value={form.apiKey}
            onChange={(apiKey) => onChange({ apiKey })}
            isDisabled={form.dropsKey}
            error={problems.apiKey}
            data-testid="upstream-key"
          />
          {upstream?.hasKey ? (
            <Checkbox isSelected={form.dropsKey} onChange={(dropsKey) => onChange({ dropsKey, apiKey: "" })}>
              It wants no key any more
            </Checkbox>
          ) : null}
        </>
      )}
    </>
  );
}

function keyDescription(upstream: UpstreamView | null): string {
  if (!upstream?.hasKey) return "Sealed when it is saved, and never shown again. Empty: it wants none.";
  const which = upstream.keyHint ? ` that ends in ${upstream.keyHint}` : "";
  return `Empty: the key${which} stays. It goes to the address it was given for and to no other.`;
}
