import { type FormEvent, useId, useState } from "react";
import { Form } from "react-aria-components";
import type { UpstreamView } from "../../../shared/contracts/models.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Checkbox, TextField } from "../../ui/field.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { createUpstream, updateUpstream } from "./models-api.ts";
import { changeOf, missingOf, newOf, type UpstreamForm } from "./upstream-form.ts";
import { useUpstreamChange } from "./use-upstream-change.ts";

export interface UpstreamDialogProps {
  /** Null: a new one. */
  upstream: UpstreamView | null;
  onClose: () => void;
}

export function UpstreamDialog({ upstream, onClose }: UpstreamDialogProps) {
  const formId = useId();
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
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(missing).length === 0) saving.mutate(undefined);
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      isBusy={saving.isPending}
      size="medium"
      title={upstream ? `Change ${upstream.name}` : "Add an upstream"}
      data-testid="upstream-dialog"
      footer={
        <>
          <Button onPress={onClose} isDisabled={saving.isPending}>
            Cancel
          </Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            isPending={saving.isPending}
            data-testid="upstream-save"
          >
            {upstream ? "Save" : "Add"}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={submit} validationBehavior="aria" className="flex flex-col gap-5 text-ink">
        <Fields
          upstream={upstream}
          form={form}
          problems={isTried ? missing : {}}
          onChange={(change) => setForm((before) => ({ ...before, ...change }))}
        />
        {saving.error ? <ErrorState error={saving.error} /> : null}
      </Form>
    </Dialog>
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
