import { useQuery } from "@tanstack/react-query";
import { ApiReference } from "../ui/api-reference/api-reference.tsx";
import { AppShell } from "../ui/app-shell.tsx";
import { useDocumentTitle } from "../ui/document-title.ts";
import { PageFailure } from "../ui/page-failure.tsx";
import { PagePending } from "../ui/page-pending.tsx";
import { apiDocumentQuery } from "./reference-api.ts";

/** The platform's own API. Requests of the console carry the reader's session, or a token they type in. */
export function ReferencePage() {
  useDocumentTitle("API reference");
  const document = useQuery(apiDocumentQuery);
  if (document.error) return <PageFailure error={document.error} onRetry={() => void document.refetch()} />;
  if (!document.data) return <PagePending label="Loading the API reference" />;
  return (
    <AppShell width="bleed">
      <ApiReference document={document.data} />
    </AppShell>
  );
}
