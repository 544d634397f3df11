import { PageHeading } from "../../ui/app-shell.tsx";
import { Breadcrumbs, type Crumb } from "../../ui/breadcrumbs.tsx";
import { useDocumentTitle } from "../../ui/document-title.ts";
import { ErrorState, Skeleton } from "../../ui/states.tsx";

export const MOCK_APIS_CRUMB: Crumb = { label: "Mock APIs", href: "/admin/mock-apis" };

export interface PageProblemProps {
  error: unknown;
  onRetry: () => void;
  isRetrying: boolean;
}

/** The page of a mock API could not be shown. */
export function PageProblem({ error, onRetry, isRetrying }: PageProblemProps) {
  useDocumentTitle("Mock API");
  return (
    <>
      <PageHeading eyebrow={<Breadcrumbs items={[MOCK_APIS_CRUMB]} />} title="Mock API" />
      <ErrorState className="mt-8" error={error} onRetry={onRetry} isRetrying={isRetrying} />
    </>
  );
}

export function PageLoading({ label }: { label: string }) {
  return (
    <div role="status" className="flex flex-col gap-5" data-testid="page-loading">
      <span className="sr-only">{label}</span>
      <Skeleton className="h-4 w-32" />
      <Skeleton className="h-9 w-2/3 max-w-lg" />
      <Skeleton className="mt-4 h-10 w-full" />
      <Skeleton className="h-72 w-full" />
    </div>
  );
}
