import {
  Ban,
  CirclePause,
  CirclePlay,
  Clock,
  Download,
  Ellipsis,
  Flag,
  Link2,
  type LucideIcon,
  MessageSquare,
  PanelRightOpen,
} from "lucide-react";
import type { BoardItem } from "../../shared/contracts/admin.ts";
import { IconButton } from "../ui/button.tsx";
import { Menu, type MenuEntry } from "../ui/menu.tsx";
import { archiveAddress } from "./admin-api.ts";
import { actionsFor, type RowAction } from "./row-actions.ts";

interface Entry {
  id: Exclude<RowAction, "download">;
  label: string;
  Icon: LucideIcon;
  isDangerous?: boolean;
}

const ENTRIES: Entry[] = [
  { id: "details", label: "Details…", Icon: PanelRightOpen },
  { id: "copy_link", label: "Copy personal link", Icon: Link2 },
  { id: "message", label: "Write a message…", Icon: MessageSquare },
  { id: "extend", label: "Add time…", Icon: Clock },
  { id: "pause", label: "Pause…", Icon: CirclePause },
  { id: "resume", label: "Let go on…", Icon: CirclePlay },
];
const LAST_ENTRIES: Entry[] = [
  { id: "end", label: "End and submit…", Icon: Flag, isDangerous: true },
  { id: "revoke", label: "Revoke…", Icon: Ban, isDangerous: true },
];

function entriesOf(item: BoardItem, actions: ReadonlySet<RowAction>): MenuEntry[] {
  const among = (entries: Entry[]): MenuEntry[] =>
    entries
      .filter(({ id }) => actions.has(id))
      .map(({ Icon, ...entry }) => ({ ...entry, icon: <Icon aria-hidden size={15} /> }));
  const download: MenuEntry[] =
    actions.has("download") && item.submissionId
      ? [
          {
            id: "download",
            label: "Download archive",
            icon: <Download aria-hidden size={15} />,
            href: archiveAddress(item.submissionId),
            download: true,
          },
        ]
      : [];
  return [...among(ENTRIES), ...download, ...among(LAST_ENTRIES)];
}

export function RowMenu({ item, onAction }: { item: BoardItem; onAction: (action: RowAction) => void }) {
  const actions = actionsFor(item);
  const entries = entriesOf(item, actions);
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
