import type { ReactNode } from "react";
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover, Separator } from "react-aria-components";
import { classNames } from "./class-names.ts";

export interface MenuEntry {
  id: string;
  label: string;
  icon?: ReactNode;
  isDisabled?: boolean;
  /** Drawn in red behind a line: it takes something away. */
  isDangerous?: boolean;
  /** Makes it a link, for example a download. */
  href?: string;
  download?: boolean;
}

export interface MenuProps {
  /** Names the menu for screen readers. */
  label: string;
  /** The button that opens it. */
  trigger: ReactNode;
  items: readonly MenuEntry[];
  onAction: (id: string) => void;
}

/** What can be done with one thing. */
export function Menu({ label, trigger, items, onAction }: MenuProps) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover
        placement="bottom end"
        className="min-w-56 overflow-auto rounded-lg border border-line-strong/60 bg-surface p-1"
      >
        <AriaMenu aria-label={label} onAction={(key) => onAction(String(key))} className="outline-none">
          {items.flatMap((item, index) => [
            item.isDangerous && !items[index - 1]?.isDangerous ? (
              <Separator key={`${item.id}-line`} className="my-1 border-t border-line" />
            ) : null,
            <MenuItem
              key={item.id}
              id={item.id}
              textValue={item.label}
              isDisabled={item.isDisabled}
              href={item.href}
              download={item.download}
              data-testid={`menu-${item.id}`}
              className={classNames(
                "flex cursor-default items-start gap-2.5 rounded-md px-2.5 py-1.5 text-[0.933rem] data-disabled:opacity-45",
                item.isDangerous
                  ? "text-danger data-focused:bg-danger-soft"
                  : "text-ink data-focused:bg-accent-soft",
              )}
            >
              <span className="mt-[0.2rem] shrink-0 text-current opacity-75">{item.icon}</span>
              {item.label}
            </MenuItem>,
          ])}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
