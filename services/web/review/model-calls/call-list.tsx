import type { ModelCallSummary, ModelCallTotals } from "../../../shared/contracts/models.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { formatCount, formatUsd } from "../../ui/money-words.ts";
import { Segmented } from "../../ui/segmented.tsx";
import { EmptyState, ErrorState } from "../../ui/states.tsx";
import { plural } from "../../ui/time-words.ts";
import { VisibleName } from "../visible-name.tsx";
import { afterWords, LINE_NAMES, latencyWords, OUTCOMES } from "./call-words.ts";
import type { LineFilter } from "./use-model-calls.ts";

export interface CallListProps {
  calls: readonly ModelCallSummary[];
  totals: readonly ModelCallTotals[];
  line: LineFilter;
  onLine: (line: LineFilter) => void;
  onOpen: (callId: string) => void;
  /** The call that was open before, to go on from. */
  returnTo: string | null;
  /** Asks for the next page; null when there is none. */
  more: { fetchNextPage: () => unknown; isFetchingNextPage: boolean; error: unknown } | null;
}

export function CallList({ calls, totals, line, onLine, onOpen, returnTo, more }: CallListProps) {
  const all = totals.reduce((sum, { calls: count }) => sum + count, 0);
  const countOf = (one: ModelCallTotals["line"]) => totals.find((total) => total.line === one)?.calls ?? 0;
  return (
    <div data-testid="model-calls">
      <div className="flex flex-col gap-3 border-b border-line p-4">
        <Totals totals={totals} />
        <Segmented
          label="Whose calls"
          value={line}
          onChange={onLine}
          className="self-start"
          options={[
            { value: "all", label: "All", count: all },
            { value: "product", label: LINE_NAMES.product, count: countOf("product") },
            { value: "assistant", label: LINE_NAMES.assistant, count: countOf("assistant") },
          ]}
        />
      </div>
      {calls.length === 0 ? (
        <EmptyState title="None of these">Nothing was called on this side.</EmptyState>
      ) : (
        <ol>
          {calls.map((call) => (
            <li key={call.id} className="border-b border-line">
              <CallRow call={call} onOpen={onOpen} isReturn={call.id === returnTo} />
            </li>
          ))}
        </ol>
      )}
      {more ? (
        <div className="flex flex-col items-center gap-3 p-4">
          {more.error ? <ErrorState error={more.error} /> : null}
          <Button
            size="small"
            onPress={() => void more.fetchNextPage()}
            isPending={more.isFetchingNextPage}
            data-testid="more-calls"
          >
            Show more calls
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function Totals({ totals }: { totals: readonly ModelCallTotals[] }) {
  return (
    <dl className="flex flex-col gap-1 text-[0.867rem] tabular-nums">
      {totals.map((total) => (
        <div key={total.line} className="flex flex-wrap gap-x-3">
          <dt className="font-[620]">{LINE_NAMES[total.line]}</dt>
          <dd className="text-ink-soft">
            {formatCount(total.calls)} {plural(total.calls, "call")}, {formatCount(total.answered)} answered ·{" "}
            {formatCount(total.inputTokens)} tokens in, {formatCount(total.outputTokens)} out ·{" "}
            {formatUsd(total.costUsd)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface CallRowProps {
  call: ModelCallSummary;
  onOpen: (callId: string) => void;
  isReturn: boolean;
}

function CallRow({ call, onOpen, isReturn }: CallRowProps) {
  const outcome = OUTCOMES[call.outcome];
  return (
    <button
      type="button"
      // biome-ignore lint/a11y/noAutofocus: who comes back from a call goes on where they were
      autoFocus={isReturn}
      onClick={() => onOpen(call.id)}
      data-testid="model-call"
      className="flex w-full flex-col gap-1 px-4 py-2.5 text-left hover:bg-sunken focus-visible:-outline-offset-2"
    >
      <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-[0.8rem] text-ink-faint tabular-nums">
        <span>{afterWords(call.afterSec)}</span>
        <span className="font-medium text-ink-soft">{LINE_NAMES[call.line]}</span>
        <span className="min-w-0 font-mono break-all">
          <VisibleName name={call.alias} />
        </span>
        {call.outcome === "answered" ? null : <Badge tone={outcome.tone}>{outcome.word}</Badge>}
        {call.mock ? <Badge tone="warn">Mock</Badge> : null}
      </span>
      <span className="line-clamp-2 text-[0.9rem] [overflow-wrap:anywhere]">
        {call.excerpt ? (
          <VisibleName name={call.excerpt} />
        ) : (
          <span className="text-ink-faint">{call.endpoint}</span>
        )}
      </span>
      <span className="text-[0.8rem] text-ink-faint tabular-nums">{figures(call).join(" · ")}</span>
    </button>
  );
}

function figures(call: ModelCallSummary): string[] {
  const { inputTokens, outputTokens } = call;
  const tokens = [
    inputTokens === null ? null : `${formatCount(inputTokens)} in`,
    outputTokens === null ? null : `${formatCount(outputTokens)} out`,
  ].filter((one) => one !== null);
  return [
    call.endpoint,
    ...(tokens.length > 0 ? [`${call.usage === "estimated" ? "about " : ""}${tokens.join(", ")}`] : []),
    formatUsd(call.costUsd),
    ...(call.durationMs === null ? [] : [latencyWords(call.durationMs)]),
  ];
}
