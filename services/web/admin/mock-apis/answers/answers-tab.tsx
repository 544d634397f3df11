import { useMutation } from "@tanstack/react-query";
import { FileCode2, Sparkles } from "lucide-react";
import { useState } from "react";
import type { MockApiProposal } from "../../../../shared/contracts/mock-api-studio.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { Segmented } from "../../../ui/segmented.tsx";
import { EmptyState, ErrorState } from "../../../ui/states.tsx";
import { propose } from "../mock-apis-api.ts";
import type { TabId } from "../tab-ids.ts";
import type { MockApiEditor } from "../use-mock-api-draft.ts";
import { acceptProposal } from "./accept-proposal.ts";
import { BindingsEditor } from "./bindings-editor.tsx";
import { DatasetCard } from "./dataset-card.tsx";
import { PresentAnswers } from "./present-answers.tsx";
import { ProposalReview } from "./proposal-review.tsx";

export interface AnswersTabProps {
  editor: MockApiEditor;
  onGoTo: (tab: TabId) => void;
}

/** Which operations work on data, and on which. */
export function AnswersTab({ editor, onGoTo }: AnswersTabProps) {
  const { draft, view } = editor;
  const [shows, setShows] = useState<"operations" | "json">("operations");
  const [proposal, setProposal] = useState<MockApiProposal | null>(null);
  const proposing = useMutation({
    mutationFn: async () => {
      await draft.flush();
      return propose(view.mockApiId, {});
    },
    onSuccess: setProposal,
  });
  if (!view.document)
    return (
      <Card>
        <EmptyState
          icon={<FileCode2 aria-hidden size={28} />}
          title="First the document"
          actions={<Button onPress={() => onGoTo("document")}>Go to the document</Button>}
        >
          What can be answered from data is known once a document has passed its check.
        </EmptyState>
      </Card>
    );
  const { bindings, datasetVersionId } = draft.content;
  return (
    <div className="flex flex-col gap-6">
      <DatasetCard editor={editor} />
      {proposing.error ? <ErrorState error={proposing.error} /> : null}
      {proposal ? (
        <ProposalReview
          proposal={proposal}
          operations={view.operations}
          replaces={bindings !== null && Object.keys(bindings.operations).length > 0}
          onAccept={(accepted) => {
            draft.edit((content) => ({
              ...content,
              bindings: acceptProposal(proposal, accepted, content.bindings),
            }));
            setProposal(null);
            setShows("operations");
          }}
          onDiscard={() => setProposal(null)}
        />
      ) : (
        <>
          <div className="flex flex-wrap items-center justify-between gap-3">
            <Segmented
              label="How to show the answers"
              value={shows}
              onChange={setShows}
              options={[
                { value: "operations", label: "Operations" },
                { value: "json", label: "JSON, for experts" },
              ]}
            />
            <Button
              variant={bindings === null ? "primary" : "secondary"}
              onPress={() => proposing.mutate()}
              isPending={proposing.isPending}
              isDisabled={datasetVersionId === null}
              data-testid="propose"
            >
              <Sparkles aria-hidden size={16} />
              {bindings === null ? "Propose answers" : "Propose anew"}
            </Button>
          </div>
          {shows === "json" ? (
            <BindingsEditor draft={draft} />
          ) : (
            <PresentAnswers draft={draft} operations={view.operations} />
          )}
        </>
      )}
    </div>
  );
}
