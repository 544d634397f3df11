import { useMutation } from "@tanstack/react-query";
import type { AttemptView, CandidateView } from "../../shared/contracts/candidate.ts";
import { ProblemError } from "../api-client/problem-error.ts";
import { Banner } from "../ui/banner.tsx";
import { Button } from "../ui/button.tsx";
import { formatInstant } from "../ui/time-words.ts";
import { showToast } from "../ui/toast.tsx";
import { candidateApi } from "./candidate-api.ts";

export interface MessageBannersProps {
  invitationId: string;
  messages: AttemptView["messages"];
  /** Across the page, without rounded corners. */
  flush?: boolean;
  onView: (view: CandidateView) => void;
}

/** What the people who run the assessment wrote, until it is put away. */
export function MessageBanners({ invitationId, messages, flush, onView }: MessageBannersProps) {
  const reading = useMutation({
    mutationFn: (messageId: string) => candidateApi.readMessage(invitationId, messageId),
    onSuccess: onView,
    onError: (error) => {
      const { title, hint } = ProblemError.from(error).problem;
      showToast({ tone: "danger", title, text: hint });
    },
  });
  return messages
    .filter(({ readAt }) => readAt === null)
    .map(({ id, text, sentAt }) => (
      <Banner
        key={id}
        flush={flush}
        tone="good"
        role="alert"
        title={`A message for you, ${formatInstant(sentAt).slice(-5)}`}
        data-testid="message"
        actions={
          <Button
            size="small"
            onPress={() => reading.mutate(id)}
            isPending={reading.isPending && reading.variables === id}
            data-testid="message-read"
          >
            I have read it
          </Button>
        }
      >
        <p className="whitespace-pre-wrap">{text}</p>
      </Banner>
    ));
}
