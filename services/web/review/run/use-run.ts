import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { RunView } from "../../../shared/contracts/run.ts";
import { api } from "../../api-client/client.ts";
import type { RequestLink } from "../../workspace/use-workspace-link.ts";

const PREPARING_MS = 1_000;
const RUNNING_MS = 3_000;

/** The reviewer's latest run of a submission, looked at again while it is open, and what can be done with it. */
export function useRun(submissionId: string) {
  const client = useQueryClient();
  const queryKey = ["review", submissionId, "run"];
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.readRun(submissionId, { signal }),
    refetchInterval: ({ state }) => intervalOf(state.data),
    staleTime: 0,
  });
  const onSuccess = (view: RunView) => void client.setQueryData(queryKey, view);
  const start = useMutation({ mutationFn: () => api.startRun(submissionId), onSuccess });
  const end = useMutation({ mutationFn: () => api.endRun(submissionId), onSuccess });
  const allow = useMutation({
    mutationFn: (usd: number) => api.allowRunSpending(submissionId, { usd }),
    onSuccess,
  });
  const requestLink: RequestLink = (target) => api.createRunLink(submissionId, { target });
  return { query, start, end, allow, requestLink, offsetMs: useOffset(query.data, query.dataUpdatedAt) };
}

export type RunControls = ReturnType<typeof useRun>;

function intervalOf(view: RunView | undefined): number | false {
  switch (view?.run?.state) {
    case "preparing":
      return PREPARING_MS;
    case "running":
      return RUNNING_MS;
    default:
      return false;
  }
}

/** The server's clock minus this machine's: of the answers so far the one that travelled the least. */
function useOffset(view: RunView | undefined, at: number): number {
  const [best, setBest] = useState<number | null>(null);
  if (!view) return 0;
  const sample = Date.parse(view.now) - at;
  if (best === null || sample > best) setBest(sample);
  return Math.max(best ?? sample, sample);
}
