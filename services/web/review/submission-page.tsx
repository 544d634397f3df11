import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import type { StaffMe } from "../../shared/contracts/admin.ts";
import type { SubmissionTreeView, SubmissionView } from "../../shared/contracts/review.ts";
import { api } from "../api-client/client.ts";
import { ProblemError } from "../api-client/problem-error.ts";
import { StaffGate, ToSignIn } from "../sign-in/staff-gate.tsx";
import { isSignedOut } from "../sign-in/staff-session.ts";
import { StaffTopBar } from "../sign-in/staff-top-bar.tsx";
import { AppShell } from "../ui/app-shell.tsx";
import { LinkButton } from "../ui/button.tsx";
import { NoticePage } from "../ui/notice-page.tsx";
import { PageFailure } from "../ui/page-failure.tsx";
import { fileKey } from "./file-tree.ts";
import { ReadingRoom } from "./reading-room.tsx";
import { RoomLoading } from "./room-loading.tsx";
import { useFileBrowser } from "./use-file-browser.ts";
import { useLoadedFile } from "./use-loaded-file.ts";
import { useReviewDraft } from "./use-review-draft.ts";

export function SubmissionPage() {
  const { submissionId } = useParams({ from: "/review/$submissionId" });
  return (
    <StaffGate allow={["reviewer", "admin"]}>
      {(me) => <LoadedSubmission key={submissionId} me={me} submissionId={submissionId} />}
    </StaffGate>
  );
}

function LoadedSubmission({ me, submissionId }: { me: StaffMe; submissionId: string }) {
  // The draft lives in the page from here on; asking again would only fight with it.
  const once = { staleTime: Number.POSITIVE_INFINITY, gcTime: 0, refetchOnWindowFocus: false };
  const submission = useQuery({
    queryKey: ["review", submissionId],
    queryFn: ({ signal }) => api.readSubmission(submissionId, { signal }),
    ...once,
  });
  const tree = useQuery({
    queryKey: ["review", submissionId, "tree"],
    queryFn: ({ signal }) => api.readSubmissionTree(submissionId, { signal }),
    ...once,
  });
  const error = submission.error ?? tree.error;
  if (isSignedOut(error)) return <ToSignIn reason="expired" />;
  if (error instanceof ProblemError && error.status === 404) return <NoSuchSubmission />;
  if (error) {
    const retry = () => {
      if (submission.isError) void submission.refetch();
      if (tree.isError) void tree.refetch();
    };
    return <PageFailure error={error} onRetry={retry} />;
  }
  return (
    <AppShell topBar={<StaffTopBar me={me} wide />} width="bleed">
      {submission.data && tree.data ? (
        <OpenRoom me={me} submission={submission.data} tree={tree.data} />
      ) : (
        <RoomLoading />
      )}
    </AppShell>
  );
}

interface OpenRoomProps {
  me: StaffMe;
  submission: SubmissionView;
  tree: SubmissionTreeView;
}

function OpenRoom({ me, submission, tree }: OpenRoomProps) {
  const { file } = useSearch({ from: "/review/$submissionId" });
  const navigate = useNavigate({ from: "/review/$submissionId" });
  const browser = useFileBrowser(tree, file ?? null);
  const loaded = useLoadedFile(submission.submissionId, browser.open);
  const draft = useReviewDraft(me.id, submission);
  const open = (key: string) => void navigate({ search: { file: key }, replace: true, resetScroll: false });
  return (
    <ReadingRoom
      submission={submission}
      tree={tree}
      browser={browser}
      loaded={loaded}
      draft={draft}
      onOpen={(entry) => open(fileKey(entry))}
    />
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
