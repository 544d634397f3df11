import type { InstalledPackage } from "../../shared/contracts/packages.ts";
import { ErrorState, SkeletonText } from "../ui/states.tsx";
import { formatBytes } from "../ui/time-words.ts";
import { useInstalledPackages } from "./model-calls/use-model-calls.ts";
import { VisibleName } from "./visible-name.tsx";

/** What was fetched from the package mirror. */
export function InstalledPackages({ submissionId }: { submissionId: string }) {
  const packages = useInstalledPackages(submissionId);
  if (packages.error)
    return (
      <ErrorState
        error={packages.error}
        onRetry={() => void packages.refetch()}
        isRetrying={packages.isFetching}
      />
    );
  if (!packages.data) return <SkeletonText lines={3} label="Loading the packages" />;
  const { items, truncated } = packages.data;
  if (items.length === 0)
    return (
      <p className="text-ink-soft" data-testid="installed-packages">
        None, beside what the workspace has.
      </p>
    );
  return (
    <div data-testid="installed-packages">
      <ul className="border-t border-line">
        {items.map((one) => (
          <PackageRow key={`${one.ecosystem} ${one.name} ${one.version}`} item={one} />
        ))}
      </ul>
      {truncated ? <p className="mt-1 text-[0.84rem] text-warn">Only the first {items.length}.</p> : null}
    </div>
  );
}

const ECOSYSTEMS: Record<InstalledPackage["ecosystem"], string> = { npm: "npm", pypi: "PyPI" };

function PackageRow({ item }: { item: InstalledPackage }) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-2.5 border-b border-line py-1 text-[0.867rem]">
      <span className="min-w-0 flex-1 font-mono break-all">
        <VisibleName name={item.name} /> <span className="text-ink-soft">{item.version}</span>
      </span>
      <span className="text-ink-faint tabular-nums">
        {ECOSYSTEMS[item.ecosystem]}, {formatBytes(item.bytes)}
      </span>
    </li>
  );
}
