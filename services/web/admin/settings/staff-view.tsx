import { UserPlus } from "lucide-react";
import { useState } from "react";
import type { z } from "zod";
import type { StaffMember } from "../../../shared/contracts/admin.ts";
import { PageHeading } from "../../ui/app-shell.tsx";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { useDocumentTitle } from "../../ui/document-title.ts";
import { ErrorState, SkeletonText } from "../../ui/states.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { formatInstant } from "../../ui/time-words.ts";
import { AddStaffDialog } from "./add-staff-dialog.tsx";

type Member = z.infer<typeof StaffMember>;

export interface StaffViewProps {
  myId: string;
  items: readonly Member[] | null;
  error: unknown;
  isRetrying: boolean;
  onRetry: () => void;
}

export function StaffView({ myId, items, error, isRetrying, onRetry }: StaffViewProps) {
  useDocumentTitle("Staff");
  const [isAdding, setAdding] = useState(false);
  return (
    <>
      <PageHeading
        title="Staff"
        lead="Reviewers read blind submissions. Admins also invite, watch and decide."
        actions={
          <Button variant="primary" onPress={() => setAdding(true)} data-testid="add-staff">
            <UserPlus aria-hidden size={17} />
            Add someone
          </Button>
        }
      />
      <div className="mt-8">
        {error && !items ? (
          <ErrorState error={error} onRetry={onRetry} isRetrying={isRetrying} />
        ) : (
          <Card padding={items ? "none" : "normal"} className="overflow-hidden">
            {items ? (
              <>
                <Table
                  caption="Staff accounts"
                  columns={columnsFor(myId)}
                  rows={items}
                  rowKey={(member) => member.id}
                  className="max-sm:hidden"
                />
                <MemberCards items={items} myId={myId} />
              </>
            ) : (
              <SkeletonText lines={5} label="Loading the staff" />
            )}
          </Card>
        )}
      </div>
      {isAdding ? <AddStaffDialog onClose={() => setAdding(false)} /> : null}
    </>
  );
}

const RoleBadge = ({ role }: { role: Member["role"] }) => (
  <Badge tone={role === "admin" ? "good" : "neutral"}>{role === "admin" ? "Admin" : "Reviewer"}</Badge>
);

function columnsFor(myId: string): Column<Member>[] {
  return [
    {
      id: "name",
      header: "Name",
      isRowHeader: true,
      cell: (member) => (
        <span className="font-[620]">
          {member.name}
          {member.id === myId ? <span className="font-normal text-ink-faint"> (you)</span> : null}
        </span>
      ),
    },
    { id: "email", header: "E-mail", className: "text-ink-soft", cell: (member) => member.email },
    { id: "role", header: "Role", cell: (member) => <RoleBadge role={member.role} /> },
    {
      id: "since",
      header: "Since",
      className: "whitespace-nowrap text-ink-soft",
      cell: (member) => formatInstant(member.createdAt),
    },
  ];
}

function MemberCards({ items, myId }: { items: readonly Member[]; myId: string }) {
  return (
    <ul className="divide-y divide-line sm:hidden">
      {items.map((member) => (
        <li key={member.id} className="flex items-start justify-between gap-3 px-4 py-3">
          <div className="min-w-0">
            <p className="font-[620]">
              {member.name}
              {member.id === myId ? <span className="font-normal text-ink-faint"> (you)</span> : null}
            </p>
            <p className="truncate text-[0.9rem] text-ink-soft">{member.email}</p>
          </div>
          <RoleBadge role={member.role} />
        </li>
      ))}
    </ul>
  );
}
