import type { ReactNode } from "react";
import type { AssessmentDraft } from "../../../../shared/contracts/assessment-draft.ts";
import { TextLink } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { type Choice, ChoiceCards } from "../../../ui/choice-cards.tsx";
import { TextArea } from "../../../ui/field.tsx";
import { AI_POLICY_NAMES } from "../versions/value-words.ts";
import { DisclosureList } from "./disclosure-list.tsx";
import { LobbyPreview } from "./lobby-preview.tsx";
import type { SectionProps } from "./section-props.ts";

type AiPolicyKind = AssessmentDraft["aiPolicy"]["kind"];

const AI_CHOICES: Choice<AiPolicyKind>[] = [
  { value: "none", label: AI_POLICY_NAMES.none, description: "Everything is written without AI assistants." },
  {
    value: "disclose",
    label: AI_POLICY_NAMES.disclose,
    description: "Whatever they would use at work; they say where it helped.",
  },
  {
    value: "assistant",
    label: AI_POLICY_NAMES.assistant,
    description:
      "Working with one is part of the task. It is there in the terminal, with a model you choose.",
  },
];

/** A statement nobody has changed follows the choice; one that was written stays. */
const STATEMENTS: Record<AiPolicyKind, string> = {
  none: "Please write everything yourself, without AI assistants. Documentation and search engines are fine.",
  disclose:
    "You may use whatever you would use at work, AI assistants included, on your own machine. Say in your notes where they helped. You answer for the result.",
  assistant:
    "Work with an AI assistant, as you would on the job. We look at what you ask it, what you check, and what you decide yourself. You answer for the result.",
};

export function RulesSection(props: SectionProps) {
  return (
    <div className="flex flex-col gap-5">
      <AiPolicyCard {...props} />
      <NetworkCard {...props} />
      <Card
        title="What candidates are told"
        description="One sentence each: what is recorded, who reads it, how long it is kept. They agree to it before they start."
      >
        <div data-path="disclosures">
          <DisclosureList
            items={props.content.disclosures}
            onChange={(disclosures) => props.edit((draft) => ({ ...draft, disclosures }))}
            gapAt={props.gapAt}
          />
        </div>
      </Card>
      <Card title="The lobby, as candidates read it">
        <LobbyPreview content={props.content} />
      </Card>
    </div>
  );
}

function AiPolicyCard({ content, edit, gapAt, assessmentId }: SectionProps) {
  const { kind, statement } = content.aiPolicy;
  const change = (aiPolicy: Partial<AssessmentDraft["aiPolicy"]>) =>
    edit((draft) => ({ ...draft, aiPolicy: { ...draft.aiPolicy, ...aiPolicy } }));
  const choose = (next: AiPolicyKind) => {
    const isOwn = statement.trim() !== "" && !Object.values(STATEMENTS).includes(statement);
    change({ kind: next, statement: isOwn ? statement : STATEMENTS[next] });
  };
  return (
    <Card title="AI">
      <div className="flex flex-col gap-5">
        <div data-path="aiPolicy.kind">
          <ChoiceCards
            label="How candidates may use AI"
            columns={3}
            choices={AI_CHOICES}
            value={kind}
            onChange={choose}
            error={gapAt("aiPolicy.kind")}
            data-testid="ai-policy"
          />
          {kind === "assistant" ? (
            <p className="mt-2 text-[0.9rem] text-ink-soft">
              Its model and its budget are set up under{" "}
              <TextLink href={`/admin/assessments/${assessmentId}?section=models`}>Models</TextLink>.
            </p>
          ) : null}
        </div>
        <div data-path="aiPolicy.statement">
          <TextArea
            label="In your words"
            description="Candidates read it word for word. Markdown."
            rows={3}
            grows
            value={statement}
            onChange={(next) => change({ statement: next })}
            maxLength={10_000}
            error={gapAt("aiPolicy.statement")}
            data-testid="ai-statement"
          />
        </div>
      </div>
    </Card>
  );
}

/** What the other parts say of the way out of a workspace, since that is a rule, too. */
function NetworkCard({ content, assessmentId }: SectionProps) {
  const { packages, models } = content;
  const section = (id: string) => `/admin/assessments/${assessmentId}?section=${id}`;
  return (
    <Card title="Packages, models and the internet">
      <ul className="list-disc space-y-1.5 pl-5 text-ink-soft marker:text-ink-faint">
        <Rule title="No internet.">A workspace reaches what this assessment gives it and nothing else.</Rule>
        <Rule title={packages.kind === "none" ? "No package installs." : "Packages through the mirror."}>
          {packages.kind === "none"
            ? "Candidates use what the image has."
            : "pip and npm install what is allowed, and no more than that."}{" "}
          <TextLink href={section("packages")}>Packages</TextLink>
        </Rule>
        <Rule title={models.kind === "none" ? "No language model" : "Language models with a budget."}>
          {models.kind === "none" ? "is offered inside the workspace." : "Calls are counted and recorded."}{" "}
          <TextLink href={section("models")}>Models</TextLink>
        </Rule>
      </ul>
    </Card>
  );
}

function Rule({ title, children }: { title: string; children: ReactNode }) {
  return (
    <li>
      <strong className="font-[620] text-ink">{title}</strong> {children}
    </li>
  );
}
