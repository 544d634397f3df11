import { Table2 } from "lucide-react";
import type { MockApiDraftView } from "../../../../shared/contracts/mock-api-studio.ts";
import type { Draft } from "../../../drafts/use-draft.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { EmptyState } from "../../../ui/states.tsx";
import { ANSWER_WORDS } from "../answer-words.ts";
import type { DraftContent } from "../use-mock-api-draft.ts";
import { collectionOf, unbind } from "./accept-proposal.ts";
import { OperationLine } from "./operation-line.tsx";

export interface PresentAnswersProps {
  draft: Pick<Draft<DraftContent>, "content" | "edit">;
  operations: MockApiDraftView["operations"];
}

/** How each operation is answered in the draft as it stands. */
export function PresentAnswers({ draft, operations }: PresentAnswersProps) {
  const { bindings, datasetVersionId } = draft.content;
  if (bindings === null && datasetVersionId !== null)
    return (
      <Card>
        <EmptyState icon={<Table2 aria-hidden size={28} />} title="No operation works on the data yet">
          Propose answers: tables and operations are matched by names and schemas, and you confirm each.
        </EmptyState>
      </Card>
    );
  const letGo = (operationId: string) =>
    draft.edit((content) => ({
      ...content,
      bindings: content.bindings && unbind(content.bindings, operationId),
    }));
  return (
    <Card padding="none" data-testid="answers">
      <ul className="divide-y divide-line">
        {operations.map((operation) => {
          const binding = bindings?.operations[operation.operationId];
          const collection = collectionOf(binding);
          const table = collection === null ? undefined : bindings?.collections[collection]?.table;
          return (
            <li key={operation.operationId} className="flex flex-wrap items-start gap-x-4 gap-y-2 px-5 py-3">
              <OperationLine operation={operation}>
                <p className={binding ? "" : "text-ink-faint"}>
                  {ANSWER_WORDS[binding?.kind ?? "document"]}
                  {table ? (
                    <>
                      {" "}
                      of <code className="font-mono text-[0.93em]">{table}</code>
                    </>
                  ) : null}
                </p>
              </OperationLine>
              {binding ? (
                <Button
                  size="small"
                  variant="quiet"
                  onPress={() => letGo(operation.operationId)}
                  aria-label={`Use examples instead for ${operation.method} ${operation.path}`}
                >
                  Use examples instead
                </Button>
              ) : null}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
