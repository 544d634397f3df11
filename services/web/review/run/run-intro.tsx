import { Play } from "lucide-react";
import type { ReactNode } from "react";
import type { Run, RunView } from "../../../shared/contracts/run.ts";
import { ProblemError } from "../../api-client/problem-error.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { Spinner } from "../../ui/spinner.tsx";
import { EmptyState, ErrorState } from "../../ui/states.tsx";
import { durationWords } from "../../ui/time-words.ts";
import { endWords } from "./run-words.ts";

export interface RunIntroProps {
  view: RunView;
  onStart: () => void;
  isStarting: boolean;
  error: unknown;
  /** Of the run that is over. */
  modelUse: ReactNode;
}

/** Before the first run, and after each one. */
export function RunIntro({ view, onStart, isStarting, error, modelUse }: RunIntroProps) {
  const { run, limitSec } = view;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-2xl flex-col gap-6 px-4 py-8 sm:px-8" data-testid="run-intro">
        {run ? <Over run={run} /> : null}
        <section aria-labelledby="run-what">
          <h2 id="run-what" className="mb-2 text-[1.2rem] font-[640]">
            {run ? "Run it again" : "Run the submission"}
          </h2>
          <ul className="list-disc space-y-1.5 pl-5 text-ink-soft">
            <li>
              You get a sandbox of your own with the files as they were submitted, the same data and limits,
              and the APIs as they were at the start, for {durationWords(limitSec)}.
            </li>
            <li>
              What the candidate's programs asked of models is answered from the record, at no cost. New
              requests are refused until you allow spending.
            </li>
            <li>
              What you change in it is kept nowhere: the submission, and all the candidate sees, stay as they
              are.
            </li>
            <li>
              <strong className="font-[620] text-ink">Files are as the candidate left them.</strong> In a run,
              names and addresses that the candidate wrote into them are not replaced; the review page
              replaces them.
            </li>
          </ul>
        </section>
        {error ? <StartFailure error={error} /> : null}
        <div>
          <Button variant="primary" onPress={onStart} isPending={isStarting} data-testid="run-start">
            <Play aria-hidden size={16} /> {run ? "Start another run" : "Start a run"}
          </Button>
        </div>
        {modelUse}
      </div>
    </div>
  );
}

function Over({ run }: { run: Run }) {
  const { title, text } = endWords(run);
  const isFault = run.end === "lost" || run.end === "failed";
  return (
    <Banner
      tone={isFault ? "danger" : "neutral"}
      role={isFault ? "alert" : "status"}
      title={title}
      data-testid={`run-over-${run.end}`}
    >
      {text}
    </Banner>
  );
}

function StartFailure({ error }: { error: unknown }) {
  const { problem } = ProblemError.from(error);
  if (problem.code !== "no_capacity") return <ErrorState error={error} />;
  return (
    <Banner tone="warn" role="alert" title={problem.title} data-testid="run-no-capacity">
      All workspaces are in use, and candidates come first. Try again in a few minutes.
    </Banner>
  );
}

export function Preparing() {
  return (
    <div role="status" data-testid="run-preparing" className="grid min-h-0 flex-1 place-content-center">
      <EmptyState icon={<Spinner className="size-6 text-accent" />} title="Preparing the run">
        The sandbox is filled with what was submitted. This page goes on by itself, usually within ten
        seconds.
      </EmptyState>
    </div>
  );
}
