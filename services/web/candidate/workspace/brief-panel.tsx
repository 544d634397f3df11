import type { AttemptView, TaskView } from "../../../shared/contracts/candidate.ts";
import { Markdown } from "../../ui/markdown.tsx";
import { durationWords, formatInstant } from "../../ui/time-words.ts";

export function BriefPanel({ task, attempt }: { task: TaskView; attempt: AttemptView }) {
  return (
    <div className="p-5 pb-8">
      <Markdown text={task.brief} />
      <section className="mt-8 border-t border-line pt-5 text-[0.933rem]">
        <h2 className="font-[620]">Your time</h2>
        <dl className="mt-2 grid grid-cols-[max-content_1fr] gap-x-5 gap-y-1 text-ink-soft">
          {attempt.startedAt ? <Fact name="Started">{formatInstant(attempt.startedAt)}</Fact> : null}
          {attempt.deadlineAt ? <Fact name="Ends">{formatInstant(attempt.deadlineAt)}</Fact> : null}
          {attempt.credits.map((credit) => (
            <Fact key={credit.at} name="Added">
              {durationWords(credit.seconds)}: {credit.reason}
            </Fact>
          ))}
        </dl>
      </section>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className="text-ink tabular-nums">{children}</dd>
    </>
  );
}
