import { useParams } from "@tanstack/react-router";
import type { StaffMe } from "../../../shared/contracts/admin.ts";
import { ProblemError } from "../../api-client/problem-error.ts";
import { StaffGate, ToSignIn } from "../../sign-in/staff-gate.tsx";
import { isSignedOut } from "../../sign-in/staff-session.ts";
import { StaffTopBar } from "../../sign-in/staff-top-bar.tsx";
import { AppShell } from "../../ui/app-shell.tsx";
import { LinkButton } from "../../ui/button.tsx";
import { NoticePage } from "../../ui/notice-page.tsx";
import { PageFailure } from "../../ui/page-failure.tsx";
import { SkeletonText } from "../../ui/states.tsx";
import { RunRoom } from "./run-room.tsx";
import { useRun } from "./use-run.ts";

export function RunPage() {
  const { submissionId } = useParams({ from: "/review/$submissionId/run" });
  return (
    <StaffGate allow={["reviewer", "admin"]}>
      {(me) => <LoadedRun key={submissionId} me={me} submissionId={submissionId} />}
    </StaffGate>
  );
}

function LoadedRun({ me, submissionId }: { me: StaffMe; submissionId: string }) {
  const controls = useRun(submissionId);
  const { data, error, refetch } = controls.query;
  if (isSignedOut(error)) return <ToSignIn reason="expired" />;
  if (error instanceof ProblemError && error.status === 404) return <NoSuchSubmission />;
  if (error && !data) return <PageFailure error={error} onRetry={() => void refetch()} />;
  return (
    <AppShell topBar={<StaffTopBar me={me} wide />} width="bleed">
      {data ? (
        <RunRoom submissionId={submissionId} view={data} controls={controls} />
      ) : (
        <div className="mx-auto w-full max-w-2xl px-4 py-10" data-testid="run-loading">
          <SkeletonText label="Loading the run" />
        </div>
      )}
    </AppShell>
  );
}

function NoSuchSubmission() {
  return (
    <NoticePage
      title="There is no such submission"
      data-testid="no-such-submission"
      actions={
        <LinkButton href="/review" variant="primary">
          Back to the queue
        </LinkButton>
      }
    >
      <p>It may have been removed, or the address is incomplete.</p>
    </NoticePage>
  );
}
