import { Banner } from "../../../../ui/banner.tsx";
import { TextLink } from "../../../../ui/button.tsx";
import { Card } from "../../../../ui/card.tsx";
import { Select } from "../../../../ui/field.tsx";
import { BudgetFields } from "./budget-fields.tsx";
import { aliasesOf, firstAssistant, freeAlias, type Metered, withMetered } from "./change-models.ts";
import { ModelCard } from "./model-card.tsx";
import type { OfferedProps } from "./models-section.tsx";
import { modelOptions } from "./offered-models.ts";

/** The coding assistant in the terminal: its own model, and money that the programs cannot spend. */
export function AssistantCard(props: OfferedProps) {
  const { policy, content, assessmentId, gapAt } = props;
  const isPromised = content.aiPolicy.kind === "assistant";
  const problem = gapAt("models.assistant") ?? (isPromised ? gapAt("aiPolicy.kind") : null);
  return (
    <Card
      title="Coding assistant"
      description="Works in the terminal of the workspace, with a model and a budget of its own."
      data-testid="assistant-card"
    >
      <div data-path="models.assistant" className="flex flex-col gap-4">
        {problem ? <Banner tone="danger">{problem}</Banner> : null}
        {policy.assistant ? <Assistant {...props} assistant={policy.assistant} /> : null}
        {policy.assistant === null && isPromised ? <ChooseAssistant {...props} /> : null}
        {policy.assistant === null && !isPromised ? (
          <p className="text-[0.933rem] text-ink-soft">
            There is none: the AI policy does not offer one.{" "}
            <TextLink href={`/admin/assessments/${assessmentId}?section=rules`}>Change the policy</TextLink>
          </p>
        ) : null}
      </div>
    </Card>
  );
}

function Assistant({
  assistant,
  known,
  edit,
  gapAt,
}: OfferedProps & { assistant: NonNullable<Metered["assistant"]> }) {
  const change = (next: Partial<typeof assistant>) =>
    edit((draft) =>
      withMetered(draft, (models) => ({ assistant: models.assistant && { ...models.assistant, ...next } })),
    );
  return (
    <>
      <ModelCard
        path="models.assistant.model"
        model={assistant.model}
        known={known}
        gapAt={gapAt}
        removeLabel="Take the assistant out"
        onChange={(model) => change({ model })}
        onRemove={() => edit((draft) => withMetered(draft, () => ({ assistant: null })))}
      />
      <BudgetFields
        path="models.assistant.budget"
        budget={assistant.budget}
        models={[assistant.model]}
        known={known}
        gapAt={gapAt}
        onChange={(budget) => change({ budget })}
      />
    </>
  );
}

function ChooseAssistant({ known, edit }: OfferedProps) {
  const options = modelOptions(known, "chat");
  const choose = (id: string) => {
    const name = known.find((model) => model.id === id)?.name ?? "";
    edit((draft) =>
      withMetered(draft, (models) => ({ assistant: firstAssistant(freeAlias(name, aliasesOf(models)), id) })),
    );
  };
  return (
    <Select
      label="Its model"
      placeholder={options.length === 0 ? "None is set up" : "Choose a model…"}
      options={options}
      value={null}
      onChange={choose}
      isDisabled={options.length === 0}
      data-testid="choose-assistant"
    />
  );
}
