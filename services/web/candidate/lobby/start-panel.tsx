import { useState } from "react";
import type { CandidateView } from "../../../shared/contracts/candidate.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { Checkbox } from "../../ui/field.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { Swatch } from "../../ui/swatch.tsx";
import { durationWords, formatInstant, timeZoneName } from "../../ui/time-words.ts";

export interface StartPanelProps {
  view: CandidateView;
  /** The invitation ran out while the page was open. */
  expired: boolean;
  accepted: boolean;
  onAccept: (accepted: boolean) => void;
  /** What would keep this computer from doing the assessment. */
  obstacles: readonly string[];
  start: { run: () => void; isPending: boolean; error: unknown; reset: () => void };
}

export function StartPanel({ view, expired, accepted, onAccept, obstacles, start }: StartPanelProps) {
  const [asking, setAsking] = useState(false);
  const [reminded, setReminded] = useState(false);
  const { lobby } = view;
  const missing = reminded && !accepted;

  const press = () => {
    setReminded(!accepted);
    if (accepted) setAsking(true);
    else document.querySelector<HTMLInputElement>("[data-consent] input")?.focus();
  };
  const close = () => {
    setAsking(false);
    start.reset();
  };

  return (
    <Swatch>
      <p className="text-[0.933rem] text-ink-soft">Your time</p>
      <p className="mt-0.5 text-[1.9rem] leading-tight font-[640] tracking-[-0.03em]">
        {durationWords(lobby.limitSec)}
      </p>
      {lobby.extraTimeIncluded ? (
        <p className="mt-2 text-[0.933rem] text-ink-soft" data-testid="extra-time">
          Your extra time is in it. This stays between you and the people who arranged it; reviewers never see
          it.
        </p>
      ) : null}
      <p className="mt-3 text-[0.933rem] text-ink-soft">
        In one sitting, whenever you like until{" "}
        <time dateTime={view.expiresAt} className="font-medium whitespace-nowrap text-ink">
          {formatInstant(view.expiresAt)} {timeZoneName(view.expiresAt)}
        </time>
        .
      </p>
      <hr className="my-5 border-line" />
      {expired ? (
        <Banner tone="warn" title="This invitation has expired" data-testid="expired">
          It can no longer be started. If you would still like to take part, ask for another date under
          “Something in the way?”. When you get one, this link works again.
        </Banner>
      ) : (
        <>
          <Checkbox
            isSelected={accepted}
            onChange={onAccept}
            isInvalid={missing}
            isDisabled={view.consentedAt !== null}
            aria-describedby="consent-note"
            data-testid="consent"
            data-consent=""
            className="text-[0.933rem] leading-normal"
          >
            I have read what is recorded and how AI may be used, and I agree to it.
          </Checkbox>
          <p id="consent-note" role="alert" className="mt-2 min-h-5 text-[0.867rem] text-danger">
            {missing ? "Please tick the box first." : ""}
          </p>
          <Button variant="primary" size="large" onPress={press} className="mt-2 w-full" data-testid="start">
            Start
          </Button>
          <p className="mt-3 text-center text-[0.867rem] text-ink-faint">You will be asked once more.</p>
        </>
      )}
      <ConfirmDialog
        isOpen={asking}
        onClose={close}
        title="Start now?"
        confirmLabel="Start"
        cancelLabel="Not yet"
        onConfirm={start.run}
        isBusy={start.isPending}
        failure={start.error ? <ErrorState error={start.error} /> : null}
        data-testid="start-dialog"
      >
        <ul className="list-disc space-y-2 pl-5 marker:text-ink-faint">
          <li>We prepare your workspace. Your {durationWords(lobby.limitSec)} begin when it is ready.</li>
          <li>You cannot pause the clock. Closing the page does not stop it; your link brings you back.</li>
          <li>Your files are saved as you work. If our side fails, the time is given back to you.</li>
          <li>At the end your work is submitted as it stands. You may submit earlier.</li>
        </ul>
        {obstacles.length > 0 ? (
          <Banner tone="warn" title="Not on this device" className="mt-4" data-testid="obstacles">
            {obstacles.join(" ")}
          </Banner>
        ) : null}
      </ConfirmDialog>
    </Swatch>
  );
}
