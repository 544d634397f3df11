import { Archive, ArchiveRestore, Copy, Download, Ellipsis } from "lucide-react";
import { Link } from "react-aria-components";
import { ROLE_TYPE_NAMES } from "../../../../shared/contracts/common.ts";
import type { AssessmentListItem } from "../../../../shared/contracts/composer.ts";
import { IconButton } from "../../../ui/button.tsx";
import { Menu, type MenuEntry } from "../../../ui/menu.tsx";
import { type Column, Table } from "../../../ui/table.tsx";
import { durationWords, formatInstant, plural } from "../../../ui/time-words.ts";
import { exportAddress } from "../assessments-api.ts";
import type { ListDialog } from "./assessments-view.tsx";
import { StateBadges } from "./state-badges.tsx";
import { useRestore } from "./use-restore.ts";

export interface AssessmentRowsProps {
  items: readonly AssessmentListItem[];
  onOpen: (dialog: ListDialog) => void;
}

/** A table where there is room, cards on a phone. */
export function AssessmentRows({ items, onOpen }: AssessmentRowsProps) {
  return (
    <>
      <Table
        caption="Assessments"
        columns={columnsWith(onOpen)}
        rows={items}
        rowKey={({ id }) => id}
        className="max-md:hidden"
      />
      <ul className="divide-y divide-line md:hidden">
        {items.map((item) => (
          <li key={item.id} className="flex items-start justify-between gap-2 px-4 py-4">
            <div className="min-w-0">
              <TitleLink item={item} />
              <p className="mt-2 text-[0.867rem] text-ink-soft">{factsOf(item)}</p>
              <p className="mt-2">
                <Standing item={item} />
              </p>
            </div>
            <RowActions item={item} onOpen={onOpen} />
          </li>
        ))}
      </ul>
    </>
  );
}

function columnsWith(onOpen: AssessmentRowsProps["onOpen"]): Column<AssessmentListItem>[] {
  return [
    {
      id: "title",
      header: "Assessment",
      isRowHeader: true,
      className: "max-w-96 min-w-60",
      cell: (item) => <TitleLink item={item} />,
    },
    { id: "state", header: "State", cell: (item) => <Standing item={item} /> },
    {
      id: "time",
      header: "Time",
      className: "whitespace-nowrap text-ink-soft",
      cell: (item) => (item.limitSec ? durationWords(item.limitSec) : "not set"),
    },
    { id: "invited", header: "Invited", align: "end", cell: (item) => item.invitationCount },
    { id: "submitted", header: "Submitted", align: "end", cell: (item) => item.submissionCount },
    {
      id: "changed",
      header: "Changed",
      className: "whitespace-nowrap text-ink-soft",
      cell: (item) => formatInstant(item.updatedAt),
    },
    {
      id: "actions",
      header: <span className="sr-only">Actions</span>,
      align: "end",
      className: "py-1.5!",
      cell: (item) => <RowActions item={item} onOpen={onOpen} />,
    },
  ];
}

function TitleLink({ item }: { item: AssessmentListItem }) {
  return (
    <div className="min-w-0">
      <Link
        href={`/admin/assessments/${item.id}`}
        data-testid={`assessment-${item.id}`}
        className="rounded-sm font-[620] [overflow-wrap:anywhere] data-hovered:underline data-hovered:underline-offset-3"
      >
        {item.title || "Untitled"}
      </Link>
      <p className="text-[0.867rem] font-normal text-ink-soft [overflow-wrap:anywhere]">
        {[item.companyName, item.roleTitle, ROLE_TYPE_NAMES[item.roleType]].filter(Boolean).join(" · ")}
      </p>
    </div>
  );
}

const Standing = ({ item }: { item: AssessmentListItem }) => (
  <StateBadges state={item.state} version={item.latestVersion?.number ?? null} changed={item.changed} />
);

function factsOf(item: AssessmentListItem): string {
  return [
    item.limitSec ? durationWords(item.limitSec) : null,
    `${item.invitationCount} invited`,
    `${item.submissionCount} ${plural(item.submissionCount, "submission")}`,
  ]
    .filter(Boolean)
    .join(" · ");
}

function RowActions({ item, onOpen }: { item: AssessmentListItem; onOpen: AssessmentRowsProps["onOpen"] }) {
  const restore = useRestore(item.id, item.title);
  const act = (id: string) => {
    if (id === "clone" || id === "archive") onOpen({ kind: id, item });
    if (id === "restore") restore.mutate();
  };
  return (
    <Menu
      label={`Actions for ${item.title}`}
      items={actionsFor(item)}
      onAction={act}
      trigger={
        <IconButton label={`Actions for ${item.title}`} size="small" data-testid={`actions-${item.id}`}>
          <Ellipsis aria-hidden size={17} />
        </IconButton>
      }
    />
  );
}

/** Also what the composer offers for the assessment it shows. */
export function actionsFor(item: Pick<AssessmentListItem, "id" | "state" | "latestVersion">): MenuEntry[] {
  const isArchived = item.state === "archived";
  return [
    { id: "clone", label: "Clone…", icon: <Copy aria-hidden size={15} /> },
    ...(item.latestVersion
      ? [
          {
            id: "export",
            label: `Export version ${item.latestVersion.number}`,
            icon: <Download aria-hidden size={15} />,
            href: exportAddress(item.id),
            download: true,
          },
        ]
      : []),
    isArchived
      ? { id: "restore", label: "Take out of the archive", icon: <ArchiveRestore aria-hidden size={15} /> }
      : { id: "archive", label: "Archive…", icon: <Archive aria-hidden size={15} />, isDangerous: true },
  ];
}
