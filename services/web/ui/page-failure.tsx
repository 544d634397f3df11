import { CircleAlert } from "lucide-react";
import { ProblemError } from "../api-client/problem-error.ts";
import { Button } from "./button.tsx";
import { NoticePage } from "./notice-page.tsx";
import { RequestId } from "./states.tsx";

/** A whole page failed: because of a call (`ProblemError`), or because of a fault in the page itself. */
export function PageFailure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { problem } = ProblemError.from(error);
  return (
    <NoticePage
      icon={<CircleAlert aria-hidden />}
      title={problem.title}
      role="alert"
      data-testid="page-failure"
      actions={
        <Button variant="primary" onPress={onRetry ?? (() => window.location.reload())}>
          Try again
        </Button>
      }
      footnote={problem.requestId ? <RequestId id={problem.requestId} /> : null}
    >
      {problem.detail ? <p>{problem.detail}</p> : null}
      <p>{problem.hint}</p>
    </NoticePage>
  );
}
