import { Archive, ArchiveRestore, CircleDollarSign, Ellipsis, PlugZap } from "lucide-react";
import { useState } from "react";
import type { ModelView, UpstreamView } from "../../../shared/contracts/models.ts";
import { Badge } from "../../ui/badge.tsx";
import { IconButton } from "../../ui/button.tsx";
import { Menu } from "../../ui/menu.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { ModelDialog } from "./model-dialog.tsx";
import { KIND_WORDS, priceWords } from "./model-words.ts";
import { updateModel } from "./models-api.ts";
import { useUpstreamChange } from "./use-upstream-change.ts";

export interface ModelRowsProps {
  upstream: UpstreamView;
  isTesting: boolean;
  /** Asks the model for a few words. */
  onTest: (model: string) => void;
}

export function ModelRows({ upstream, ...rest }: ModelRowsProps) {
  if (upstream.models.length === 0)
    return (
      <p className="text-[0.933rem] text-ink-soft">No model of it is named yet, so none can be chosen.</p>
    );
  return (
    <ul
      className="divide-y divide-line rounded-lg border border-line"
      aria-label={`Models of ${upstream.name}`}
    >
      {upstream.models.map((model) => (
        <ModelRow key={model.id} upstream={upstream} model={model} {...rest} />
      ))}
    </ul>
  );
}

function ModelRow({ upstream, model, isTesting, onTest }: ModelRowsProps & { model: ModelView }) {
  const [isPricing, setPricing] = useState(false);
  const isArchived = model.archivedAt !== null;
  const moving = useUpstreamChange(() => updateModel(upstream.id, model.id, { archived: !isArchived }), {
    said: isArchived ? `${model.name} is brought back` : `${model.name} is archived`,
  });
  const act = (id: string) => {
    if (id === "price") setPricing(true);
    else if (id === "test") onTest(model.name);
    else moving.mutate(undefined);
  };
  return (
    <li className="px-4 py-2.5" data-testid="model-row">
      <div className="flex items-center gap-3">
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1">
          <div className="min-w-0 flex-1 basis-60 [overflow-wrap:anywhere]">
            <p className="font-mono text-[0.9rem] text-ink">{model.name}</p>
            <p className="text-[0.867rem] text-ink-faint">
              {KIND_WORDS[model.kind]}
              {model.price ? ` · ${priceWords(model.price, model.kind)}` : null}
            </p>
          </div>
          {model.price === null ? <Badge tone="warn">No price: cannot be used</Badge> : null}
          {isArchived ? <Badge>Archived</Badge> : null}
        </div>
        {upstream.archivedAt === null ? (
          <Menu
            label={`What can be done with ${model.name}`}
            trigger={
              <IconButton label={`More about ${model.name}`} size="small" data-testid="model-menu">
                <Ellipsis aria-hidden size={17} />
              </IconButton>
            }
            items={menuOf(isArchived, isTesting)}
            onAction={act}
          />
        ) : null}
      </div>
      {moving.error ? <ErrorState error={moving.error} className="mt-2" /> : null}
      {isPricing ? <ModelDialog upstream={upstream} model={model} onClose={() => setPricing(false)} /> : null}
    </li>
  );
}

function menuOf(isArchived: boolean, isTesting: boolean) {
  const restore = { id: "archive", label: "Bring back", icon: <ArchiveRestore aria-hidden size={15} /> };
  if (isArchived) return [restore];
  return [
    { id: "price", label: "Set the price…", icon: <CircleDollarSign aria-hidden size={15} /> },
    {
      id: "test",
      label: "Ask it for a few words",
      icon: <PlugZap aria-hidden size={15} />,
      isDisabled: isTesting,
    },
    { id: "archive", label: "Archive", icon: <Archive aria-hidden size={15} />, isDangerous: true },
  ];
}
