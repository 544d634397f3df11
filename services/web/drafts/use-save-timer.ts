import { useEffect } from "react";

/**
 * Saves after a pause in typing, after a failure, when the network is back, and when the page goes out of sight.
 * @param delay in milliseconds; null when there is nothing to save.
 */
export function useSaveTimer(
  delay: number | null,
  content: unknown,
  save: (keepalive?: boolean) => Promise<unknown>,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: each edit of `content` starts the pause anew
  useEffect(() => {
    if (delay === null) return;
    const run = () => void save().catch(() => undefined);
    const timer = setTimeout(run, delay);
    const leave = () => {
      if (document.visibilityState === "hidden") void save(true).catch(() => undefined);
    };
    window.addEventListener("online", run);
    document.addEventListener("visibilitychange", leave);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("online", run);
      document.removeEventListener("visibilitychange", leave);
    };
  }, [delay, content, save]);
}
