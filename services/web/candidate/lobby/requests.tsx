import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { candidateApi } from "../candidate-api.ts";
import type { ScreenProps } from "../candidate-page.tsx";
import { AskDialog } from "./ask-dialog.tsx";
import { RequestCard } from "./request-card.tsx";
import type { RequestKind } from "./request-words.ts";

/** Asking the people who invited for something, before the clock runs. */
export function Requests({ invitationId, live }: ScreenProps) {
  const [asking, setAsking] = useState<RequestKind | null>(null);
  const ask = useMutation({
    mutationFn: (body: Parameters<typeof candidateApi.ask>[1]) => candidateApi.ask(invitationId, body),
    onSuccess: (view) => {
      live.accept(view);
      setAsking(null);
    },
  });
  const withdraw = useMutation({
    mutationFn: (requestId: string) => candidateApi.withdraw(invitationId, requestId),
    onSuccess: live.accept,
    // An answer may have come first: then that is what to show.
    onError: live.refetch,
  });
  return (
    <>
      <RequestCard
        requests={live.view.requests}
        onAsk={setAsking}
        onWithdraw={(requestId) => withdraw.mutate(requestId)}
        withdrawing={withdraw.isPending ? withdraw.variables : null}
        error={withdraw.error}
      />
      {asking ? (
        <AskDialog
          kind={asking}
          onClose={() => {
            setAsking(null);
            ask.reset();
          }}
          onAsk={(request) => ask.mutate(request)}
          isPending={ask.isPending}
          error={ask.error}
        />
      ) : null}
    </>
  );
}
