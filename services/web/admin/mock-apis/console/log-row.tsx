import { ChevronRight } from "lucide-react";
import { useId } from "react";
import type { MockApiRequestItem } from "../../../../shared/contracts/mock-api-studio.ts";
import type { FaultKind } from "../../../../shared/contracts/weather.ts";
import { FAULT_WORDS } from "../../../../shared/contracts/weather-words.ts";
import { Badge } from "../../../ui/badge.tsx";
import type { Tone } from "../../../ui/banner.tsx";
import { classNames } from "../../../ui/class-names.ts";
import { MethodMark } from "../method-mark.tsx";
import { Exchange } from "./exchange.tsx";

export interface LogRowProps {
  item: MockApiRequestItem;
  isOpen: boolean;
  onToggle: () => void;
}

/** One request in a line; opened, both sides of it. */
export function LogRow({ item, isOpen, onToggle }: LogRowProps) {
  const detailsId = useId();
  return (
    <li data-testid="log-row" data-status={item.status ?? "none"}>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={detailsId}
        onClick={onToggle}
        className="flex w-full items-start gap-2 px-4 py-2.5 text-left text-[0.867rem] hover:bg-sunken focus-visible:-outline-offset-2"
      >
        <ChevronRight
          aria-hidden
          size={15}
          className={classNames("mt-0.5 shrink-0 text-ink-faint transition-transform", isOpen && "rotate-90")}
        />
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            <MethodMark method={item.method} className="w-auto" />
            <code
              className={classNames(
                "min-w-0 flex-1 font-mono text-[0.93em]",
                isOpen ? "[overflow-wrap:anywhere]" : "truncate",
              )}
            >
              {item.target}
            </code>
          </span>
          <span className="mt-1 flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <Badge tone={toneOf(item.status)}>{item.status ?? "no answer"}</Badge>
            <span className="text-ink-soft tabular-nums">{durationWords(item.durationMs)}</span>
            {item.fault ? <Badge tone="warn">{faultName(item.fault)}</Badge> : null}
            <span className="ml-auto text-[0.93em] text-ink-faint tabular-nums">{clockWords(item.at)}</span>
          </span>
        </span>
      </button>
      <div id={detailsId} hidden={!isOpen}>
        {isOpen ? <Exchange item={item} /> : null}
      </div>
    </li>
  );
}

function toneOf(status: number | null): Tone {
  if (status === null || status >= 500) return "danger";
  if (status >= 400) return "warn";
  return "good";
}

const faultName = (fault: string) => FAULT_WORDS[fault as FaultKind]?.name ?? fault;

/** `4 ms`, `0.3 ms`, `12.4 s`. */
function durationWords(ms: number): string {
  if (ms >= 10_000) return `${(ms / 1000).toFixed(1)} s`;
  return ms < 1 ? `${ms.toFixed(1)} ms` : `${Math.round(ms).toLocaleString("en-GB")} ms`;
}

function clockWords(instant: string): string {
  return new Date(instant).toLocaleTimeString("en-GB");
}
