import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Rubric } from "../../shared/contracts/rubric.ts";
import { ConfirmDialog } from "../ui/dialog.tsx";
import { ErrorState } from "../ui/states.tsx";
import { showToast } from "../ui/toast.tsx";
import { RECOMMENDATION_NAMES } from "./recommendation-field.tsx";
import { ratingOf, weightedScore } from "./rubric-progress.ts";
import type { ReviewDraft } from "./use-review-draft.ts";

export interface SubmitDialogProps {
  isOpen: boolean;
  onClose: () => void;
  rubric: Rubric;
  draft: ReviewDraft;
  codeName: string;
}

/** The last look before a review is locked. */
export function SubmitDialog({ isOpen, onClose, rubric, draft, codeName }: SubmitDialogProps) {
  const client = useQueryClient();
  const { content } = draft.state;
  const submitting = useMutation({
    mutationFn: draft.submit,
    onSuccess: () => {
      onClose();
      showToast({ tone: "good", title: "Review submitted", text: `Your review of ${codeName} is locked.` });
      void client.invalidateQueries({ queryKey: ["review", "queue"] });
    },
  });
  const score = weightedScore(rubric, content.ratings);
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={() => {
        submitting.reset();
        onClose();
      }}
      title={`Submit your review of ${codeName}?`}
      confirmLabel="Submit review"
      cancelLabel="Keep editing"
      onConfirm={() => submitting.mutate()}
      isBusy={submitting.isPending}
      failure={submitting.error ? <ErrorState error={submitting.error} /> : null}
      data-testid="submit-dialog"
    >
      <p>It is then locked: neither you nor an admin can change it.</p>
      <dl className="mt-4 divide-y divide-line rounded-lg border border-line text-[0.9rem]">
        {rubric.criteria.map(({ id, title }) => (
          <div key={id} className="flex items-baseline justify-between gap-4 px-3.5 py-2">
            <dt>{title}</dt>
            <dd className="font-[620] text-ink tabular-nums">{ratingOf(content.ratings, id).level}</dd>
          </div>
        ))}
        <div className="flex items-baseline justify-between gap-4 bg-sunken px-3.5 py-2">
          <dt>Weighted score</dt>
          <dd className="font-[620] text-ink tabular-nums">{score?.toFixed(2)}</dd>
        </div>
        <div className="flex items-baseline justify-between gap-4 bg-sunken px-3.5 py-2">
          <dt>Recommendation</dt>
          <dd className="font-[620] text-ink">
            {content.recommendation ? RECOMMENDATION_NAMES[content.recommendation] : ""}
          </dd>
        </div>
      </dl>
    </ConfirmDialog>
  );
}
