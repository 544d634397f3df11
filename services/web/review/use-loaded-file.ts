import { useQuery } from "@tanstack/react-query";
import type { SubmissionEntry } from "../../shared/contracts/review.ts";
import { api } from "../api-client/client.ts";
import type { LoadedFile } from "./file-pane.tsx";

type Side = "submission" | "starter";

/** A file of a sealed submission never changes, so it is asked for once. */
function useFile(submissionId: string, side: Side, index: number | null) {
  return useQuery({
    queryKey: ["review", submissionId, "file", side, index],
    queryFn: ({ signal }) =>
      index === null ? null : api.readSubmissionFile(submissionId, side, index, { signal }),
    enabled: index !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 10 * 60_000,
  });
}

/** The open file and, for a modified one, the starter's version. */
export function useLoadedFile(submissionId: string, entry: SubmissionEntry | null): LoadedFile {
  const isDeleted = entry?.change === "deleted";
  const own = useFile(submissionId, "submission", entry && !isDeleted ? entry.index : null);
  const wantsStarter = entry !== null && (isDeleted || entry.change === "modified");
  const starter = useFile(
    submissionId,
    "starter",
    wantsStarter ? (entry.starterIndex ?? (isDeleted ? entry.index : null)) : null,
  );
  const failed = [own, starter].filter((query) => query.isError);
  return {
    file: (isDeleted ? starter.data : own.data) ?? null,
    starter: isDeleted ? null : (starter.data ?? null),
    error: failed[0]?.error ?? null,
    isRetrying: failed.some((query) => query.isFetching),
    onRetry: () => {
      for (const query of failed) void query.refetch();
    },
  };
}
