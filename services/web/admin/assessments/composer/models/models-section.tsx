import { useRef } from "react";
import type { ModelPolicy } from "../../../../../shared/contracts/assessment-draft.ts";
import { Banner } from "../../../../ui/banner.tsx";
import { TextLink } from "../../../../ui/button.tsx";
import { Card } from "../../../../ui/card.tsx";
import { type Choice, ChoiceCards } from "../../../../ui/choice-cards.tsx";
import { Select } from "../../../../ui/field.tsx";
import { NumberField } from "../../../../ui/number-field.tsx";
import { ErrorState, SkeletonText } from "../../../../ui/states.tsx";
import type { SectionProps } from "../section-props.ts";
import { AssistantCard } from "./assistant-card.tsx";
import { BudgetFields } from "./budget-fields.tsx";
import { aliasesOf, FIRST_POLICY, freeAlias, type Metered, withMetered } from "./change-models.ts";
import { ModelCard } from "./model-card.tsx";
import { type KnownModel, modelOptions, useKnownModels } from "./offered-models.ts";

const CHOICES: Choice<ModelPolicy["kind"]>[] = [
  { value: "none", label: "No models", description: "Programs in the workspace can call none." },
  {
    value: "metered",
    label: "Models with a budget",
    description:
      "Called at http://models.internal/v1 as OpenAI's API. The keys stay outside of the workspace.",
  },
];

export function ModelsSection(props: SectionProps) {
  const { content, edit } = props;
  // Who looks at the other choice and comes back has lost nothing.
  const kept = useRef(FIRST_POLICY);
  if (content.models.kind === "metered") kept.current = content.models;
  const choose = (kind: ModelPolicy["kind"]) =>
    edit((draft) =>
      draft.models.kind === kind ? draft : { ...draft, models: kind === "none" ? { kind } : kept.current },
    );
  return (
    <div className="flex flex-col gap-5">
      <Card>
        <div data-path="models.kind">
          <ChoiceCards
            label="Language models for what candidates build"
            columns={2}
            choices={CHOICES}
            value={content.models.kind}
            onChange={choose}
            data-testid="model-policy"
          />
        </div>
      </Card>
      {content.models.kind === "metered" ? <Offered {...props} policy={content.models} /> : null}
    </div>
  );
}

export interface OfferedProps extends SectionProps {
  policy: Metered;
  known: readonly KnownModel[];
}

function Offered(props: SectionProps & { policy: Metered }) {
  const { models, error, retry, isFetching } = useKnownModels();
  if (models === null)
    return error ? (
      <ErrorState error={error} onRetry={retry} isRetrying={isFetching} />
    ) : (
      <Card>
        <SkeletonText lines={4} label="Loading the models" />
      </Card>
    );
  const offered = { ...props, known: models };
  return (
    <>
      {models.some(({ archived }) => !archived) ? null : <NothingSetUp />}
      <ModelsCard {...offered} />
      <BudgetCard {...offered} />
      <AssistantCard {...offered} />
      <LimitsCard {...offered} />
    </>
  );
}

function NothingSetUp() {
  return (
    <Banner
      tone="warn"
      title="No model is set up on this instance"
      data-testid="no-upstream"
      actions={<TextLink href="/admin/models">Set one up</TextLink>}
    >
      An admin gives the address and key of a provider, or of a server of your own, once for all assessments.
      Your draft is saved; come back to it.
    </Banner>
  );
}

function ModelsCard({ policy, known, edit, gapAt }: OfferedProps) {
  const options = modelOptions(known, null);
  const add = (id: string) => {
    const name = known.find((model) => model.id === id)?.name ?? "";
    edit((draft) =>
      withMetered(draft, (models) => ({
        models: [...models.models, { alias: freeAlias(name, aliasesOf(models)), modelIds: [id] }],
      })),
    );
  };
  return (
    <Card
      title="Models"
      description="Each has a name that programs call it by. A published version keeps its models and their prices."
    >
      <ul className="mb-5 flex flex-col gap-5 empty:hidden">
        {policy.models.map((model, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: names change while they are edited
            key={index}
            className="border-b border-line pb-5"
          >
            <ModelCard
              path={`models.models.${index}`}
              model={model}
              known={known}
              gapAt={gapAt}
              removeLabel={`Remove ${model.alias || "this model"}`}
              onChange={(next) =>
                edit((draft) =>
                  withMetered(draft, ({ models }) => ({
                    models: models.map((old, other) => (other === index ? next : old)),
                  })),
                )
              }
              onRemove={() =>
                edit((draft) =>
                  withMetered(draft, ({ models }) => ({
                    models: models.filter((_, other) => other !== index),
                  })),
                )
              }
            />
          </li>
        ))}
      </ul>
      <div data-path="models.models">
        <Select
          label="Add a model"
          placeholder={options.length === 0 ? "None is set up" : "Choose a model…"}
          options={options}
          value={null}
          onChange={add}
          isDisabled={options.length === 0 || policy.models.length >= 20}
          error={gapAt("models.models")}
          data-testid="add-model"
        />
      </div>
    </Card>
  );
}

function BudgetCard({ policy, known, edit, gapAt }: OfferedProps) {
  return (
    <Card
      title="Budget"
      description="When it is spent, further calls are refused. Candidates see what is left."
    >
      <BudgetFields
        path="models.budget"
        budget={policy.budget}
        models={policy.models}
        known={known}
        gapAt={gapAt}
        onChange={(budget) => edit((draft) => withMetered(draft, () => ({ budget })))}
      />
    </Card>
  );
}

const LIMIT_FIELDS: { key: keyof Metered["limits"]; label: string; unit: string; description: string }[] = [
  {
    key: "requestsPerMin",
    label: "Requests per minute",
    unit: "requests",
    description: "What comes faster is refused with 429.",
  },
  {
    key: "parallel",
    label: "Requests at once",
    unit: "requests",
    description: "Under way at the same time.",
  },
  {
    key: "maxOutputTokens",
    label: "Longest answer",
    unit: "tokens",
    description: "What asks for more is refused.",
  },
];

function LimitsCard({ policy, edit, gapAt }: OfferedProps) {
  return (
    <Card
      title="Limits"
      description="The same for everybody, so that nobody's calls slow down those of others."
    >
      <div className="grid items-start gap-5 sm:grid-cols-3">
        {LIMIT_FIELDS.map(({ key, ...words }) => (
          <div key={key} data-path={`models.limits.${key}`}>
            <NumberField
              {...words}
              value={policy.limits[key]}
              onChange={(value) =>
                edit((draft) => withMetered(draft, ({ limits }) => ({ limits: { ...limits, [key]: value } })))
              }
              error={gapAt(`models.limits.${key}`)}
              data-testid={`limit-${key}`}
            />
          </div>
        ))}
      </div>
    </Card>
  );
}
