import { Bold, Code, Heading2, Italic, Link2, List, ListOrdered } from "lucide-react";
import { Toolbar } from "react-aria-components";
import { IconButton } from "../button.tsx";
import type { MarkdownAction } from "./markdown-commands.ts";

const BUTTONS: { action: MarkdownAction; label: string; Icon: typeof Bold; className?: string }[] = [
  { action: "bold", label: "Bold", Icon: Bold },
  { action: "italic", label: "Italic", Icon: Italic },
  { action: "heading", label: "Heading", Icon: Heading2 },
  { action: "list", label: "List", Icon: List },
  { action: "numbers", label: "Numbered list", Icon: ListOrdered, className: "max-sm:hidden" },
  { action: "code", label: "Code", Icon: Code, className: "max-sm:hidden" },
  { action: "link", label: "Link", Icon: Link2 },
];

export interface MarkdownToolbarProps {
  label: string;
  isDisabled: boolean;
  onAction: (action: MarkdownAction) => void;
}

export function MarkdownToolbar({ label, isDisabled, onAction }: MarkdownToolbarProps) {
  return (
    <Toolbar aria-label={label} className="flex">
      {BUTTONS.map(({ action, label: name, Icon, className }) => (
        <IconButton
          key={action}
          label={name}
          size="small"
          isDisabled={isDisabled}
          className={className}
          onPress={() => onAction(action)}
        >
          <Icon aria-hidden size={16} />
        </IconButton>
      ))}
    </Toolbar>
  );
}
