import { useState } from "react";
import type { EmailSettings, EmailTemplateName } from "../../../shared/contracts/invitation-studio.ts";
import { PageHeading } from "../../ui/app-shell.tsx";
import { Banner } from "../../ui/banner.tsx";
import { Card } from "../../ui/card.tsx";
import { useDocumentTitle } from "../../ui/document-title.ts";
import { Segmented } from "../../ui/segmented.tsx";
import { ErrorState, SkeletonText } from "../../ui/states.tsx";
import { TemplateEditor } from "./template-editor.tsx";

export interface MailViewProps {
  /** Null while loading. */
  settings: EmailSettings | null;
  error: unknown;
  isRetrying: boolean;
  onRetry: () => void;
}

const NAMES: Record<EmailTemplateName, string> = { invitation: "Invitation", answer: "Answer to a request" };

export function MailView({ settings, error, isRetrying, onRetry }: MailViewProps) {
  useDocumentTitle("E-mail");
  const [name, setName] = useState<EmailTemplateName>("invitation");
  const template = settings?.templates.find((one) => one.name === name);
  return (
    <>
      <PageHeading title="E-mail" lead="What candidates get, in your words." />
      <div className="mt-8 grid gap-5">
        {settings ? <Sender settings={settings} /> : null}
        {settings && template ? (
          <>
            <Segmented
              label="Which e-mail"
              value={name}
              onChange={setName}
              className="justify-self-start"
              options={settings.templates.map((one) => ({ value: one.name, label: NAMES[one.name] }))}
            />
            <TemplateEditor key={name} template={template} />
          </>
        ) : error ? (
          <ErrorState error={error} onRetry={onRetry} isRetrying={isRetrying} />
        ) : (
          <Card>
            <SkeletonText lines={8} label="Loading the e-mails" />
          </Card>
        )}
      </div>
    </>
  );
}

function Sender({ settings }: { settings: EmailSettings }) {
  if (settings.isConfigured)
    return (
      <p className="text-ink-soft" data-testid="mail-from">
        Sent as <strong className="font-[620] break-words text-ink">{settings.from}</strong>.
      </p>
    );
  return (
    <Banner tone="warn" title="No mail server is set up" data-testid="mail-not-configured">
      Nothing is sent; links can be copied from the board. An operator sets{" "}
      <code className="font-mono text-[0.85rem]">WORKSAMPLE_SMTP_URL</code> and{" "}
      <code className="font-mono text-[0.85rem]">WORKSAMPLE_MAIL_FROM</code>. What you write here is kept
      until then.
    </Banner>
  );
}
