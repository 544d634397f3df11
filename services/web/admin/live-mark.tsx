import type { StreamState } from "../api-client/event-source.ts";
import { classNames } from "../ui/class-names.ts";
import { formatInstant } from "../ui/time-words.ts";

/** Whether what is shown follows the server right now. */
export function LiveMark({ stream, asOf }: { stream: StreamState; asOf: string }) {
  const isLive = stream === "live";
  return (
    <span
      role="status"
      data-testid="live-mark"
      data-state={stream}
      className={classNames(
        "flex items-center gap-2 text-[0.84rem]",
        stream === "lost" ? "text-warn" : "text-ink-faint",
      )}
    >
      <span
        aria-hidden
        className={classNames(
          "size-2 rounded-full",
          isLive ? "bg-accent" : stream === "lost" ? "bg-warn" : "animate-pulse bg-line-strong",
        )}
      />
      {isLive
        ? "Live"
        : stream === "lost"
          ? `Reconnecting · as of ${formatInstant(asOf, true).slice(-8)}`
          : "Connecting…"}
    </span>
  );
}
