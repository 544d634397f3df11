import type { ReactNode } from "react";
import type { ModelCallView } from "../../../shared/contracts/models.ts";
import { Badge } from "../../ui/badge.tsx";
import { formatCount, formatUsd } from "../../ui/money-words.ts";
import { plural } from "../../ui/time-words.ts";
import { VisibleName } from "../visible-name.tsx";
import { afterWords, LINE_NAMES, latencyWords, OUTCOMES } from "./call-words.ts";

/** When, what, how long, for how much. */
export function CallFacts({ call }: { call: ModelCallView }) {
  const outcome = OUTCOMES[call.outcome];
  return (
    <div>
      <h3 className="flex flex-wrap items-center gap-2 font-mono text-[0.933rem] font-[620] break-all">
        <VisibleName name={call.alias} />
        <Badge tone={outcome.tone}>{outcome.word}</Badge>
        {call.mock ? <Badge tone="warn">Mock: answers are made up</Badge> : null}
      </h3>
      {call.outcome === "answered" ? null : (
        <p className="mt-1 text-[0.867rem] text-ink-soft">{outcome.hint}</p>
      )}
      <dl className="mt-3 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-5 gap-y-1 text-[0.867rem] tabular-nums">
        <Fact name="After the start">{afterWords(call.afterSec)}</Fact>
        <Fact name="Asked by">{LINE_NAMES[call.line]}</Fact>
        <Fact name="Endpoint">
          {call.endpoint}
          {call.stream ? ", streamed" : ""}
        </Fact>
        {call.upstreamModel === null ? null : <Fact name="Model">{call.upstreamModel}</Fact>}
        {call.status === null ? null : (
          <Fact name="Status">
            {call.status}
            {call.errorCode ? `, ${call.errorCode}` : ""}
          </Fact>
        )}
        <Fact name="Tokens">{tokenWords(call)}</Fact>
        <Fact name="Cost">{formatUsd(call.costUsd)}</Fact>
        <Fact name="Time">{timeWords(call)}</Fact>
        {call.failedTargets > 0 ? (
          <Fact name="Tried before">
            {call.failedTargets} {plural(call.failedTargets, "model")} that failed
          </Fact>
        ) : null}
      </dl>
    </div>
  );
}

function tokenWords({ inputTokens, cachedInputTokens, outputTokens }: ModelCallView): string {
  if (inputTokens === null && outputTokens === null) return "none";
  const cached = cachedInputTokens ? ` (${formatCount(cachedInputTokens)} of them cached)` : "";
  return `${formatCount(inputTokens ?? 0)} in${cached}, ${formatCount(outputTokens ?? 0)} out`;
}

function timeWords({ firstTokenMs, durationMs }: ModelCallView): string {
  if (durationMs === null) return "not known";
  const first = firstTokenMs === null ? "" : `, first token after ${latencyWords(firstTokenMs)}`;
  return `${latencyWords(durationMs)}${first}`;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-faint">{name}</dt>
      <dd className="[overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}
