import { ArrowUp, Trash2 } from "lucide-react";
import { Badge } from "../../../../ui/badge.tsx";
import { IconButton } from "../../../../ui/button.tsx";
import { Select, TextField } from "../../../../ui/field.tsx";
import { MOCK_WORDS, priceWords } from "../../../models/model-words.ts";
import type { GapAt } from "../gaps.ts";
import { type DraftModel, raised } from "./change-models.ts";
import { type KnownModel, modelOptions } from "./offered-models.ts";

export interface ModelCardProps {
  /** Into the draft, for example `models.models.0`. */
  path: string;
  model: DraftModel;
  known: readonly KnownModel[];
  gapAt: GapAt;
  onChange: (model: DraftModel) => void;
  onRemove: () => void;
  removeLabel: string;
}

/** A name that programs call, and the models behind it in the order in which they are asked. */
export function ModelCard({ path, model, known, gapAt, onChange, onRemove, removeLabel }: ModelCardProps) {
  const { alias, modelIds, missing = [] } = model;
  const kind = known.find(({ id }) => id === modelIds[0])?.kind ?? null;
  const rest = known.filter(({ id }) => !modelIds.includes(id));
  const options = modelOptions(rest, kind);
  const setIds = (ids: string[]) => onChange({ ...model, modelIds: ids });
  return (
    <div className="flex flex-col gap-4" data-path={path} data-testid="model-card">
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <TextField
            label="Name"
            description="What programs call it."
            mono
            value={alias}
            onChange={(next) => onChange({ ...model, alias: next })}
            maxLength={200}
            error={gapAt(`${path}.alias`)}
            data-testid="model-alias"
          />
        </div>
        <IconButton label={removeLabel} onPress={onRemove} className="mt-7">
          <Trash2 aria-hidden size={17} />
        </IconButton>
      </div>
      <div data-path={`${path}.modelIds`}>
        <ol className="divide-y divide-line rounded-lg border border-line empty:hidden">
          {modelIds.map((id, index) => (
            <Target
              // biome-ignore lint/suspicious/noArrayIndexKey: the same model may be there twice
              key={`${id}-${index}`}
              place={index}
              target={known.find((one) => one.id === id)}
              onRaise={index > 0 ? () => setIds(raised(modelIds, index)) : null}
              onRemove={() => setIds(modelIds.filter((_, other) => other !== index))}
            />
          ))}
        </ol>
        <Missing
          path={path}
          missing={missing}
          gapAt={gapAt}
          onChange={(next) => onChange({ ...model, missing: next })}
        />
        {modelIds.length === 0 || (modelIds.length < 5 && options.length > 0) ? (
          <Select
            label={modelIds.length === 0 ? "Model" : "And when it fails before it has begun to answer"}
            placeholder={options.length === 0 ? "None is set up" : "Choose a model…"}
            className="mt-3"
            options={options}
            value={null}
            onChange={(id) => setIds([...modelIds, id])}
            isDisabled={options.length === 0}
            error={gapAt(`${path}.modelIds`)}
            data-testid="add-target"
          />
        ) : null}
      </div>
    </div>
  );
}

interface TargetProps {
  place: number;
  target: KnownModel | undefined;
  onRaise: (() => void) | null;
  onRemove: () => void;
}

function Target({ place, target, onRaise, onRemove }: TargetProps) {
  const name = target?.name ?? "A model that is not here";
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5" data-testid="model-target">
      <span className="text-[0.867rem] text-ink-faint tabular-nums">{place + 1}</span>
      <span className="min-w-0 flex-1 basis-52 [overflow-wrap:anywhere]">
        <span className="font-mono text-[0.9rem] text-ink">{name}</span>
        {target ? (
          <span className="block text-[0.867rem] text-ink-faint">
            {target.upstreamName} · {priceWords(target.price, target.kind)}
          </span>
        ) : null}
      </span>
      {target?.mock ? <Badge tone="warn">{MOCK_WORDS}</Badge> : null}
      {target === undefined ? <Badge tone="danger">Not on this instance</Badge> : null}
      {target?.archived ? <Badge tone="danger">Archived</Badge> : null}
      {target && target.price === null ? <Badge tone="danger">No price</Badge> : null}
      <span className="flex">
        {onRaise ? (
          <IconButton label={`Ask ${name} earlier`} size="small" onPress={onRaise}>
            <ArrowUp aria-hidden size={16} />
          </IconButton>
        ) : null}
        <IconButton label={`Take ${name} out`} size="small" onPress={onRemove}>
          <Trash2 aria-hidden size={16} />
        </IconButton>
      </span>
    </li>
  );
}

type MissingModels = NonNullable<DraftModel["missing"]>;

/** Models that an import named and did not find. */
function Missing({
  path,
  missing,
  gapAt,
  onChange,
}: {
  path: string;
  missing: MissingModels;
  gapAt: GapAt;
  onChange: (missing: MissingModels) => void;
}) {
  return (
    <ul className="mt-2 flex flex-col gap-2 empty:hidden">
      {missing.map(({ upstream, name }, index) => (
        <li
          key={`${upstream} ${name}`}
          data-path={`${path}.missing.${index}`}
          className="flex items-start gap-2 rounded-lg border border-danger-line bg-danger-soft px-4 py-2.5 text-[0.9rem]"
          data-testid="model-missing"
        >
          <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
            {gapAt(`${path}.missing.${index}`) ?? `${name} of ${upstream} is not on this instance.`}
          </span>
          <IconButton
            label={`Leave ${name} out`}
            size="small"
            onPress={() => onChange(missing.filter((_, other) => other !== index))}
          >
            <Trash2 aria-hidden size={16} />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}
