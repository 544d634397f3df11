import { MailOpen } from "lucide-react";
import type { EmailPreview } from "../../../shared/contracts/invitation-studio.ts";
import { Card } from "../../ui/card.tsx";
import { EmptyState, ErrorState } from "../../ui/states.tsx";

/** How the e-mail would read, as its plain text: what every mail program can show. */
export function EmailPreviewView({ preview, error }: { preview: EmailPreview | null; error: unknown }) {
  if (error) return <ErrorState error={error} />;
  if (!preview)
    return (
      <Card className="max-lg:hidden">
        <EmptyState icon={<MailOpen aria-hidden size={28} />} title="Preview">
          Press Preview to see how it reads, with made-up names.
        </EmptyState>
      </Card>
    );
  return (
    <Card data-testid="template-shown">
      <p className="text-[0.84rem] text-ink-faint">Subject</p>
      <p className="font-[620] break-words">{preview.subject}</p>
      <hr className="my-4 border-line" />
      <p className="break-words whitespace-pre-wrap">{preview.text}</p>
    </Card>
  );
}
