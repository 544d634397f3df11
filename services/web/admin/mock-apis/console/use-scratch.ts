import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import {
  type MockApiRequestItem,
  MockApiRequestsEvent,
  type MockApiScratch,
} from "../../../../shared/contracts/mock-api-studio.ts";
import { type StreamState, useServerEvents } from "../../../api-client/event-source.ts";
import { ProblemError } from "../../../api-client/problem-error.ts";
import { useServerNow } from "../../../ui/countdown.tsx";
import { createScratch, documentQuery, resetScratch, scratchPath, scratchQuery } from "../mock-apis-api.ts";

export interface LiveScratch {
  scratch: MockApiScratch | null;
  /** Why it could not be started. */
  error: unknown;
  isStarting: boolean;
  retry: () => void;
  /** Newest first; null until the server has said so for the first time. */
  requests: readonly MockApiRequestItem[] | null;
  stream: StreamState;
  /** Past its time, or taken away by the server. */
  isOver: boolean;
  offsetMs: number;
  restart: { run: () => void; isBusy: boolean; error: unknown };
}

/** A trial instance of its own for each visit, and what is asked of it, live. */
export function useScratch(mockApiId: string, versionId: string | null): LiveScratch {
  const client = useQueryClient();
  const queryKey = ["admin", "mock-api-console", mockApiId, versionId];
  const create = () => createScratch(mockApiId, versionId === null ? {} : { versionId });
  const starting = useQuery({
    queryKey,
    queryFn: create,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const scratch = starting.data ?? null;
  const restarting = useMutation({
    // A draft may have changed since: it is begun anew as it is now.
    mutationFn: () =>
      scratch && versionId !== null && !log.isGone ? resetScratch(mockApiId, scratch.id) : create(),
    onSuccess: (next) => {
      client.setQueryData(queryKey, next);
      void client.invalidateQueries({ queryKey: documentQuery(mockApiId, versionId).queryKey });
    },
  });
  const log = useRequests(mockApiId, scratch);
  const now = useServerNow(log.offsetMs, 5_000);
  const isExpired = scratch !== null && Date.parse(scratch.expiresAt) <= now;
  return {
    scratch,
    error: starting.error,
    isStarting: starting.isFetching,
    retry: () => void starting.refetch(),
    requests: log.requests,
    stream: log.stream,
    offsetMs: log.offsetMs,
    isOver: isExpired || log.isGone,
    restart: {
      run: () => restarting.mutate(),
      isBusy: restarting.isPending,
      error: restarting.error,
    },
  };
}

interface Log {
  of: string;
  requests: readonly MockApiRequestItem[];
}

function useRequests(mockApiId: string, scratch: MockApiScratch | null) {
  const [log, setLog] = useState<Log | null>(null);
  const [offsetMs, setOffset] = useState(0);
  const id = scratch?.id ?? "";
  const createdAt = scratch?.createdAt;
  useEffect(() => {
    // Until the first event: it was made a moment ago.
    if (createdAt) setOffset(Date.parse(createdAt) - Date.now());
  }, [createdAt]);
  const stream = useServerEvents(
    scratch ? `${scratchPath(mockApiId, id)}/requests/events` : null,
    "requests",
    MockApiRequestsEvent,
    ({ now, items }) => {
      setOffset(Date.parse(now) - Date.now());
      setLog({ of: id, requests: items });
    },
  );
  // A stream may break for many reasons; whether the instance is still there, only the server knows.
  const asking = useQuery({ ...scratchQuery(mockApiId, id), enabled: scratch !== null && stream === "lost" });
  const isGone =
    asking.error !== null && ProblemError.from(asking.error).code === "mock_api_scratch_not_found";
  return { requests: log?.of === id ? log.requests : null, stream, offsetMs, isGone };
}
