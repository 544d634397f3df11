import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Ellipsis, Pencil } from "lucide-react";
import { useState } from "react";
import type { MockApiDetail } from "../../../shared/contracts/mock-api-studio.ts";
import { IconButton } from "../../ui/button.tsx";
import { Menu } from "../../ui/menu.tsx";
import { showToast } from "../../ui/toast.tsx";
import { ArchiveDialog, archiveEntry } from "../archiving.tsx";
import { mockApiQuery, mockApisQuery, renameMockApi, setMockApiArchived } from "./mock-apis-api.ts";
import { TitleDialog } from "./title-dialog.tsx";

/** What can be done with a mock API as a whole. */
export function MockApiMenu({ detail }: { detail: MockApiDetail }) {
  const [open, setOpen] = useState<"rename" | "archive" | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Menu
        label={`What can be done with ${detail.title}`}
        trigger={
          <IconButton label="More" variant="secondary" data-testid="mock-api-menu">
            <Ellipsis aria-hidden size={18} />
          </IconButton>
        }
        items={[
          { id: "rename", label: "Rename", icon: <Pencil aria-hidden size={15} /> },
          archiveEntry(detail.archivedAt !== null),
        ]}
        onAction={(id) => setOpen(id as "rename" | "archive")}
      />
      {open === "rename" ? <RenameDialog detail={detail} onClose={close} /> : null}
      {open === "archive" ? <ArchiveMockApiDialog detail={detail} onClose={close} /> : null}
    </>
  );
}

interface MockApiDialogProps {
  detail: MockApiDetail;
  onClose: () => void;
}

function useChange<Input>(
  { detail, onClose }: MockApiDialogProps,
  said: string,
  change: (input: Input) => Promise<MockApiDetail>,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (next) => {
      onClose();
      showToast({ tone: "good", title: said });
      client.setQueryData(mockApiQuery(detail.id).queryKey, next);
      void client.invalidateQueries({ queryKey: mockApisQuery.queryKey });
    },
  });
}

function RenameDialog(props: MockApiDialogProps) {
  const { detail } = props;
  const renaming = useChange(props, "Renamed", (title: string) => renameMockApi(detail.id, { title }));
  return (
    <TitleDialog
      heading="Rename"
      confirmLabel="Save"
      initial={detail.title}
      isBusy={renaming.isPending}
      failure={renaming.error}
      onSave={(title) => renaming.mutate(title)}
      onClose={props.onClose}
    />
  );
}

function ArchiveMockApiDialog(props: MockApiDialogProps) {
  const { detail } = props;
  const isArchived = detail.archivedAt !== null;
  const moving = useChange(props, isArchived ? "Brought back" : "Archived", () =>
    setMockApiArchived(detail.id, !isArchived),
  );
  return (
    <ArchiveDialog
      title={detail.title}
      isArchived={isArchived}
      onConfirm={() => moving.mutate(undefined)}
      onClose={props.onClose}
      isPending={moving.isPending}
      error={moving.error}
    >
      {isArchived
        ? "It can be edited, published and chosen for assessments again."
        : "It is offered for new assessments no more. Assessments that use one of its versions keep it, and it can be brought back at any time."}
    </ArchiveDialog>
  );
}
