import { Readable } from "node:stream";
import type { z } from "zod";
import type {
  AuditCheck,
  AuditEvent,
  AuditExportQuery,
  AuditPage,
  AuditQuery,
} from "../../shared/contracts/audit.ts";
import type { Connection } from "../../shared/db/database.ts";
import { type ChainLink, checkAuditEvent } from "../../shared/domain/audit-chain.ts";
import { listAuditEvents, readAuditLog } from "../records/audit-event.ts";

export async function readAuditPage(connection: Connection, query: AuditQuery): Promise<AuditPage> {
  const { before, limit, ...filter } = query;
  const items = await listAuditEvents(connection, filter, { before, limit: limit + 1 });
  const page = items.slice(0, limit);
  return { items: page, nextBefore: items.length > limit ? page.at(-1)!.id : null };
}

/** Goes through the whole log and stops at the first event that does not fit the one before it. */
export async function checkAuditLog(connection: Connection): Promise<AuditCheck> {
  let previous: ChainLink | null = null;
  let checked = 0;
  for await (const batch of readAuditLog(connection)) {
    for (const event of batch) {
      const fault = checkAuditEvent(previous, event);
      if (fault) return { checked, head: previous, fault };
      previous = { id: event.id, hash: event.hash };
      checked += 1;
    }
  }
  return { checked, head: previous, fault: null };
}

/** The matching events as a file, the oldest first, made while it is sent. */
export function exportAuditLog(connection: Connection, query: z.infer<typeof AuditExportQuery>): Readable {
  const { format, ...filter } = query;
  return Readable.from(format === "csv" ? asCsv(connection, filter) : asJsonLines(connection, filter));
}

type Filter = Parameters<typeof readAuditLog>[1];

async function* asJsonLines(connection: Connection, filter: Filter): AsyncGenerator<string> {
  for await (const batch of readAuditLog(connection, filter))
    yield batch.map((event) => `${JSON.stringify(event)}\n`).join("");
}

const CSV_HEADER =
  "id,at,actor_kind,actor_id,actor_name,action,subject_type,subject_id,subject_label,before,after,ip,user_agent,previous_hash,hash";

async function* asCsv(connection: Connection, filter: Filter): AsyncGenerator<string> {
  yield `${CSV_HEADER}\r\n`;
  for await (const batch of readAuditLog(connection, filter))
    yield batch.map((event) => `${cellsOf(event).map(csvCell).join(",")}\r\n`).join("");
}

function cellsOf(event: AuditEvent): (string | number | null)[] {
  const { actor, subject } = event;
  return [
    event.id,
    event.at,
    actor.kind,
    actor.id,
    actor.name,
    event.action,
    subject.type,
    subject.id,
    subject.label,
    event.before === null ? null : JSON.stringify(event.before),
    event.after === null ? null : JSON.stringify(event.after),
    event.ip,
    event.userAgent,
    event.previousHash,
    event.hash,
  ];
}

/** Quoted per RFC 4180; what a spreadsheet would take for a formula gets an apostrophe in front. */
function csvCell(value: string | number | null): string {
  if (value === null) return "";
  const text = String(value);
  const harmless = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
