import { type ReactNode, useState } from "react";
import { TextLink } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { SearchField } from "../ui/search-field.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { EmptyState } from "../ui/states.tsx";

/** Which part of a library is in sight. */
export type LibraryPart = "current" | "archived";

export interface LibraryListProps<Item> {
  /** What the library holds, in sentences: "No dataset is called that". */
  noun: { one: string; many: string };
  /** What those that are not archived are called. */
  currentLabel: string;
  shows: LibraryPart;
  onShow: (shows: LibraryPart) => void;
  /** Those of the part in sight. */
  items: readonly Item[];
  /** What a search looks through. */
  textOf: (item: Item) => string;
  /** Drawn above the words when there is nothing to list. */
  icon: ReactNode;
  emptyTitle: string;
  /** A `LibraryRow`. */
  children: (item: Item) => ReactNode;
}

/** A library's things, current or archived, narrowed by a search. */
export function LibraryList<Item>({ noun, shows, onShow, items, textOf, ...rest }: LibraryListProps<Item>) {
  const [search, setSearch] = useState("");
  const wanted = search.trim().toLowerCase();
  const found = items.filter((item) => textOf(item).toLowerCase().includes(wanted));
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <Segmented
          label={`Which ${noun.many} to show`}
          value={shows}
          onChange={onShow}
          options={[
            { value: "current", label: rest.currentLabel },
            { value: "archived", label: "Archived" },
          ]}
        />
        <SearchField
          label={`Search ${noun.many}`}
          placeholder={`Find a ${noun.one}`}
          value={search}
          onChange={setSearch}
          className="w-full sm:ml-auto sm:w-64"
        />
      </div>
      <Card padding="none">
        {found.length === 0 ? (
          <EmptyState
            icon={rest.icon}
            title={wanted === "" ? rest.emptyTitle : `No ${noun.one} is called that`}
          >
            {wanted === "" ? "What you archive keeps its versions and is found here." : "Try another word."}
          </EmptyState>
        ) : (
          <ul className="divide-y divide-line">{found.map(rest.children)}</ul>
        )}
      </Card>
    </>
  );
}

export interface LibraryRowProps {
  title: string;
  href: string;
  /** Below the title. */
  about: ReactNode;
  /** At the end of the row: its latest version, and what is under way. */
  children: ReactNode;
  "data-testid": string;
}

export function LibraryRow({ title, href, about, children, ...rest }: LibraryRowProps) {
  return (
    <li {...rest} className="flex flex-wrap items-start justify-between gap-x-8 gap-y-2 px-5 py-4">
      <div className="min-w-0 flex-1 basis-64 [overflow-wrap:anywhere]">
        <h2 className="text-[1.067rem] font-[620]">
          <TextLink
            href={href}
            className="text-ink no-underline data-hovered:text-accent data-hovered:underline"
          >
            {title}
          </TextLink>
        </h2>
        {about}
      </div>
      <div className="flex flex-col items-start gap-1 text-[0.9rem] text-ink-soft sm:items-end sm:text-right">
        {children}
      </div>
    </li>
  );
}
