import type { ModelPolicy, PackagePolicy, PinnedModelView } from "../../../../shared/contracts/composer.ts";
import type { PackageEcosystem } from "../../../../shared/contracts/packages.ts";
import { Badge } from "../../../ui/badge.tsx";
import { KeyValues } from "../../../ui/key-values.tsx";
import { plural } from "../../../ui/time-words.ts";
import { dollars, MOCK_WORDS } from "../../models/model-words.ts";
import { gigabytes } from "./value-words.ts";

type Metered = Extract<ModelPolicy, { kind: "metered" }>;

export interface ModelsDocumentProps {
  models: ModelPolicy;
  pinned: readonly PinnedModelView[];
}

/** Which models can be called, and for how much. */
export function ModelsDocument({ models, pinned }: ModelsDocumentProps) {
  if (models.kind === "none") return <p>None.</p>;
  const { assistant, limits, budget } = models;
  const row = (model: Metered["models"][number], note?: string) => ({
    key: `model ${model.alias}`,
    name: <code className="font-mono text-[0.867rem]">{model.alias}</code>,
    value: (
      <>
        {note ? `${note}: ` : null}
        <Targets modelIds={model.modelIds} pinned={pinned} />
      </>
    ),
  });
  return (
    <KeyValues
      items={[
        ...models.models.map((model) => row(model)),
        { name: "Budget", value: budgetWords(budget) },
        ...(assistant
          ? [
              row(assistant.model, "The coding assistant"),
              { name: "Assistant’s budget", value: budgetWords(assistant.budget) },
            ]
          : []),
        {
          name: "Limits",
          value: `${limits.requestsPerMin ?? "?"} requests per minute, ${limits.parallel ?? "?"} at once, answers of up to ${limits.maxOutputTokens?.toLocaleString("en-GB") ?? "?"} tokens`,
        },
      ]}
    />
  );
}

function Targets({ modelIds, pinned }: { modelIds: readonly string[]; pinned: readonly PinnedModelView[] }) {
  const targets = modelIds.map((id) => pinned.find(({ modelId }) => modelId === id));
  const names = targets.map((target) => (target ? `${target.name} (${target.upstreamName})` : "not here"));
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      {names.join(", then ")}
      {targets.some((target) => target?.mock) ? <Badge tone="warn">{MOCK_WORDS}</Badge> : null}
    </span>
  );
}

function budgetWords({ usd, tokens }: Metered["budget"]): string {
  const money = usd === null ? "not set" : dollars(usd);
  return tokens === null
    ? money
    : `${money}, at most ${tokens.toLocaleString("en-GB")} ${plural(tokens, "token")}`;
}

/** What can be installed. */
export function PackagesDocument({ packages }: { packages: PackagePolicy }) {
  if (packages.kind === "none") return <p>None can be installed.</p>;
  const rules = (ecosystem: PackageEcosystem) => {
    const { enabled, allow, deny } = packages[ecosystem];
    if (!enabled) return "Off";
    const allowed = allow.length > 0 ? `only ${allow.join(", ")}` : "everything";
    return deny.length > 0 ? `${allowed}, never ${deny.join(", ")}` : allowed;
  };
  return (
    <KeyValues
      items={[
        { name: "PyPI", value: rules("pypi") },
        { name: "npm", value: rules("npm") },
        {
          name: "Sizes",
          value: `files of up to ${gigabytes(packages.maxFileMib)}, ${gigabytes(packages.maxTotalMib)} together`,
        },
      ]}
    />
  );
}
