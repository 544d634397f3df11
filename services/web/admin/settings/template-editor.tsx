import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Form } from "react-aria-components";
import {
  EMAIL_PLACEHOLDERS,
  type EmailTemplate,
  PLACEHOLDERS_OF,
} from "../../../shared/contracts/invitation-studio.ts";
import { api } from "../../api-client/client.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { TextArea, TextField } from "../../ui/field.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { showToast } from "../../ui/toast.tsx";
import { emailQuery } from "../invitations/invitations-api.ts";
import { EmailPreviewView } from "./email-preview.tsx";

/** One e-mail: its words, what can stand in them, and how it would read. */
export function TemplateEditor({ template }: { template: EmailTemplate }) {
  const client = useQueryClient();
  const [subject, setSubject] = useState(template.subject);
  const [body, setBody] = useState(template.body);
  const previewing = useMutation({ mutationFn: () => api.previewEmail(template.name, { subject, body }) });
  const saving = useMutation({
    mutationFn: () => api.saveEmailTemplate(template.name, { revision: template.revision, subject, body }),
    onSuccess: () => {
      showToast({ tone: "good", title: "Saved", text: "E-mails from now on read like this." });
      void client.invalidateQueries({ queryKey: emailQuery.queryKey });
    },
  });
  const isChanged = subject !== template.subject || body !== template.body;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  return (
    <div className="grid items-start gap-5 lg:grid-cols-2">
      <Card>
        <Form onSubmit={submit} validationBehavior="aria" className="grid gap-4">
          <TextField
            label="Subject"
            maxLength={200}
            value={subject}
            onChange={setSubject}
            data-testid="template-subject"
          />
          <TextArea
            label="Text"
            description="Plain text; an empty line begins a paragraph."
            rows={16}
            maxLength={20_000}
            value={body}
            onChange={setBody}
            data-testid="template-body"
          />
          <Placeholders template={template} onInsert={(text) => setBody(`${body}${text}`)} />
          {saving.error ? <ErrorState error={saving.error} /> : null}
          <div className="flex flex-wrap justify-end gap-2">
            <Button
              onPress={() => previewing.mutate()}
              isPending={previewing.isPending}
              data-testid="template-preview"
            >
              Preview
            </Button>
            <Button
              type="submit"
              variant="primary"
              isPending={saving.isPending}
              isDisabled={!isChanged}
              data-testid="template-save"
            >
              Save
            </Button>
          </div>
        </Form>
      </Card>
      <EmailPreviewView preview={previewing.data ?? null} error={previewing.error} />
    </div>
  );
}

function Placeholders({ template, onInsert }: { template: EmailTemplate; onInsert: (text: string) => void }) {
  return (
    <div>
      <p className="mb-2 text-[0.867rem] text-ink-faint">
        Filled in for each candidate; press to add at the end:
      </p>
      <ul className="flex flex-wrap gap-1.5">
        {PLACEHOLDERS_OF[template.name].known.map((name) => (
          <li key={name} title={EMAIL_PLACEHOLDERS[name]}>
            <Button
              size="small"
              variant="quiet"
              className="border border-line! font-mono text-[0.8rem]!"
              onPress={() => onInsert(`{{${name}}}`)}
            >
              {`{{${name}}}`}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
