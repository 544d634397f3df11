import { Ban, Clock, Download, Ellipsis, Link2 } from "lucide-react";
import type { BoardItem } from "../../shared/contracts/admin.ts";
import { IconButton } from "../ui/button.tsx";
import { Menu, type MenuEntry } from "../ui/menu.tsx";
import { archiveAddress } from "./admin-api.ts";
import { actionsFor, type RowAction } from "./row-actions.ts";

export function RowMenu({ item, onAction }: { item: BoardItem; onAction: (action: RowAction) => void }) {
  const actions = actionsFor(item);
  const entries: MenuEntry[] = [];
  if (actions.has("copy_link")) {
    entries.push({ id: "copy_link", label: "Copy personal link", icon: <Link2 aria-hidden size={15} /> });
  }
  if (actions.has("extend")) {
    entries.push({ id: "extend", label: "Add time…", icon: <Clock aria-hidden size={15} /> });
  }
  if (actions.has("download") && item.submissionId) {
    entries.push({
      id: "download",
      label: "Download archive",
      icon: <Download aria-hidden size={15} />,
      href: archiveAddress(item.submissionId),
      download: true,
    });
  }
  if (actions.has("revoke")) {
    entries.push({ id: "revoke", label: "Revoke…", icon: <Ban aria-hidden size={15} />, isDangerous: true });
  }
  if (entries.length === 0) return null;
  return (
    <span className="inline-flex">
      {actions.has("copy_link") ? (
        <IconButton
          label={`Copy the link of ${item.candidateName}`}
          size="small"
          onPress={() => onAction("copy_link")}
        >
          <Link2 aria-hidden size={16} />
        </IconButton>
      ) : null}
      <Menu
        label={`Actions for ${item.candidateName}`}
        items={entries}
        onAction={(id) => onAction(id as RowAction)}
        trigger={
          <IconButton
            label={`Actions for ${item.candidateName}`}
            size="small"
            data-testid={`actions-${item.invitationId}`}
          >
            <Ellipsis aria-hidden size={17} />
          </IconButton>
        }
      />
    </span>
  );
}
