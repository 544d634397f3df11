import { useEffect, useState } from "react";
import { remainingMs } from "../../shared/domain/clock.ts";
import { classNames } from "./class-names.ts";
import { formatRemaining, spokenRemaining } from "./time-words.ts";

/** The server's clock in milliseconds, ticking once a second. `offsetMs` = server minus this machine. */
export function useServerNow(offsetMs: number, intervalMs = 1000): number {
  const [now, setNow] = useState(() => Date.now() + offsetMs);
  useEffect(() => {
    const tick = () => setNow(Date.now() + offsetMs);
    tick();
    const timer = setInterval(tick, intervalMs);
    return () => clearInterval(timer);
  }, [offsetMs, intervalMs]);
  return now;
}

export interface CountdownProps {
  deadlineAt: string;
  /** Server time minus this machine's, in milliseconds. */
  offsetMs: number;
  /** The clock stands since then, by the server's clock. */
  stoppedAt?: string | null;
  /** Shown calmly, urgent from this many seconds on. */
  urgentSec?: number;
  className?: string;
}

/** Time left until an instant of the server. Not announced: whoever uses it decides when to speak. */
export function Countdown({
  deadlineAt,
  offsetMs,
  stoppedAt = null,
  urgentSec = 120,
  className,
}: CountdownProps) {
  const running = useServerNow(offsetMs);
  const now = stoppedAt === null ? running : Date.parse(stoppedAt);
  const leftMs = remainingMs(new Date(deadlineAt), new Date(now));
  const urgent = leftMs <= urgentSec * 1000;
  return (
    <span
      role="timer"
      aria-live="off"
      aria-label={spokenRemaining(leftMs)}
      data-testid="countdown"
      data-urgent={urgent || undefined}
      className={classNames("font-[620] tabular-nums", urgent && "text-danger", className)}
    >
      {formatRemaining(leftMs)}
    </span>
  );
}
