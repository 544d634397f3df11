import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { CandidateView } from "../../shared/contracts/candidate.ts";
import { type StreamState, useServerEvents } from "../api-client/event-source.ts";
import { candidateApi, eventsUrl } from "./candidate-api.ts";
import { newerView } from "./candidate-screen.ts";
import { betterOffset } from "./server-clock.ts";

export interface LiveCandidate {
  view: CandidateView | undefined;
  error: unknown;
  refetch: () => void;
  /** Puts in what an action answered with. */
  accept: (view: CandidateView) => void;
  stream: StreamState;
  /** The server's clock minus this machine's, in milliseconds. */
  offsetMs: number;
}

/** The candidate's view, kept current by the event stream and fetched again on focus and once a minute. */
export function useCandidate(invitationId: string): LiveCandidate {
  const client = useQueryClient();
  const key = ["candidate", invitationId];
  const offset = useRef<number | null>(null);
  const [offsetMs, setOffsetMs] = useState(0);

  const learn = useCallback((view: CandidateView) => {
    offset.current = betterOffset(offset.current, Date.parse(view.now) - Date.now());
    setOffsetMs(offset.current);
  }, []);
  const accept = (view: CandidateView) => {
    learn(view);
    client.setQueryData<CandidateView>(key, (current) => newerView(current, view));
  };
  const query = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => {
      const view = await candidateApi.view(invitationId, signal);
      learn(view);
      return newerView(client.getQueryData(key), view);
    },
    refetchOnWindowFocus: "always",
    refetchInterval: 60_000,
  });
  const reachable = query.data !== undefined && !query.error;
  const stream = useServerEvents(reachable ? eventsUrl(invitationId) : null, "state", CandidateView, accept);

  // A stream that breaks may have been closed on purpose (withdrawn, signed out): ask for the reason.
  const { refetch } = query;
  useEffect(() => {
    if (stream === "lost") void refetch();
  }, [stream, refetch]);

  return {
    view: query.data,
    error: query.error,
    refetch: () => void refetch(),
    accept,
    stream,
    offsetMs,
  };
}
