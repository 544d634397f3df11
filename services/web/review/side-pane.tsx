import type { SubmissionView } from "../../shared/contracts/review.ts";
import { Markdown } from "../ui/markdown.tsx";
import { EmptyState } from "../ui/states.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { AboutSubmission } from "./about-submission.tsx";
import type { FoundReference } from "./file-reference.ts";
import { ModelCallsTab } from "./model-calls/model-calls-tab.tsx";
import { RubricForm } from "./rubric-form.tsx";
import { SubmittedReview } from "./submitted-review.tsx";
import type { ReviewDraft } from "./use-review-draft.ts";

export interface SidePaneProps {
  submission: SubmissionView;
  draft: ReviewDraft;
  tab: string;
  onTab: (tab: string) => void;
  criterionId: string;
  onCriterion: (id: string) => void;
  showGaps: boolean;
  reference: string | null;
  paths: ReadonlySet<string>;
  onFollow: (reference: FoundReference) => void;
}

export function SidePane(props: SidePaneProps) {
  const { submission, tab, onTab } = props;
  const isLocked = props.draft.state.phase === "locked";
  return (
    <Tabs
      label="Beside the code"
      fill
      selected={tab}
      onSelect={onTab}
      items={[
        { id: "rubric", label: isLocked ? "Your review" : "Rubric", content: <Rubric {...props} /> },
        {
          id: "brief",
          label: "Brief",
          content: <Markdown text={submission.assessment.brief} headingLevel={3} className="px-5 py-5" />,
        },
        { id: "notes", label: "Notes", content: <Notes text={submission.notesToReviewer} /> },
        ...(submission.assessment.hasModels
          ? [
              {
                id: "models",
                label: "Model calls",
                content: <ModelCallsTab submissionId={submission.submissionId} />,
              },
            ]
          : []),
        { id: "about", label: "About", content: <AboutSubmission submission={submission} /> },
      ]}
    />
  );
}

function Rubric(props: SidePaneProps) {
  const { submission, draft, paths, onFollow } = props;
  if (draft.state.phase === "locked" && draft.review) {
    return (
      <SubmittedReview rubric={submission.rubric} review={draft.review} paths={paths} onFollow={onFollow} />
    );
  }
  return (
    <RubricForm
      rubric={submission.rubric}
      content={draft.state.content}
      focusedCriterion={props.criterionId}
      showGaps={props.showGaps}
      reference={props.reference}
      paths={paths}
      onContent={(content) => draft.edit(() => content)}
      onFocusCriterion={props.onCriterion}
      onFollow={onFollow}
    />
  );
}

function Notes({ text }: { text: string }) {
  if (text.trim() === "") {
    return (
      <EmptyState title="No notes">
        The candidate left none. That alone says nothing about the work.
      </EmptyState>
    );
  }
  return (
    <div className="px-5 py-5">
      <p className="mb-3 text-[0.84rem] text-ink-faint">From the candidate to you.</p>
      <Markdown text={text} headingLevel={3} />
    </div>
  );
}
