import type { ReactNode } from "react";
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from "react-aria-components";
import { classNames } from "./class-names.ts";

export interface TabItem {
  id: string;
  label: ReactNode;
  content: ReactNode;
}

export interface TabsProps {
  /** Names the list of tabs for screen readers. */
  label: string;
  items: readonly TabItem[];
  selected?: string;
  onSelect?: (id: string) => void;
  /** Tabs stay, their content scrolls inside the given height. */
  fill?: boolean;
  panelClassName?: string;
  className?: string;
}

/** Tabs with arrow-key movement. Uncontrolled unless `selected` is given. */
export function Tabs({ label, items, selected, onSelect, fill, panelClassName, className }: TabsProps) {
  return (
    <AriaTabs
      selectedKey={selected}
      onSelectionChange={(key) => onSelect?.(String(key))}
      className={classNames("flex flex-col", fill && "min-h-0 flex-1", className)}
    >
      <TabList
        aria-label={label}
        className={classNames(
          "flex shrink-0 gap-5 overflow-x-auto border-b border-line [scrollbar-width:none]",
          fill && "px-5",
        )}
      >
        {items.map((item) => (
          <Tab
            key={item.id}
            id={item.id}
            data-testid={`tab-${item.id}`}
            className={classNames(
              "relative -mb-px cursor-pointer border-b-2 border-transparent py-2.5 text-[0.933rem] font-medium whitespace-nowrap",
              "text-ink-soft transition-colors data-hovered:text-ink data-selected:border-accent data-selected:text-ink",
              "data-focus-visible:-outline-offset-2",
            )}
          >
            {item.label}
          </Tab>
        ))}
      </TabList>
      {items.map((item) => (
        <TabPanel
          key={item.id}
          id={item.id}
          className={classNames(
            "data-focus-visible:-outline-offset-2",
            fill && "relative min-h-0 flex-1 overflow-y-auto",
            panelClassName,
          )}
        >
          {item.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
