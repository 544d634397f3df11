import { useEffect, useRef, useState } from "react";
import type { z } from "zod";

export type StreamState = "connecting" | "live" | "lost";

export interface StreamOptions<Output> {
  url: string;
  /** Name of the server-sent event that carries the data. */
  event: string;
  schema: z.ZodType<Output>;
  onData: (data: Output) => void;
  onState: (state: StreamState) => void;
}

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;

/** Doubles from one second to thirty, with a quarter of jitter, so that a restart is not met by everyone at once. */
export function reconnectDelayMs(attempt: number, random: number): number {
  const delay = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt, 10));
  return Math.round(delay * (0.75 + random * 0.5));
}

/**
 * Keeps a stream of server-sent events open. The browser's own EventSource gives up for good when the server
 * answers with an error, so every failure starts a fresh one after a growing delay. Returns how to stop it.
 */
export function openEventStream<Output>(options: StreamOptions<Output>): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  const connect = () => {
    clearTimeout(timer);
    source?.close();
    const current = new EventSource(options.url);
    source = current;
    current.onopen = () => {
      failures = 0;
      options.onState("live");
    };
    current.onerror = () => {
      current.close();
      options.onState("lost");
      timer = setTimeout(connect, reconnectDelayMs(failures, Math.random()));
      failures += 1;
    };
    current.addEventListener(options.event, (message) =>
      receive((message as MessageEvent<string>).data, options),
    );
  };
  const connectNow = () => {
    if (source?.readyState !== EventSource.OPEN) connect();
  };

  connect();
  window.addEventListener("online", connectNow);
  return () => {
    window.removeEventListener("online", connectNow);
    clearTimeout(timer);
    source?.close();
  };
}

function receive<Output>(text: string, { schema, onData }: StreamOptions<Output>): void {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return;
  }
  // An event this page does not understand is skipped: the view is fetched again when the page gets focus.
  const parsed = schema.safeParse(value);
  if (parsed.success) onData(parsed.data);
}

/** Follows server-sent events while mounted; pass `null` as `url` to wait. */
export function useServerEvents<Output>(
  url: string | null,
  event: string,
  schema: z.ZodType<Output>,
  onData: (data: Output) => void,
): StreamState {
  const [state, setState] = useState<StreamState>("connecting");
  const latest = useRef(onData);
  latest.current = onData;
  useEffect(() => {
    if (!url) return;
    setState("connecting");
    return openEventStream({ url, event, schema, onData: (data) => latest.current(data), onState: setState });
  }, [url, event, schema]);
  return state;
}
