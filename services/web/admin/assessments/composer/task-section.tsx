import { Card } from "../../../ui/card.tsx";
import { ChoiceCards } from "../../../ui/choice-cards.tsx";
import { TextArea, TextField } from "../../../ui/field.tsx";
import { MarkdownEditor } from "../../../ui/markdown-editor/markdown-editor.tsx";
import { ROLE_TYPE_CHOICES } from "./role-types.ts";
import type { SectionProps } from "./section-props.ts";
import { StarterFiles } from "./starter-files.tsx";

export function TaskSection(props: SectionProps) {
  const { content, edit, gapAt } = props;
  return (
    <div className="flex flex-col gap-5">
      <Basics {...props} />
      <Card
        title="Brief"
        description="Candidates read it once their time runs, beside the editor and as BRIEF.md."
      >
        <div data-path="brief">
          <MarkdownEditor
            label="Brief in Markdown"
            value={content.brief}
            onChange={(brief) => edit((draft) => ({ ...draft, brief }))}
            error={gapAt("brief")}
            placeholder="What is the problem, what do they have, and what should they hand in?"
            data-testid="brief"
          />
        </div>
      </Card>
      <Card
        title="What to expect"
        description="In the lobby, before they start: how it will go, without giving the task away."
      >
        <div data-path="expectations">
          <MarkdownEditor
            label="What to expect, in Markdown"
            size="small"
            value={content.expectations}
            onChange={(expectations) => edit((draft) => ({ ...draft, expectations }))}
            error={gapAt("expectations")}
            data-testid="expectations"
          />
        </div>
      </Card>
      <Card title="Starter files" description="What is in the workspace when it opens, beside the brief.">
        <div data-path="starter">
          <StarterFiles
            {...props}
            name="starter"
            scope={`starter:${props.assessmentId}`}
            starter={content.starter}
            emptySource={{ kind: "none" }}
            onChange={(starter) => edit((draft) => ({ ...draft, starter }))}
          />
        </div>
      </Card>
    </div>
  );
}

function Basics({ content, edit, gapAt }: SectionProps) {
  const { company, role } = content;
  return (
    <Card title="Basics">
      <div className="flex flex-col gap-5">
        <div data-path="title">
          <TextField
            label="Title"
            value={content.title}
            onChange={(title) => edit((draft) => ({ ...draft, title }))}
            maxLength={300}
            error={gapAt("title")}
            data-testid="title"
          />
        </div>
        <div className="grid gap-5 sm:grid-cols-2">
          <div data-path="role.title">
            <TextField
              label="Role"
              placeholder="Applied AI engineer"
              value={role.title}
              onChange={(title) => edit((draft) => ({ ...draft, role: { ...draft.role, title } }))}
              maxLength={300}
              error={gapAt("role.title")}
              data-testid="role-title"
            />
          </div>
          <div data-path="company.name">
            <TextField
              label="Company"
              value={company.name}
              onChange={(name) => edit((draft) => ({ ...draft, company: { ...draft.company, name } }))}
              maxLength={300}
              error={gapAt("company.name")}
              data-testid="company-name"
            />
          </div>
        </div>
        <div data-path="company.about">
          <TextArea
            label="About the company"
            description="A sentence or two for people who do not know it."
            rows={2}
            grows
            value={company.about}
            onChange={(about) => edit((draft) => ({ ...draft, company: { ...draft.company, about } }))}
            maxLength={10_000}
            error={gapAt("company.about")}
          />
        </div>
        <div data-path="role.type">
          <ChoiceCards
            label="Role type"
            description="Candidates read it in the lobby, and reviewers see whom they are looking for."
            columns={3}
            choices={ROLE_TYPE_CHOICES}
            value={`${role.type}`}
            onChange={(type) =>
              edit((draft) => ({ ...draft, role: { ...draft.role, type: Number(type) as 1 | 2 | 3 } }))
            }
            data-testid="role-type"
          />
        </div>
      </div>
    </Card>
  );
}
