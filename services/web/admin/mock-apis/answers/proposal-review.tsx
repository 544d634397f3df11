import { useState } from "react";
import type {
  MockApiDraftView,
  MockApiProposal,
  MockApiProposalReason,
} from "../../../../shared/contracts/mock-api-studio.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { Switch } from "../../../ui/switch.tsx";
import { plural } from "../../../ui/time-words.ts";
import { ANSWER_WORDS } from "../answer-words.ts";
import { collectionOf } from "./accept-proposal.ts";
import { CertaintyBadge } from "./certainty-badge.tsx";
import { OperationLine } from "./operation-line.tsx";

export interface ProposalReviewProps {
  proposal: MockApiProposal;
  operations: MockApiDraftView["operations"];
  /** There are answers already that this takes the place of. */
  replaces: boolean;
  onAccept: (operationIds: ReadonlySet<string>) => void;
  onDiscard: () => void;
}

/** What is proposed, why, and how sure that is. Nothing of it counts until it is accepted. */
export function ProposalReview(props: ProposalReviewProps) {
  const { proposal, operations, onAccept } = props;
  const proposed = Object.keys(proposal.bindings.operations);
  const [accepted, setAccepted] = useState<ReadonlySet<string>>(() => new Set(proposed));
  const toggle = (operationId: string, isOn: boolean) =>
    setAccepted((now) => {
      const next = new Set(now);
      if (isOn) next.add(operationId);
      else next.delete(operationId);
      return next;
    });
  return (
    <section aria-label="Proposal" className="flex flex-col gap-6" data-testid="proposal">
      <Collections proposal={proposal} />
      <Card
        padding="none"
        title="Operations"
        description={`${proposed.length} of ${operations.length} can work on the data. Switch off what should be answered from examples and schemas.`}
      >
        <ul className="divide-y divide-line">
          {operations.map((operation) => (
            <ProposedOperation
              key={operation.operationId}
              operation={operation}
              proposal={proposal}
              isAccepted={accepted.has(operation.operationId)}
              onToggle={(isOn) => toggle(operation.operationId, isOn)}
            />
          ))}
        </ul>
      </Card>
      <div className="sticky bottom-0 z-20 -mx-4 flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line bg-page/95 px-4 py-3 backdrop-blur-sm sm:mx-0 sm:rounded-t-xl sm:border-x sm:px-5">
        <p className="min-w-0 flex-1 basis-56 text-[0.933rem] text-ink-soft">
          {props.replaces
            ? "Accepting replaces the answers there are. Time zone, key and limits stay."
            : "Nothing is changed until you accept."}
        </p>
        <Button onPress={props.onDiscard}>Discard</Button>
        <Button
          variant="primary"
          isDisabled={accepted.size === 0}
          onPress={() => onAccept(accepted)}
          data-testid="accept-proposal"
        >
          {accepted.size === proposed.length
            ? `Accept all ${accepted.size}`
            : `Accept ${accepted.size} ${plural(accepted.size, "operation")}`}
        </Button>
      </div>
    </section>
  );
}

function Collections({ proposal: { bindings, reasons } }: { proposal: MockApiProposal }) {
  const collections = Object.entries(bindings.collections);
  if (collections.length === 0)
    return (
      <Card title="No table fits">
        <p className="text-ink-soft">
          Nothing in the document is named like a table of this dataset. Choose other data, or write the
          answers as JSON.
        </p>
      </Card>
    );
  return (
    <Card
      title="Collections"
      description="What the API calls a thing, and the table its records come from."
      padding="none"
    >
      <ul className="divide-y divide-line">
        {collections.map(([name, { table, properties, id }]) => {
          const reason = reasons.find(({ of }) => of.kind === "collection" && of.collection === name);
          return (
            <li key={name} className="px-5 py-3">
              <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <span className="font-[620]">{name}</span>
                <span className="text-[0.9rem] text-ink-soft">
                  from <code className="font-mono">{table}</code> by <code className="font-mono">{id}</code>,{" "}
                  {Object.keys(properties).length} properties
                </span>
                {reason ? <CertaintyBadge certainty={reason.certainty} /> : null}
              </p>
              <Why reason={reason} />
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

interface ProposedOperationProps {
  operation: MockApiDraftView["operations"][number];
  proposal: MockApiProposal;
  isAccepted: boolean;
  onToggle: (isOn: boolean) => void;
}

function ProposedOperation({ operation, proposal, isAccepted, onToggle }: ProposedOperationProps) {
  const { operationId, method, path } = operation;
  const binding = proposal.bindings.operations[operationId];
  const reason = proposal.reasons.find(({ of }) => of.kind === "operation" && of.operationId === operationId);
  const unbound = proposal.unbound.find((one) => one.operationId === operationId);
  const collection = collectionOf(binding);
  return (
    <li className="flex items-start gap-4 px-5 py-3" data-testid={binding ? "proposed" : "unbound"}>
      <OperationLine operation={operation}>
        {binding && isAccepted ? (
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            {ANSWER_WORDS[binding.kind]}
            {collection ? ` of ${collection}` : ""}
            {reason ? <CertaintyBadge certainty={reason.certainty} /> : null}
          </p>
        ) : (
          <p>{ANSWER_WORDS.document}</p>
        )}
        {binding ? <Why reason={reason} /> : <p className="text-ink-faint">{unbound?.why}</p>}
      </OperationLine>
      {binding ? (
        <Switch isSelected={isAccepted} onChange={onToggle} isLabelHidden className="mt-0.5">
          {`Let ${method} ${path} work on the data`}
        </Switch>
      ) : null}
    </li>
  );
}

function Why({ reason }: { reason: MockApiProposalReason | undefined }) {
  return reason && reason.why.length > 0 ? (
    <p className="text-[0.9rem] text-ink-faint [overflow-wrap:anywhere]">{reason.why.join(" ")}</p>
  ) : null;
}
