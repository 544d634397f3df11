import type { BoardItem } from "../../shared/contracts/admin.ts";
import { ExtendDialog } from "./extend-dialog.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { RevokeDialog } from "./revoke-dialog.tsx";

export type OpenDialog = { kind: "invite" } | { kind: "extend" | "revoke"; item: BoardItem } | null;

/** At most one dialog at a time; each starts afresh when it opens. */
export function BoardDialogs({ open, onClose }: { open: OpenDialog; onClose: () => void }) {
  if (open === null) return null;
  if (open.kind === "invite") return <InviteDialog onClose={onClose} />;
  return open.kind === "extend" ? (
    <ExtendDialog item={open.item} onClose={onClose} />
  ) : (
    <RevokeDialog item={open.item} onClose={onClose} />
  );
}
