import { Skeleton } from "../../../ui/states.tsx";

/** The frame of the composer while the draft is on its way. */
export function ComposerLoading() {
  return (
    <div role="status" data-testid="composer-loading">
      <span className="sr-only">Loading the assessment</span>
      <Skeleton className="h-4 w-28" />
      <Skeleton className="mt-3 h-9 w-2/3 max-w-lg" />
      <div className="mt-10 grid gap-x-10 gap-y-6 lg:grid-cols-[13.5rem_minmax(0,1fr)]">
        <div className="flex flex-col gap-3 max-lg:hidden">
          {["a", "b", "c", "d", "e", "f", "g"].map((key) => (
            <Skeleton key={key} className="h-6 w-4/5" />
          ))}
        </div>
        <div className="flex flex-col gap-5">
          <Skeleton className="h-8 w-40" />
          <Skeleton className="h-40" />
          <Skeleton className="h-72" />
        </div>
      </div>
    </div>
  );
}
