import type { ModelPolicy, PackagePolicy } from "../../../../shared/contracts/assessment-draft.ts";
import type { PinnedModelView } from "../../../../shared/contracts/composer.ts";
import { Badge } from "../../../ui/badge.tsx";
import { KeyValues } from "../../../ui/key-values.tsx";
import { MOCK_WORDS } from "../../models/model-words.ts";
import { modelNames } from "./pin-words.ts";
import { budgetWords, limitWords, packageRuleWords, packageSizeWords, targetWords } from "./policy-words.ts";

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
        <Targets model={model} pinned={pinned} />
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
        { name: "Limits", value: limitWords(limits) },
      ]}
    />
  );
}

interface TargetsProps {
  model: Metered["models"][number];
  pinned: readonly PinnedModelView[];
}

function Targets({ model, pinned }: TargetsProps) {
  const isMock = pinned.some(({ modelId, mock }) => mock && model.modelIds.includes(modelId));
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      {targetWords(model, modelNames(pinned))}
      {isMock ? <Badge tone="warn">{MOCK_WORDS}</Badge> : null}
    </span>
  );
}

/** What can be installed. */
export function PackagesDocument({ packages }: { packages: PackagePolicy }) {
  if (packages.kind === "none") return <p>None can be installed.</p>;
  return (
    <KeyValues
      items={[
        { name: "PyPI", value: packageRuleWords(packages, "pypi") },
        { name: "npm", value: packageRuleWords(packages, "npm") },
        { name: "Sizes", value: packageSizeWords(packages) },
      ]}
    />
  );
}
