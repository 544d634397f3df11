import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { AdminRequestItem } from "../../../shared/contracts/invitation-studio.ts";
import { type AnswerRequestInput, api } from "../../api-client/client.ts";
import { StaffGate, ToSignIn } from "../../sign-in/staff-gate.tsx";
import { isSignedOut } from "../../sign-in/staff-session.ts";
import { StaffTopBar } from "../../sign-in/staff-top-bar.tsx";
import { AppShell } from "../../ui/app-shell.tsx";
import { showToast } from "../../ui/toast.tsx";
import { BOARD_KEY } from "../admin-api.ts";
import { AnswerDialog } from "./answer-dialog.tsx";
import { emailQuery, requestsQuery } from "./invitations-api.ts";
import { RequestsView } from "./requests-view.tsx";

export function RequestsPage() {
  return (
    <StaffGate allow={["admin"]}>
      {(me) => (
        <AppShell topBar={<StaffTopBar me={me} />}>
          <Requests />
        </AppShell>
      )}
    </StaffGate>
  );
}

function Requests() {
  const client = useQueryClient();
  const [state, setState] = useState<"open" | "answered">("open");
  const [answering, setAnswering] = useState<AdminRequestItem | null>(null);
  const list = useQuery({ ...requestsQuery(state), refetchInterval: 15_000 });
  const email = useQuery(emailQuery);
  const answer = useMutation({
    mutationFn: ({ id, body }: { id: string; body: AnswerRequestInput }) => api.answerRequest(id, body),
    onSuccess: (open) => {
      client.setQueryData(requestsQuery("open").queryKey, open);
      void client.invalidateQueries({ queryKey: requestsQuery("answered").queryKey });
      void client.invalidateQueries({ queryKey: BOARD_KEY });
      showToast({ tone: "good", title: "Answered", text: "The candidate sees it at their link." });
      setAnswering(null);
    },
  });
  if (isSignedOut(list.error)) return <ToSignIn reason="expired" />;
  return (
    <>
      <RequestsView
        list={list.data ?? null}
        error={list.error}
        isRetrying={list.isFetching}
        onRetry={() => void list.refetch()}
        state={state}
        onState={setState}
        onAnswer={setAnswering}
      />
      {answering ? (
        <AnswerDialog
          request={answering}
          isMailConfigured={email.data?.isConfigured ?? false}
          onClose={() => {
            setAnswering(null);
            answer.reset();
          }}
          onAnswer={(body) => answer.mutate({ id: answering.id, body })}
          isPending={answer.isPending}
          error={answer.error}
        />
      ) : null}
    </>
  );
}
