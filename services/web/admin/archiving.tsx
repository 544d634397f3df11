import { Archive, ArchiveRestore } from "lucide-react";
import type { ReactNode } from "react";
import { ConfirmDialog } from "../ui/dialog.tsx";
import type { MenuEntry } from "../ui/menu.tsx";
import { ErrorState } from "../ui/states.tsx";

/** A menu's way into `ArchiveDialog`. */
export function archiveEntry(isArchived: boolean): MenuEntry {
  return isArchived
    ? { id: "archive", label: "Bring back", icon: <ArchiveRestore aria-hidden size={15} /> }
    : { id: "archive", label: "Archive…", icon: <Archive aria-hidden size={15} />, isDangerous: true };
}

export interface ArchiveDialogProps {
  /** Of the thing in question. */
  title: string;
  /** It is in the archive, so the question is whether to bring it back. */
  isArchived: boolean;
  /** What follows from a yes. */
  children: ReactNode;
  onConfirm: () => void;
  onClose: () => void;
  isPending: boolean;
  error: unknown;
}

/** Asks before a thing is archived, or an archived one brought back. */
export function ArchiveDialog({ title, isArchived, isPending, error, ...rest }: ArchiveDialogProps) {
  return (
    <ConfirmDialog
      {...rest}
      isOpen
      title={isArchived ? `Bring ${title} back?` : `Archive ${title}?`}
      confirmLabel={isArchived ? "Bring back" : "Archive"}
      isBusy={isPending}
      failure={error ? <ErrorState error={error} /> : null}
      data-testid="archive-dialog"
    />
  );
}
