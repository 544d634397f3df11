import type { BoardItem } from "../../shared/contracts/admin.ts";
import { ExtendDialog } from "./extend-dialog.tsx";
import { DetailsDialog } from "./invitations/details-dialog.tsx";
import { StepInDialog } from "./invitations/step-in-dialogs.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { RevokeDialog } from "./revoke-dialog.tsx";
import type { RowAction } from "./row-actions.ts";

export type OpenDialog =
  | { kind: "invite" }
  | { kind: Exclude<RowAction, "copy_link" | "download">; item: BoardItem }
  | null;

/** At most one dialog at a time; each starts afresh when it opens. */
export function BoardDialogs({ open, onClose }: { open: OpenDialog; onClose: () => void }) {
  if (open === null) return null;
  switch (open.kind) {
    case "invite":
      return <InviteDialog onClose={onClose} />;
    case "details": {
      const { invitationId, candidateName } = open.item;
      return <DetailsDialog invitationId={invitationId} name={candidateName} onClose={onClose} />;
    }
    case "extend":
      return <ExtendDialog item={open.item} onClose={onClose} />;
    case "revoke":
      return <RevokeDialog item={open.item} onClose={onClose} />;
    default:
      return <StepInDialog step={open.kind} item={open.item} onClose={onClose} />;
  }
}
