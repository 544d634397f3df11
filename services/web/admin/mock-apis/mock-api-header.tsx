import { useMutation } from "@tanstack/react-query";
import { ExternalLink } from "lucide-react";
import { useState } from "react";
import type { MockApiDetail } from "../../../shared/contracts/mock-api-studio.ts";
import { Breadcrumbs } from "../../ui/breadcrumbs.tsx";
import { Button, LinkButton } from "../../ui/button.tsx";
import { SaveMark } from "../../ui/save-mark.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { CheckBadge } from "./check-badge.tsx";
import { MockApiMenu } from "./mock-api-menu.tsx";
import { checkDraft } from "./mock-apis-api.ts";
import { MOCK_APIS_CRUMB } from "./page-states.tsx";
import { PublishDialog } from "./publish-dialog.tsx";
import { publishedAs } from "./published-as.ts";
import type { TabId } from "./tab-ids.ts";
import type { MockApiEditor } from "./use-mock-api-draft.ts";

export interface MockApiHeaderProps {
  detail: MockApiDetail;
  editor: MockApiEditor;
  onGoTo: (tab: TabId) => void;
}

/** Whose draft this is, where its check stands, and the ways on. */
export function MockApiHeader({ detail, editor, onGoTo }: MockApiHeaderProps) {
  const [isPublishing, setPublishing] = useState(false);
  const checking = useMutation({
    mutationFn: () => editor.act((revision) => checkDraft(detail.id, revision)),
  });
  const { draft, view, checkState } = editor;
  const isSaved = draft.state.phase === "saved";
  return (
    <header className="flex flex-col gap-4">
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <div className="min-w-0 max-w-2xl">
          <div className="mb-2 text-[0.933rem] font-medium text-accent">
            <Breadcrumbs items={[MOCK_APIS_CRUMB]} />
          </div>
          <h1 className="text-[1.75rem] leading-[1.15] font-[640] tracking-[-0.02em] [overflow-wrap:anywhere] sm:text-[2.1rem]">
            {detail.title}
          </h1>
          <div className="mt-2.5 flex flex-wrap items-center gap-x-4 gap-y-1.5">
            <CheckBadge
              state={checkState}
              hasDocument={view.source !== null || view.document !== null}
              publishedAs={publishedAs(detail.latestVersion, view.updatedAt)}
            />
            {view.document ? <SaveMark phase={draft.state.phase} /> : null}
          </div>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          {view.source || view.document ? (
            <Button
              onPress={() => checking.mutate()}
              isPending={checking.isPending || checkState === "waiting"}
              isDisabled={draft.state.phase === "conflict"}
              data-testid="check"
            >
              Check
            </Button>
          ) : null}
          {view.document ? (
            // A page of its own, loaded anew: it may call trial instances, which no other page may.
            <LinkButton
              href={`/admin/mock-apis/${detail.id}/console`}
              target="_blank"
              isDisabled={!isSaved}
              data-testid="try-it"
            >
              Try it
              <ExternalLink aria-hidden size={15} />
              <span className="sr-only">(in a new tab)</span>
            </LinkButton>
          ) : null}
          <Button
            variant={view.document ? "primary" : "secondary"}
            onPress={() => setPublishing(true)}
            data-testid="publish"
          >
            Publish…
          </Button>
          <MockApiMenu detail={detail} />
        </div>
      </div>
      {checking.error ? <ErrorState error={checking.error} /> : null}
      {isPublishing ? (
        <PublishDialog
          detail={detail}
          editor={editor}
          onCheck={() => checking.mutate()}
          onGoTo={onGoTo}
          onClose={() => setPublishing(false)}
        />
      ) : null}
    </header>
  );
}
