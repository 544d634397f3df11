import { Ellipsis, Pencil, Plus } from "lucide-react";
import { useState } from "react";
import type { UpstreamView } from "../../../shared/contracts/models.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button, IconButton } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { KeyValues } from "../../ui/key-values.tsx";
import { Menu } from "../../ui/menu.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { ArchiveDialog, archiveEntry } from "../archiving.tsx";
import { ModelDialog } from "./model-dialog.tsx";
import { ModelRows } from "./model-rows.tsx";
import { MOCK_WORDS } from "./model-words.ts";
import { testUpstream, updateUpstream } from "./models-api.ts";
import { TestReport } from "./test-report.tsx";
import { UpstreamDialog } from "./upstream-dialog.tsx";
import { useUpstreamChange } from "./use-upstream-change.ts";

type Opened = "edit" | "archive" | "add-model" | null;

/** One upstream: where it is, whether it answers, and its models. */
export function UpstreamCard({ upstream }: { upstream: UpstreamView }) {
  const [opened, setOpened] = useState<Opened>(null);
  const testing = useUpstreamChange((model: string | undefined) => testUpstream(upstream.id, model));
  const isArchived = upstream.archivedAt !== null;
  const close = () => setOpened(null);
  return (
    <Card
      title={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1 [overflow-wrap:anywhere]">
          {upstream.name}
          {upstream.kind === "mock" ? <Badge tone="warn">{MOCK_WORDS}</Badge> : null}
          {isArchived ? <Badge>Archived</Badge> : null}
        </span>
      }
      actions={<Actions upstream={upstream} onOpen={setOpened} />}
      data-testid="upstream"
    >
      <div className="flex flex-col gap-5">
        <Facts upstream={upstream} />
        {testing.error ? <ErrorState error={testing.error} /> : null}
        {isArchived ? null : (
          <TestReport
            test={upstream.test}
            isTesting={testing.isPending}
            onTest={() => testing.mutate(undefined)}
          />
        )}
        <ModelRows
          upstream={upstream}
          isTesting={testing.isPending}
          onTest={(model) => testing.mutate(model)}
        />
        {isArchived ? null : (
          <Button
            className="self-start"
            size="small"
            onPress={() => setOpened("add-model")}
            data-testid="add-model"
          >
            <Plus aria-hidden size={15} />
            Add a model
          </Button>
        )}
      </div>
      {opened === "edit" ? <UpstreamDialog upstream={upstream} onClose={close} /> : null}
      {opened === "archive" ? <ArchiveUpstreamDialog upstream={upstream} onClose={close} /> : null}
      {opened === "add-model" ? <ModelDialog upstream={upstream} model={null} onClose={close} /> : null}
    </Card>
  );
}

function Actions({ upstream, onOpen }: { upstream: UpstreamView; onOpen: (opened: Opened) => void }) {
  const isArchived = upstream.archivedAt !== null;
  return (
    <Menu
      label={`What can be done with ${upstream.name}`}
      trigger={
        <IconButton label={`More about ${upstream.name}`} size="small" data-testid="upstream-menu">
          <Ellipsis aria-hidden size={18} />
        </IconButton>
      }
      items={
        isArchived
          ? [archiveEntry(true)]
          : [{ id: "edit", label: "Change…", icon: <Pencil aria-hidden size={15} /> }, archiveEntry(false)]
      }
      onAction={(id) => onOpen(id as Opened)}
    />
  );
}

function Facts({ upstream }: { upstream: UpstreamView }) {
  const isMock = upstream.kind === "mock";
  return (
    <KeyValues
      items={[
        ...(isMock
          ? [
              {
                name: "Mock",
                value: "A program of the platform's makes its answers up. Nothing is paid for them.",
              },
            ]
          : []),
        {
          name: "Address",
          value: (
            <code className="font-mono text-[0.867rem] [overflow-wrap:anywhere]">{upstream.baseUrl}</code>
          ),
        },
        ...(isMock ? [] : [{ name: "Key", value: <KeyWords {...upstream} /> }]),
      ]}
    />
  );
}

function KeyWords({ hasKey, keyHint }: Pick<UpstreamView, "hasKey" | "keyHint">) {
  if (!hasKey) return <span data-testid="no-key">None. It is asked without one.</span>;
  if (keyHint === "") return "There is one, kept sealed.";
  return (
    <>
      Ends in <code className="font-mono text-[0.867rem]">{keyHint}</code>, kept sealed.
    </>
  );
}

function ArchiveUpstreamDialog({ upstream, onClose }: { upstream: UpstreamView; onClose: () => void }) {
  const isArchived = upstream.archivedAt !== null;
  const moving = useUpstreamChange(() => updateUpstream(upstream.id, { archived: !isArchived }), {
    said: isArchived ? "Brought back" : "Archived",
    onDone: onClose,
  });
  return (
    <ArchiveDialog
      title={upstream.name}
      isArchived={isArchived}
      onConfirm={() => moving.mutate(undefined)}
      onClose={onClose}
      isPending={moving.isPending}
      error={moving.error}
    >
      {isArchived
        ? "Its models can be chosen for assessments again."
        : "Its models are offered for new versions of assessments no more. Those that are published go on using them."}
    </ArchiveDialog>
  );
}
