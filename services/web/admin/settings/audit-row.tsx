import { Bot, ChevronRight, TerminalSquare, User } from "lucide-react";
import { Button, Disclosure, DisclosurePanel, Heading } from "react-aria-components";
import type { AuditEvent } from "../../../shared/contracts/audit.ts";
import { KeyValues } from "../../ui/key-values.tsx";
import { formatInstant } from "../../ui/time-words.ts";
import { actionWords, type FieldChange, fieldChanges } from "./audit-words.ts";

const ICONS = { staff: User, token: Bot, command: TerminalSquare };
const KINDS = { staff: "Member of staff", token: "API token", command: "Command on the server" };

/** One event: who did what to what, and on request everything that is known about it. */
export function AuditRow({ event }: { event: AuditEvent }) {
  const Icon = ICONS[event.actor.kind];
  return (
    <li data-testid={`audit-${event.id}`}>
      <Disclosure className="group">
        <Heading level={2} className="text-[0.933rem] font-normal">
          <Button
            slot="trigger"
            className="grid w-full grid-cols-[1.25rem_1fr] items-center gap-x-3 gap-y-0.5 px-4 py-2.5 text-left data-hovered:bg-ink/3 sm:grid-cols-[1.25rem_10rem_13rem_1fr_auto]"
          >
            <ChevronRight
              aria-hidden
              size={15}
              className="text-ink-faint transition-transform group-data-expanded:rotate-90"
            />
            <span className="flex min-w-0 items-center gap-2 font-[560]">
              <Icon aria-label={KINDS[event.actor.kind]} size={15} className="shrink-0 text-ink-faint" />
              <span className="truncate">{event.actor.name}</span>
            </span>
            <span className="max-sm:col-start-2">{actionWords(event.action)}</span>
            <span className="truncate text-ink-soft max-sm:col-start-2">
              {event.subject.label || event.subject.id}
            </span>
            <time
              dateTime={event.at}
              className="text-[0.867rem] whitespace-nowrap text-ink-faint tabular-nums max-sm:col-start-2"
            >
              {formatInstant(event.at, true)}
            </time>
          </Button>
        </Heading>
        <DisclosurePanel className="border-t border-line bg-sunken/60 px-4 sm:pl-12">
          <EventDetails event={event} />
        </DisclosurePanel>
      </Disclosure>
    </li>
  );
}

function EventDetails({ event }: { event: AuditEvent }) {
  const changes = fieldChanges(event.before, event.after);
  return (
    <div className="py-4 text-[0.9rem]">
      {changes.length > 0 ? <Changes changes={changes} /> : null}
      <KeyValues
        items={[
          { name: "Event", value: `${event.id}, ${event.action}` },
          { name: "Subject", value: `${event.subject.type} ${event.subject.id}` },
          { name: "From", value: [event.ip, event.userAgent].filter(Boolean).join(" · ") || "this server" },
          { name: "Hash", value: <code className="font-mono text-[0.8rem]">{event.hash}</code> },
        ]}
      />
    </div>
  );
}

function Changes({ changes }: { changes: readonly FieldChange[] }) {
  return (
    <table className="mb-3 w-full table-fixed border-collapse text-left">
      <caption className="sr-only">What changed</caption>
      <thead className="text-[0.8rem] text-ink-faint">
        <tr>
          <th scope="col" className="w-1/4 py-1 pr-4 font-medium">
            Field
          </th>
          <th scope="col" className="py-1 pr-4 font-medium">
            Before
          </th>
          <th scope="col" className="py-1 font-medium">
            After
          </th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ name, before, after }) => (
          <tr key={name} className="border-t border-line align-top">
            <th
              scope="row"
              className="py-1.5 pr-4 font-mono text-[0.8rem] font-normal [overflow-wrap:anywhere]"
            >
              {name}
            </th>
            <td className="max-h-40 py-1.5 pr-4 whitespace-pre-wrap text-ink-soft [overflow-wrap:anywhere]">
              {before ?? "—"}
            </td>
            <td className="py-1.5 whitespace-pre-wrap [overflow-wrap:anywhere]">{after ?? "—"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
