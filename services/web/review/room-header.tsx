import { ArrowLeft, Keyboard, Play } from "lucide-react";
import { Link } from "react-aria-components";
import type { SubmissionView } from "../../shared/contracts/review.ts";
import { Button, IconButton, LinkButton } from "../ui/button.tsx";
import { SaveMark } from "../ui/save-mark.tsx";
import { countRated } from "./rubric-progress.ts";
import type { ReviewDraft } from "./use-review-draft.ts";

export interface RoomHeaderProps {
  submission: SubmissionView;
  draft: ReviewDraft;
  onHelp: () => void;
  onSubmit: () => void;
}

export function RoomHeader({ submission, draft, onHelp, onSubmit }: RoomHeaderProps) {
  const { phase, content } = draft.state;
  const total = submission.rubric.criteria.length;
  const rated = countRated(submission.rubric, content.ratings);
  return (
    <div className="flex min-h-[3.4rem] flex-wrap items-center gap-x-4 gap-y-1 border-b border-line bg-surface px-3 py-2 sm:px-4">
      <Link
        href="/review"
        aria-label="Back to the queue"
        className="grid size-8 place-items-center rounded-md text-ink-soft data-hovered:bg-ink/6 data-hovered:text-ink"
      >
        <ArrowLeft aria-hidden size={17} />
      </Link>
      <div className="min-w-0 flex-1">
        <h1 className="truncate text-[1.067rem] leading-tight font-[640]">{submission.codeName}</h1>
        <p className="truncate text-[0.8rem] leading-tight text-ink-faint">
          {submission.assessment.title}
          <span className="max-sm:hidden"> · {submission.assessment.roleTitle}</span>
        </p>
      </div>
      <LinkButton size="small" href={`/review/${submission.submissionId}/run`} data-testid="open-run">
        <Play aria-hidden size={15} /> Run
      </LinkButton>
      {phase === "locked" ? null : (
        <div className="flex items-center gap-4 max-sm:w-full max-sm:justify-between max-sm:pl-11">
          {phase === "saved" && draft.review === null ? (
            <span className="text-[0.84rem] text-ink-faint">Not started</span>
          ) : (
            <SaveMark phase={phase} />
          )}
          <Progress rated={rated} total={total} />
          <Button variant="primary" size="small" onPress={onSubmit} data-testid="submit-review">
            <span className="sm:hidden">Submit</span>
            <span className="max-sm:hidden">Submit review</span>
          </Button>
        </div>
      )}
      <IconButton
        label="Keyboard shortcuts"
        size="small"
        onPress={onHelp}
        className="max-lg:hidden"
        data-testid="open-help"
      >
        <Keyboard aria-hidden size={17} />
      </IconButton>
    </div>
  );
}

function Progress({ rated, total }: { rated: number; total: number }) {
  return (
    <span className="flex items-center gap-2 text-[0.84rem] whitespace-nowrap text-ink-soft tabular-nums">
      <span
        role="progressbar"
        aria-label="Criteria rated"
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={rated}
        className="h-1.5 w-16 overflow-hidden rounded-full bg-ink/10 max-sm:hidden"
      >
        <span
          className="block h-full rounded-full bg-accent transition-[width]"
          style={{ width: `${(rated / total) * 100}%` }}
        />
      </span>
      {rated} of {total} rated
    </span>
  );
}
