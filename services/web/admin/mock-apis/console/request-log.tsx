import { ArrowLeftRight } from "lucide-react";
import { useState } from "react";
import type { MockApiRequestItem, MockApiScratch } from "../../../../shared/contracts/mock-api-studio.ts";
import { CopyButton } from "../../../ui/code-block.tsx";
import { EmptyState, SkeletonText } from "../../../ui/states.tsx";
import { LiveRegion } from "../../../ui/toast.tsx";
import { LogRow } from "./log-row.tsx";

export interface RequestLogProps {
  scratch: Pick<MockApiScratch, "apiKey">;
  /** With the path of the document's server. */
  address: string;
  /** Newest first; null until they are known. */
  requests: readonly MockApiRequestItem[] | null;
  isLost: boolean;
}

/** What the trial instance was asked, as it happens. */
export function RequestLog({ scratch, address, requests, isLost }: RequestLogProps) {
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const toggle = (id: number) =>
    setOpen((now) => (now.has(id) ? new Set([...now].filter((one) => one !== id)) : new Set(now).add(id)));
  const [newest] = requests ?? [];
  return (
    <div className="flex h-full min-h-0 flex-col" data-testid="request-log">
      <header className="border-b border-line px-4 py-3">
        <h2 className="flex items-baseline justify-between gap-3 font-[620]">
          Requests
          <span className="text-[0.84rem] font-normal text-ink-faint">
            {isLost ? "not live, trying again" : "live, the last 50"}
          </span>
        </h2>
        <dl className="mt-1.5 text-[0.867rem]">
          <Fact name="Address" value={address} />
          {scratch.apiKey ? <Fact name="Key" value={scratch.apiKey} /> : null}
        </dl>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section tabIndex={0} aria-label="Logged requests" className="min-h-0 flex-1 overflow-y-auto">
        {requests === null ? (
          <div className="p-4">
            <SkeletonText lines={5} label="Loading the requests" />
          </div>
        ) : requests.length === 0 ? (
          <EmptyState icon={<ArrowLeftRight aria-hidden size={26} />} title="Nothing was asked yet">
            Send a request from the reference, or from a terminal to the address above. It appears here at
            once.
          </EmptyState>
        ) : (
          <ol className="divide-y divide-line">
            {requests.map((item) => (
              <LogRow key={item.id} item={item} isOpen={open.has(item.id)} onToggle={() => toggle(item.id)} />
            ))}
          </ol>
        )}
      </section>
      <LiveRegion
        message={newest ? `${newest.method} ${newest.target}: ${newest.status ?? "no answer"}` : ""}
      />
    </div>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div className="flex items-center gap-2">
      <dt className="w-16 shrink-0 text-ink-faint">{name}</dt>
      <dd className="flex min-w-0 flex-1 items-center justify-between gap-1">
        <code className="truncate font-mono text-[0.93em]" title={value}>
          {value}
        </code>
        <CopyButton text={value} label={`Copy ${name.toLowerCase()}`} />
      </dd>
    </div>
  );
}
