import { useNavigate, useParams } from "@tanstack/react-router";
import { useCallback, useEffect, useRef, useState } from "react";
import { NoticePage } from "../ui/notice-page.tsx";
import { Spinner } from "../ui/spinner.tsx";
import { candidateApi } from "./candidate-api.ts";
import { InvitationProblem } from "./invitation-problem.tsx";

/** Trades the link's token for a cookie, then goes on without the token in the address bar or the history. */
export function InvitePage() {
  const { token = "" } = useParams({ strict: false });
  const navigate = useNavigate();
  const [error, setError] = useState<unknown>(null);
  const asked = useRef<string | null>(null);

  const exchange = useCallback(async () => {
    setError(null);
    try {
      const { invitationId } = await candidateApi.openInvitation(token);
      await navigate({ to: "/candidate/$invitationId", params: { invitationId }, replace: true });
    } catch (failure) {
      setError(failure);
    }
  }, [token, navigate]);

  useEffect(() => {
    if (asked.current === token) return;
    asked.current = token;
    void exchange();
  }, [token, exchange]);

  return error ? <InvitationProblem error={error} onRetry={() => void exchange()} /> : <ExchangingView />;
}

export function ExchangingView() {
  return (
    <NoticePage
      icon={<Spinner className="size-5" />}
      title="Opening your invitation"
      role="status"
      data-testid="exchanging"
    >
      <p>This takes a moment. Nothing starts by opening it.</p>
    </NoticePage>
  );
}
