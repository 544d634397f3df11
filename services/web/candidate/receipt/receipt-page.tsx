import { useQuery } from "@tanstack/react-query";
import { ProblemError } from "../../api-client/problem-error.ts";
import { PageFailure } from "../../ui/page-failure.tsx";
import { PagePending } from "../../ui/page-pending.tsx";
import { candidateApi } from "../candidate-api.ts";
import type { ScreenProps } from "../candidate-page.tsx";
import { SealingView } from "../sealing-view.tsx";
import { ReceiptPageView } from "./receipt-view.tsx";

export function ReceiptPage({ invitationId, live }: ScreenProps) {
  const receipt = useQuery({
    queryKey: ["candidate", invitationId, "receipt"],
    queryFn: ({ signal }) => candidateApi.receipt(invitationId, signal),
    staleTime: Number.POSITIVE_INFINITY,
    // Only the last moments of sealing lie between a submitted attempt and its receipt.
    retry: (failures, error) => failures < 30 && ProblemError.from(error).code === "attempt_not_sealed",
    retryDelay: 1_000,
  });
  const timeUp = live.view.attempt?.endReason === "deadline";
  if (receipt.error) return <PageFailure error={receipt.error} onRetry={() => void receipt.refetch()} />;
  if (receipt.failureCount > 0 && !receipt.data) return <SealingView timeUp={timeUp} />;
  if (!receipt.data) return <PagePending label="Loading your receipt" />;
  return (
    <ReceiptPageView
      receipt={receipt.data}
      company={live.view.lobby.company.name}
      isTrial={live.view.isTrial}
    />
  );
}
