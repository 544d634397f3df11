import type { NewModelRequest, RunModels } from "../../../shared/contracts/run.ts";
import { Button } from "../../ui/button.tsx";
import { KeyValues } from "../../ui/key-values.tsx";
import { formatCount, formatUsd } from "../../ui/money-words.ts";
import { plural } from "../../ui/time-words.ts";
import { outcomeWords } from "./run-words.ts";

export interface ModelUseProps {
  models: RunModels;
  /** The run is over. */
  isOver?: boolean;
  /** Missing where there is nothing to allow any more. */
  onAllow?: () => void;
}

/** What the run asked of models: from the record, and new. */
export function ModelUse({ models, isOver, onAllow }: ModelUseProps) {
  const { replayed, newCount, recorded, spending } = models;
  return (
    <section aria-labelledby="run-models" data-testid="run-models">
      <h2 id="run-models" className="mb-1 text-[1.067rem] font-[620]">
        {isOver ? "Models in the last run" : "Models"}
      </h2>
      <p className="mb-4 text-[0.867rem] text-ink-soft">
        {recorded === 0
          ? "There is no answer on the record of this submission, so every request is new."
          : `${formatCount(recorded)} ${plural(recorded, "answer")} on the record can be replayed.`}
      </p>
      <KeyValues
        layout="columns"
        items={[
          { name: "Replayed", value: formatCount(replayed) },
          { name: "New", value: formatCount(newCount) },
          ...(spending
            ? [{ name: "Spent", value: `${formatUsd(spending.spentUsd)} of ${formatUsd(spending.limitUsd)}` }]
            : []),
        ]}
      />
      {spending && spending.reservedUsd > 0 ? (
        <p className="mt-2 text-[0.867rem] text-ink-soft">
          Up to {formatUsd(spending.reservedUsd)} more for what is under way.
        </p>
      ) : null}
      {onAllow ? (
        <Button size="small" className="mt-4" onPress={onAllow} data-testid="run-allow">
          {spending ? "Change what may be spent…" : "Allow spending…"}
        </Button>
      ) : null}
      <NewRequests models={models} />
    </section>
  );
}

function NewRequests({ models: { newRequests, newCount } }: { models: RunModels }) {
  if (newRequests.length === 0) return null;
  return (
    <div className="mt-6">
      <h3 className="mb-2 text-[0.933rem] font-[620]">New requests</h3>
      <ul className="divide-y divide-line border-y border-line" data-testid="run-new-requests">
        {newRequests.map((request) => (
          <NewRequest key={request.id} request={request} />
        ))}
      </ul>
      {newCount > newRequests.length ? (
        <p className="mt-2 text-[0.867rem] text-ink-faint">
          The newest {newRequests.length} of {formatCount(newCount)}.
        </p>
      ) : null}
    </div>
  );
}

function NewRequest({ request }: { request: NewModelRequest }) {
  const { excerpt, alias, endpoint, stream, times } = request;
  return (
    <li className="py-2.5 text-[0.867rem]">
      <p className="[overflow-wrap:anywhere]">{excerpt || <span className="text-ink-faint">No text</span>}</p>
      <p className="text-ink-faint [overflow-wrap:anywhere]">
        {alias} · {endpoint}
        {stream ? ", streamed" : ""} · {outcomeWords(request)}
        {times > 1 ? ` · ${formatCount(times)} times` : ""}
      </p>
    </li>
  );
}
