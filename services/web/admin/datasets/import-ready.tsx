import { useMemo, useState } from "react";
import type { DatasetProfile } from "../../../shared/contracts/dataset-profile.ts";
import { type DatasetImportView, ImportChoices } from "../../../shared/contracts/dataset-studio.ts";
import { api } from "../../api-client/client.ts";
import type { ServerDraft } from "../../drafts/draft-state.ts";
import { type DraftStore, useDraft } from "../../drafts/use-draft.ts";
import { queryClient } from "../../query-client.ts";
import { ChoiceTrouble } from "./choice-trouble.tsx";
import { importQuery } from "./datasets-api.ts";
import { DetectedCard } from "./detected-card.tsx";
import { summarise } from "./import-choices.ts";
import { PublishBar } from "./publish-bar.tsx";
import { PublishDialog } from "./publish-dialog.tsx";
import { RowIssues } from "./row-issues.tsx";
import { SensitiveFindings } from "./sensitive-findings.tsx";
import { TableChoices } from "./table-choices.tsx";

export interface ImportReadyProps {
  view: DatasetImportView;
  profile: DatasetProfile;
  myId: string;
}

/** What was found, and what is to become of each column. */
export function ImportReady({ view, profile, myId }: ImportReadyProps) {
  const store = useMemo(() => choiceStore(view.id, myId), [view.id, myId]);
  const draft = useDraft(draftOf(view), store);
  const [isPublishing, setPublishing] = useState(false);
  const choices = draft.content;
  const summary = summarise(choices, profile);
  const edit = { choices, onChange: draft.edit };
  return (
    <div className="flex flex-col gap-6" data-testid="import-ready">
      <ChoiceTrouble draft={draft} />
      <DetectedCard profile={profile} />
      <RowIssues tables={profile.tables} />
      <SensitiveFindings profile={profile} {...edit} />
      <TableChoices profile={profile} importId={view.id} {...edit} />
      <PublishBar phase={draft.state.phase} summary={summary} onPublish={() => setPublishing(true)} />
      {isPublishing ? (
        <PublishDialog
          view={view}
          summary={summary}
          {...edit}
          flush={draft.flush}
          onClose={() => setPublishing(false)}
        />
      ) : null}
    </div>
  );
}

const draftOf = (view: DatasetImportView): ServerDraft<ImportChoices> => ({
  revision: view.revision,
  content: view.choices,
  updatedAt: view.now,
});

function choiceStore(importId: string, myId: string): DraftStore<ImportChoices> {
  const { queryKey, queryFn } = importQuery(importId);
  const keep = (view: DatasetImportView) => {
    queryClient.setQueryData(queryKey, view);
    return draftOf(view);
  };
  return {
    key: `worksample-import-choices:${myId}:${importId}`,
    schema: ImportChoices,
    conflict: "dataset_import_conflict",
    save: async (revision, content, keepalive) =>
      keep(await api.saveDatasetImportChoices(importId, { revision, choices: content }, { keepalive })),
    load: async () => keep(await queryClient.fetchQuery({ queryKey, queryFn, staleTime: 0 })),
  };
}
