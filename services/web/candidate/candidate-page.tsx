import { useParams } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import type { AttemptView } from "../../shared/contracts/candidate.ts";
import { ProblemError } from "../api-client/problem-error.ts";
import { PagePending } from "../ui/page-pending.tsx";
import { durationWords } from "../ui/time-words.ts";
import { showToast } from "../ui/toast.tsx";
import { noticesBetween, screenOf } from "./candidate-screen.ts";
import { EndedView } from "./ended-view.tsx";
import { InvitationProblem } from "./invitation-problem.tsx";
import { LobbyPage } from "./lobby/lobby-page.tsx";
import { PracticePage } from "./lobby/practice-page.tsx";
import { PreparingPage } from "./preparing-page.tsx";
import { ReceiptPage } from "./receipt/receipt-page.tsx";
import { SealingView } from "./sealing-view.tsx";
import { type LiveCandidate, useCandidate } from "./use-candidate.ts";
import { WorkspacePage } from "./workspace/workspace-page.tsx";

/** Problems that end what the page shows, even while it still holds an older view. */
const FINAL_CODES = new Set(["invitation_revoked", "candidate_session_required", "invitation_not_found"]);

/** What every screen of one invitation is given. */
export interface ScreenProps {
  invitationId: string;
  live: LiveCandidate & { view: NonNullable<LiveCandidate["view"]> };
}

export function CandidatePage() {
  const { invitationId = "" } = useParams({ strict: false });
  const live = useCandidate(invitationId);
  const [practiceOpen, setPracticeOpen] = useState(false);
  useAttemptNotices(live.view?.attempt ?? null);

  const { view, error } = live;
  if (error && (!view || FINAL_CODES.has(ProblemError.from(error).code)))
    return <InvitationProblem error={error} onRetry={live.refetch} />;
  if (!view) return <PagePending label="Loading your invitation" />;

  const props: ScreenProps = { invitationId, live: { ...live, view } };
  const screen = screenOf(view.attempt);
  switch (screen) {
    case "lobby":
      return practiceOpen && view.practice?.state === "running" ? (
        <PracticePage {...props} onLeave={() => setPracticeOpen(false)} />
      ) : (
        <LobbyPage {...props} onOpenPractice={() => setPracticeOpen(true)} />
      );
    case "preparing":
    case "start_failed":
      return <PreparingPage {...props} />;
    case "workspace":
      return <WorkspacePage {...props} />;
    case "sealing":
      return <SealingView timeUp={view.attempt?.endReason === "deadline"} />;
    case "receipt":
      return <ReceiptPage {...props} />;
    case "ended":
      return <EndedView attempt={view.attempt as AttemptView} />;
  }
}

/** Says what the platform did to the attempt meanwhile. */
function useAttemptNotices(attempt: AttemptView | null): void {
  const before = useRef<AttemptView | null>(null);
  useEffect(() => {
    for (const notice of noticesBetween(before.current, attempt)) {
      if (notice.kind === "time_added")
        showToast(
          { tone: "good", title: `${durationWords(notice.seconds)} added to your time`, text: notice.reason },
          15_000,
        );
      else showToast({ tone: "good", title: "Your workspace is back", text: "You can go on working." });
    }
    before.current = attempt;
  }, [attempt]);
}
