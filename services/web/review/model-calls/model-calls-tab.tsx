import { useRef, useState } from "react";
import { EmptyState, ErrorState, SkeletonText } from "../../ui/states.tsx";
import { CallDetail } from "./call-detail.tsx";
import { CallList } from "./call-list.tsx";
import { type LineFilter, useModelCalls } from "./use-model-calls.ts";

/** What the submission's programs asked of language models: the list, and one call in its place. */
export function ModelCallsTab({ submissionId }: { submissionId: string }) {
  const [line, setLine] = useState<LineFilter>("all");
  const [openId, setOpenId] = useState<string | null>(null);
  const returnTo = useRef<string | null>(null);
  const calls = useModelCalls(submissionId, line);
  if (openId !== null)
    return (
      <CallDetail
        key={openId}
        submissionId={submissionId}
        callId={openId}
        onBack={() => {
          returnTo.current = openId;
          setOpenId(null);
        }}
      />
    );
  if (calls.error && !calls.data)
    return (
      <div className="p-5">
        <ErrorState error={calls.error} onRetry={() => void calls.refetch()} isRetrying={calls.isFetching} />
      </div>
    );
  const totals = calls.data?.pages[0]?.totals;
  if (calls.data && totals?.length === 0)
    return (
      <div data-testid="model-calls-empty">
        <EmptyState title="No model was called">
          Models could be called in this assessment. That none was says nothing about the work alone.
        </EmptyState>
      </div>
    );
  if (!calls.data)
    return (
      <div className="p-5">
        <SkeletonText lines={9} label="Loading the calls" />
      </div>
    );
  return (
    <CallList
      calls={calls.data.pages.flatMap(({ items }) => items)}
      totals={totals ?? []}
      line={line}
      onLine={setLine}
      onOpen={setOpenId}
      returnTo={returnTo.current}
      more={calls.hasNextPage ? calls : null}
    />
  );
}
