import { ArrowLeft, RotateCcw } from "lucide-react";
import { useMemo, useState } from "react";
import { ApiReference } from "../../../ui/api-reference/api-reference.tsx";
import { Badge } from "../../../ui/badge.tsx";
import { Banner } from "../../../ui/banner.tsx";
import { Button } from "../../../ui/button.tsx";
import { classNames } from "../../../ui/class-names.ts";
import { Countdown } from "../../../ui/countdown.tsx";
import { useDocumentTitle } from "../../../ui/document-title.ts";
import { PagePending } from "../../../ui/page-pending.tsx";
import { Segmented } from "../../../ui/segmented.tsx";
import { ErrorState } from "../../../ui/states.tsx";
import { basePathOf, consoleDocument, credentialsFor, type LooseDocument } from "./console-document.ts";
import { RequestLog } from "./request-log.tsx";
import type { LiveScratch } from "./use-scratch.ts";

export interface ConsoleViewProps {
  mockApiId: string;
  title: string;
  /** `The draft` or `Version 3`. */
  tried: string;
  document: LooseDocument | null;
  live: LiveScratch;
  error: unknown;
  onRetry: () => void;
  isRetrying: boolean;
}

/** The reference of a mock API with a trial instance behind it, and beside it what that instance was asked. */
export function ConsoleView(props: ConsoleViewProps) {
  useDocumentTitle(`Try ${props.title}`);
  const [shows, setShows] = useState<"reference" | "requests">("reference");
  const { live, document } = props;
  return (
    <>
      <ConsoleBar {...props} />
      {props.error ? (
        <ErrorState
          className="m-4 sm:m-6"
          error={props.error}
          onRetry={props.onRetry}
          isRetrying={props.isRetrying}
        />
      ) : null}
      {live.isOver ? <Over live={live} /> : null}
      {!props.error && !(document && live.scratch) ? <PagePending label="Starting a trial instance" /> : null}
      {document && live.scratch ? (
        <>
          <Segmented
            label="What to show"
            className="mx-4 my-3 shrink-0 self-start lg:hidden"
            value={shows}
            onChange={setShows}
            options={[
              { value: "reference", label: "Reference" },
              { value: "requests", label: "Requests", count: live.requests?.length ?? 0 },
            ]}
          />
          <div className="grid min-h-0 grow grid-cols-[minmax(0,1fr)] grid-rows-[minmax(0,1fr)] lg:grid-cols-[minmax(0,1fr)_26rem]">
            {/* Dialogs of the reference stay within this pane, so that the log beside it is always in sight. */}
            <div
              className={classNames(
                "relative isolate [container-type:size] [contain:layout] [--full-height:100cqh]",
                shows !== "reference" && "max-lg:hidden",
              )}
            >
              <div className="h-full overflow-y-auto">
                <Reference document={document} scratch={live.scratch} />
              </div>
            </div>
            <div
              className={classNames(
                "relative z-10 min-h-0 border-line bg-page lg:border-l",
                shows !== "requests" && "max-lg:hidden",
              )}
            >
              <RequestLog
                scratch={live.scratch}
                address={live.scratch.address + basePathOf(document.servers)}
                requests={live.requests}
                isLost={live.stream === "lost" && !live.isOver}
              />
            </div>
          </div>
        </>
      ) : null}
    </>
  );
}

function ConsoleBar({ mockApiId, title, tried, live }: ConsoleViewProps) {
  return (
    <div className="border-b border-line px-4 py-3 sm:px-6">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        {/* By a page load, so that the rest of the studio keeps the stricter policy. */}
        <a
          href={`/admin/mock-apis/${mockApiId}`}
          className="inline-flex items-center gap-1.5 rounded-sm text-[0.933rem] font-medium text-accent hover:underline"
        >
          <ArrowLeft aria-hidden size={16} />
          Back to editing
        </a>
        <h1 className="flex min-w-0 flex-1 basis-48 flex-wrap items-center gap-x-3 gap-y-1 text-[1.2rem] font-[640]">
          <span className="min-w-0 [overflow-wrap:anywhere]">{title}</span>
          <Badge>{tried}</Badge>
        </h1>
        {live.scratch ? (
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            {live.isOver ? null : (
              <span className="text-[0.9rem] whitespace-nowrap text-ink-soft">
                Gone in{" "}
                <Countdown deadlineAt={live.scratch.expiresAt} offsetMs={live.offsetMs} urgentSec={300} />
              </span>
            )}
            <Button
              size="small"
              onPress={live.restart.run}
              isPending={live.restart.isBusy}
              data-testid="restart"
            >
              <RotateCcw aria-hidden size={15} />
              Start anew
            </Button>
          </div>
        ) : null}
      </div>
      {live.restart.error ? <ErrorState className="mt-3" error={live.restart.error} /> : null}
    </div>
  );
}

function Over({ live }: { live: LiveScratch }) {
  return (
    <Banner
      flush
      tone="warn"
      role="alert"
      title="This trial instance is gone"
      data-testid="scratch-over"
      actions={
        <Button size="small" variant="primary" onPress={live.restart.run} isPending={live.restart.isBusy}>
          Start a new one
        </Button>
      }
    >
      It lives for a few hours, and only the newest of a mock API are kept. Requests get no answer any more.
    </Banner>
  );
}

interface ReferenceProps {
  document: LooseDocument;
  scratch: { address: string; apiKey: string | null };
}

function Reference({ document, scratch: { address, apiKey } }: ReferenceProps) {
  // The same objects as long as nothing changed: the reference starts anew with each other one.
  const shown = useMemo(() => consoleDocument(document, address), [document, address]);
  const credentials = useMemo(() => credentialsFor(document, apiKey), [document, apiKey]);
  return (
    <ApiReference
      document={shown}
      serverUrl={address + basePathOf(document.servers)}
      credentials={credentials}
    />
  );
}
