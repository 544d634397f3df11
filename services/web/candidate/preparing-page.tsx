import { useMutation } from "@tanstack/react-query";
import { CircleAlert } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "../ui/button.tsx";
import { NoticePage } from "../ui/notice-page.tsx";
import { Spinner } from "../ui/spinner.tsx";
import { ErrorState } from "../ui/states.tsx";
import { candidateApi } from "./candidate-api.ts";
import type { ScreenProps } from "./candidate-page.tsx";

/** From Start until the workspace answers; also when it did not. */
export function PreparingPage({ invitationId, live }: ScreenProps) {
  const start = useMutation({
    mutationFn: () => candidateApi.start(invitationId),
    onSuccess: live.accept,
  });
  const attempt = live.view.attempt;
  const slow = useIsSlow(attempt?.id);
  if (attempt?.state === "failed")
    return (
      <StartFailedView
        failure={attempt.failure}
        onRetry={() => start.mutate()}
        isRetrying={start.isPending}
        error={start.error}
      />
    );
  return <PreparingView slow={slow} />;
}

/** True once the workspace takes longer than it usually does. */
function useIsSlow(attemptId: string | undefined): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    setSlow(false);
    if (!attemptId) return;
    const timer = setTimeout(() => setSlow(true), 20_000);
    return () => clearTimeout(timer);
  }, [attemptId]);
  return slow;
}

export function PreparingView({ slow }: { slow: boolean }) {
  return (
    <NoticePage
      icon={<Spinner className="size-5" />}
      title="Preparing your workspace"
      role="status"
      data-testid="preparing"
    >
      <p>
        Your clock starts when the workspace is ready, not before. This page goes on by itself; usually within
        ten seconds.
      </p>
      {slow ? (
        <p>
          It takes a little longer than usual: other candidates may be starting too. You lose no time by
          waiting.
        </p>
      ) : null}
    </NoticePage>
  );
}

export interface StartFailedViewProps {
  failure: string | null;
  onRetry: () => void;
  isRetrying: boolean;
  error: unknown;
}

export function StartFailedView({ failure, onRetry, isRetrying, error }: StartFailedViewProps) {
  return (
    <NoticePage
      icon={<CircleAlert aria-hidden />}
      title="Your workspace could not be prepared"
      role="alert"
      data-testid="start-failed"
      actions={
        <Button variant="primary" onPress={onRetry} isPending={isRetrying} data-testid="start-retry">
          Try again
        </Button>
      }
    >
      <p>
        <strong className="font-[620] text-ink">Your clock has not started.</strong> {failure}
      </p>
      <p>
        Try again now or later today: your invitation stays as it is. If it keeps failing, tell the person who
        invited you.
      </p>
      {error ? <ErrorState error={error} className="text-[0.933rem]" /> : null}
    </NoticePage>
  );
}
