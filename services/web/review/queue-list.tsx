import { ArrowRight, Check, PenLine } from "lucide-react";
import { Link } from "react-aria-components";
import { ROLE_TYPE_NAMES } from "../../shared/contracts/common.ts";
import type { QueueItem } from "../../shared/contracts/review.ts";
import { Badge } from "../ui/badge.tsx";
import { classNames } from "../ui/class-names.ts";
import { type Column, Table } from "../ui/table.tsx";
import { formatInstant, plural } from "../ui/time-words.ts";
import type { QueueColumn, QueueSort } from "./queue-order.ts";

const addressOf = (item: QueueItem) => `/review/${item.submissionId}`;

interface QueueTableProps {
  items: readonly QueueItem[];
  sort: QueueSort;
  onSort: (sort: QueueSort) => void;
}

export function QueueTable({ items, sort, onSort }: QueueTableProps) {
  const sortBy = (column: QueueColumn) => ({
    direction: sort.column === column ? sort.direction : null,
    onSort: () =>
      onSort({
        column,
        direction: sort.column === column && sort.direction === "ascending" ? "descending" : "ascending",
      }),
  });
  const columns: Column<QueueItem>[] = [
    {
      id: "codeName",
      header: "Submission",
      isRowHeader: true,
      sort: sortBy("codeName"),
      className: "whitespace-nowrap",
      cell: (item) => <CodeNameLink item={item} />,
    },
    {
      id: "assessment",
      header: "Assessment",
      sort: sortBy("assessmentTitle"),
      cell: (item) => (
        <>
          <span className="block">{item.assessmentTitle}</span>
          <span className="block text-[0.84rem] text-ink-faint">
            {item.roleTitle} · {ROLE_TYPE_NAMES[item.roleType]}
          </span>
        </>
      ),
    },
    {
      id: "sealedAt",
      header: "Sealed",
      sort: sortBy("sealedAt"),
      className: "whitespace-nowrap tabular-nums text-ink-soft",
      cell: (item) => <time dateTime={item.sealedAt}>{formatInstant(item.sealedAt)}</time>,
    },
    {
      id: "reviews",
      header: "Reviews",
      sort: sortBy("reviewsSubmitted"),
      className: "text-ink-soft",
      cell: (item) => item.reviewsSubmitted,
    },
    {
      id: "mine",
      header: "Yours",
      sort: sortBy("myReview"),
      cell: (item) => <MyReview state={item.myReview} />,
    },
  ];
  return (
    <Table
      caption="Submissions"
      columns={columns}
      rows={items}
      rowKey={(item) => item.submissionId}
      className="max-md:hidden"
    />
  );
}

function CodeNameLink({ item }: { item: QueueItem }) {
  return (
    <Link
      href={addressOf(item)}
      className="group/name inline-flex items-center gap-1.5 rounded font-[620] text-ink data-hovered:text-accent"
    >
      {item.codeName}
      <ArrowRight
        aria-hidden
        size={14}
        className="text-accent opacity-0 transition-opacity group-data-hovered/name:opacity-100"
      />
    </Link>
  );
}

function MyReview({ state }: { state: QueueItem["myReview"] }) {
  if (state === "submitted") {
    return (
      <Badge tone="good">
        <Check aria-hidden size={13} /> Submitted
      </Badge>
    );
  }
  if (state === "draft") {
    return (
      <Badge tone="warn">
        <PenLine aria-hidden size={12} /> Draft
      </Badge>
    );
  }
  return <span className="text-[0.867rem] whitespace-nowrap text-ink-faint">Not started</span>;
}

/** The same list for a phone: one card a submission, all of it a link. */
export function QueueCards({ items }: { items: readonly QueueItem[] }) {
  return (
    <ul className="divide-y divide-line md:hidden">
      {items.map((item) => (
        <li key={item.submissionId}>
          <Link
            href={addressOf(item)}
            className={classNames(
              "block px-4 py-3.5 data-hovered:bg-sunken data-focus-visible:-outline-offset-2",
            )}
          >
            <span className="flex items-center justify-between gap-3">
              <span className="font-[620]">{item.codeName}</span>
              <MyReview state={item.myReview} />
            </span>
            <span className="mt-1 block text-[0.9rem] text-ink-soft">{item.assessmentTitle}</span>
            <span className="block text-[0.84rem] text-ink-faint">
              {item.roleTitle} · {ROLE_TYPE_NAMES[item.roleType]}
            </span>
            <span className="mt-1 block text-[0.84rem] text-ink-faint">
              Sealed {formatInstant(item.sealedAt)} · {item.reviewsSubmitted}{" "}
              {plural(item.reviewsSubmitted, "review")}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
