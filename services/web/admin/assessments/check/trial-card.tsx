import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ExternalLink, FlaskConical } from "lucide-react";
import type { AssessmentDetail } from "../../../../shared/contracts/composer.ts";
import { api } from "../../../api-client/client.ts";
import { Button, LinkButton } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { CopyButton } from "../../../ui/code-block.tsx";
import { ErrorState } from "../../../ui/states.tsx";
import { formatInstant } from "../../../ui/time-words.ts";
import { assessmentQuery } from "../assessments-api.ts";
import type { Composer } from "../composer/use-composer.ts";

export interface TrialCardProps {
  composer: Composer;
  detail: AssessmentDetail;
  /** Nothing is known to be missing. */
  isReady: boolean;
}

/** The whole way of a candidate, for whoever writes the task. */
export function TrialCard({ composer, detail, isReady }: TrialCardProps) {
  const client = useQueryClient();
  const trying = useMutation({
    mutationFn: async () => api.tryAssessmentDraft(detail.id, { revision: await composer.draft.flush() }),
    onSuccess: () => client.invalidateQueries({ queryKey: assessmentQuery(detail.id).queryKey }),
  });
  const fresh =
    trying.data && !detail.trials.some((trial) => trial.invitationId === trying.data.invitationId);
  const trials = fresh ? [trying.data, ...detail.trials] : detail.trials;
  return (
    <Card
      title="Try it as a candidate"
      description="The lobby, a real workspace, the clock and the receipt. Nobody else sees it, and no reviewer gets it."
      actions={
        <Button
          size="small"
          onPress={() => trying.mutate()}
          isPending={trying.isPending}
          isDisabled={!isReady}
          data-testid="start-trial"
        >
          <FlaskConical aria-hidden size={15} />
          Make a trial link
        </Button>
      }
      data-testid="trial-card"
    >
      {isReady ? null : (
        <p className="text-[0.933rem] text-ink-soft">
          Fill in what is missing first; then there is something to try.
        </p>
      )}
      {trying.error ? <ErrorState error={trying.error} /> : null}
      {trials.length > 0 ? (
        <ul aria-label="Trials" className="divide-y divide-line rounded-lg border border-line">
          {trials.map((trial, index) => (
            <li
              key={trial.invitationId}
              className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5"
              data-testid="trial"
            >
              <span className="min-w-0 flex-1 text-[0.933rem]">
                Made {formatInstant(trial.createdAt)}
                {trial.createdBy ? ` by ${trial.createdBy}` : ""}
                <span className="block text-[0.867rem] text-ink-faint">
                  {index === 0 ? "As the draft was then. " : ""}Open until {formatInstant(trial.expiresAt)}
                </span>
              </span>
              <span className="flex items-center gap-1">
                <CopyButton text={trial.link} label="Copy the trial link" />
                <LinkButton size="small" href={trial.link} target="_blank" data-testid="open-trial">
                  Open
                  <ExternalLink aria-hidden size={14} />
                </LinkButton>
              </span>
            </li>
          ))}
        </ul>
      ) : null}
    </Card>
  );
}
