import { PageHeading } from "../../ui/app-shell.tsx";
import { Breadcrumbs, type Crumb } from "../../ui/breadcrumbs.tsx";
import { useDocumentTitle } from "../../ui/document-title.ts";
import { ErrorState, Skeleton } from "../../ui/states.tsx";

export const DATASETS_CRUMB: Crumb = { label: "Datasets", href: "/admin/datasets" };

export interface PageProblemProps {
  title: string;
  error: unknown;
  onRetry: () => void;
  isRetrying: boolean;
}

/** One of the pages about datasets could not be shown. */
export function PageProblem({ title, error, onRetry, isRetrying }: PageProblemProps) {
  useDocumentTitle(title);
  return (
    <>
      <PageHeading eyebrow={<Breadcrumbs items={[DATASETS_CRUMB]} />} title={title} />
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
      <Skeleton className="mt-4 h-40 w-full" />
      <Skeleton className="h-64 w-full" />
    </div>
  );
}
