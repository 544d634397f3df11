import { useState } from "react";
import type { ModelKind, ModelView, UpstreamView } from "../../../shared/contracts/models.ts";
import { ChoiceCards } from "../../ui/choice-cards.tsx";
import { Select, TextField } from "../../ui/field.tsx";
import { FormDialog } from "../../ui/form-dialog.tsx";
import { NumberField } from "../../ui/number-field.tsx";
import { createModel, updateModel } from "./models-api.ts";
import { type PriceForm, priceFormOf, priceOfForm, problemsOfPrice } from "./price-form.ts";
import { useUpstreamChange } from "./use-upstream-change.ts";

export interface ModelDialogProps {
  upstream: UpstreamView;
  /** Whose price is set; null: a new one. */
  model: ModelView | null;
  onClose: () => void;
}

export function ModelDialog({ upstream, model, onClose }: ModelDialogProps) {
  const [name, setName] = useState("");
  const [kind, setKind] = useState<ModelKind>(model?.kind ?? "chat");
  const [price, setPrice] = useState(priceFormOf(model?.price ?? null));
  const [isTried, setTried] = useState(false);
  const isNameless = model === null && (name.trim() === "" || /\s/.test(name.trim()));
  const problems = problemsOfPrice(price, kind);
  const saving = useUpstreamChange(
    () => {
      const given = priceOfForm(price, kind);
      return model
        ? updateModel(upstream.id, model.id, { price: given })
        : createModel(upstream.id, { name: name.trim(), kind, price: given });
    },
    { said: model ? "Saved" : "Added", onDone: onClose },
  );
  const submit = () => {
    setTried(true);
    if (!isNameless && Object.keys(problems).length === 0) saving.mutate(undefined);
  };
  return (
    <FormDialog
      name="model"
      size="medium"
      title={model ? `The price of ${model.name}` : `Add a model of ${upstream.name}`}
      confirmLabel={model ? "Save" : "Add"}
      onClose={onClose}
      onSubmit={submit}
      isPending={saving.isPending}
      error={saving.error}
    >
      {model ? null : (
        <>
          <NameFields
            upstream={upstream}
            name={name}
            onName={setName}
            error={isTried && isNameless ? "Enter its name, without spaces." : null}
          />
          <ChoiceCards
            label="Kind"
            columns={2}
            choices={KINDS}
            value={kind}
            onChange={setKind}
            data-testid="model-kind"
          />
        </>
      )}
      <PriceFields kind={kind} price={price} problems={isTried ? problems : {}} onChange={setPrice} />
    </FormDialog>
  );
}

const KINDS = [
  { value: "chat", label: "Chat", description: "Answers messages." },
  { value: "embedding", label: "Embeddings", description: "Turns text into vectors." },
] as const;

interface NameFieldsProps {
  upstream: UpstreamView;
  name: string;
  onName: (name: string) => void;
  error: string | null;
}

/** Typed, or chosen from what the last test found. */
function NameFields({ upstream, name, onName, error }: NameFieldsProps) {
  const known = upstream.models.map((model) => model.name);
  const listed = (upstream.test?.models ?? []).filter((one) => !known.includes(one));
  return (
    <>
      {listed.length > 0 ? (
        <Select
          label="What it lists"
          placeholder="Choose one, or type its name below…"
          options={listed.map((one) => ({ value: one, label: one }))}
          value={listed.includes(name) ? name : null}
          onChange={onName}
          data-testid="listed-models"
        />
      ) : null}
      <TextField
        label="Name"
        description="Exactly as the upstream knows it."
        placeholder="gpt-5-mini"
        mono
        autoComplete="off"
        maxLength={200}
        value={name}
        onChange={onName}
        error={error}
        data-testid="model-name"
      />
    </>
  );
}

interface PriceFieldsProps {
  kind: ModelKind;
  price: PriceForm;
  problems: Partial<Record<keyof PriceForm, string>>;
  onChange: (price: PriceForm) => void;
}

function PriceFields({ kind, price, problems, onChange }: PriceFieldsProps) {
  const field = (key: keyof PriceForm, label: string, description: string) => (
    <NumberField
      label={label}
      description={description}
      unit="$"
      fractionDigits={6}
      value={price[key]}
      onChange={(value) => onChange({ ...price, [key]: value })}
      error={problems[key]}
      data-testid={`price-${key}`}
    />
  );
  return (
    <fieldset>
      <legend className="text-[0.933rem] font-medium text-ink">Price of a million tokens</legend>
      <p className="mt-0.5 mb-3 text-[0.867rem] text-ink-faint">
        In dollars, as the provider publishes it; 0 for a server of your own. Without a price the model cannot
        be used. Versions that are published keep the price they have.
      </p>
      <div className="grid items-start gap-4 sm:grid-cols-3">
        {field("input", "Input", "What is sent.")}
        {kind === "chat" ? field("cached", "Cached input", "Empty: as other input.") : null}
        {kind === "chat" ? field("output", "Output", "What is answered.") : null}
      </div>
    </fieldset>
  );
}
