import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { ModelLine } from "../../../shared/contracts/models.ts";
import { api } from "../../api-client/client.ts";

export type LineFilter = ModelLine | "all";

/** Calls of a sealed submission never change, so each page of them is asked for once. */
const ONCE = { staleTime: Number.POSITIVE_INFINITY, gcTime: 10 * 60_000 };

export function useModelCalls(submissionId: string, line: LineFilter) {
  return useInfiniteQuery({
    queryKey: ["review", submissionId, "model-calls", line],
    queryFn: ({ pageParam, signal }) =>
      api.listModelCalls(
        submissionId,
        { ...(line === "all" ? {} : { line }), ...(pageParam ? { after: pageParam } : {}) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextAfter,
    ...ONCE,
  });
}

export function useModelCall(submissionId: string, callId: string) {
  return useQuery({
    queryKey: ["review", submissionId, "model-call", callId],
    queryFn: ({ signal }) => api.readModelCall(submissionId, callId, { signal }),
    ...ONCE,
  });
}

export function useInstalledPackages(submissionId: string) {
  return useQuery({
    queryKey: ["review", submissionId, "packages"],
    queryFn: ({ signal }) => api.listInstalledPackages(submissionId, { signal }),
    ...ONCE,
  });
}
