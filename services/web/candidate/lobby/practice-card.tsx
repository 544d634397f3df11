import type { AttemptView } from "../../../shared/contracts/candidate.ts";
import { Button } from "../../ui/button.tsx";
import { Spinner } from "../../ui/spinner.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { durationWords } from "../../ui/time-words.ts";

export interface PracticeCardProps {
  view: AttemptView | null;
  limitSec: number;
  onStart: () => void;
  onOpen: () => void;
  onEnd: () => void;
  isStarting: boolean;
  isEnding: boolean;
  error: unknown;
}

export function PracticeCard({ view, limitSec, error, ...actions }: PracticeCardProps) {
  const failed = view?.state === "failed";
  return (
    <div data-testid="practice-card" data-state={view?.state ?? "none"}>
      <p>
        A practice workspace has the same editor and terminal with a small example in it. It counts for
        nothing, nobody looks at it, and it closes by itself after {durationWords(limitSec)}.
      </p>
      {failed ? (
        <p className="mt-3 text-danger" role="alert">
          The practice workspace could not be prepared. {view?.failure} Please try again.
        </p>
      ) : null}
      <div className="mt-4 flex flex-wrap items-center gap-2" aria-live="polite">
        <PracticeActions view={view} {...actions} />
      </div>
      {error ? <ErrorState error={error} className="mt-4" /> : null}
    </div>
  );
}

type ActionProps = Omit<PracticeCardProps, "limitSec" | "error">;

function PracticeActions({ view, onStart, onOpen, onEnd, isStarting, isEnding }: ActionProps) {
  switch (view?.state) {
    case "provisioning":
      return (
        <span
          className="inline-flex h-10 items-center gap-2.5 font-medium text-ink"
          data-testid="practice-preparing"
        >
          <Spinner className="text-accent" /> Preparing the practice workspace
        </span>
      );
    case "running":
      return (
        <>
          <Button onPress={onOpen} data-testid="practice-open">
            Open practice
          </Button>
          <Button variant="quiet" onPress={onEnd} isPending={isEnding} data-testid="practice-end">
            End practice
          </Button>
        </>
      );
    default:
      return (
        <Button onPress={onStart} isPending={isStarting} data-testid="practice-start">
          {view ? "Practise again" : "Start practice"}
        </Button>
      );
  }
}
