import { AppShell } from "./app-shell.tsx";
import { Skeleton } from "./states.tsx";

/** The shape of a page while it loads. */
export function PagePending({ label = "Loading" }: { label?: string }) {
  return (
    <AppShell>
      <div role="status" className="flex flex-col gap-5">
        <span className="sr-only">{label}</span>
        <Skeleton className="h-4 w-32" />
        <Skeleton className="h-9 w-2/3 max-w-lg" />
        <Skeleton className="mt-4 h-40 w-full" />
        <Skeleton className="h-40 w-full" />
      </div>
    </AppShell>
  );
}
