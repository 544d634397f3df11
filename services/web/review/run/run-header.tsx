import { ArrowLeft } from "lucide-react";
import { Link } from "react-aria-components";
import type { Run, RunState } from "../../../shared/contracts/run.ts";
import { Badge } from "../../ui/badge.tsx";
import type { Tone } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { Countdown } from "../../ui/countdown.tsx";

export interface RunHeaderProps {
  submissionId: string;
  codeName: string;
  run: Run | null;
  offsetMs: number;
  onEnd: () => void;
}

const STATES: Record<RunState, [tone: Tone, words: string]> = {
  preparing: ["neutral", "Preparing"],
  running: ["good", "Running"],
  ended: ["neutral", "Ended"],
  failed: ["danger", "Failed"],
};

export function RunHeader({ submissionId, codeName, run, offsetMs, onEnd }: RunHeaderProps) {
  const [tone, words] = STATES[run?.state ?? "ended"];
  const isOpen = run?.state === "preparing" || run?.state === "running";
  return (
    <div className="flex min-h-[3.4rem] flex-wrap items-center gap-x-4 gap-y-1 border-b border-line bg-surface px-3 py-2 sm:px-4">
      <Link
        href={`/review/${submissionId}`}
        aria-label="Back to reading"
        className="grid size-8 place-items-center rounded-md text-ink-soft data-hovered:bg-ink/6 data-hovered:text-ink"
      >
        <ArrowLeft aria-hidden size={17} />
      </Link>
      <div className="min-w-0 flex-1">
        <h1 className="truncate text-[1.067rem] leading-tight font-[640]">Run of {codeName}</h1>
        <p className="truncate text-[0.8rem] leading-tight text-ink-faint">
          Yours alone; its files are not kept
        </p>
      </div>
      {run ? (
        <div className="flex items-center gap-4 max-sm:w-full max-sm:justify-between max-sm:pl-11">
          <Badge tone={tone} dot={run.state === "running"}>
            {words}
          </Badge>
          {run.state === "running" && run.deadlineAt ? (
            <span className="text-[0.867rem] text-ink-soft">
              <Countdown deadlineAt={run.deadlineAt} offsetMs={offsetMs} /> left
            </span>
          ) : null}
          {isOpen ? (
            <Button size="small" onPress={onEnd} data-testid="run-end">
              End
            </Button>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}
