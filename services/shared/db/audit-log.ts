import { sql } from "kysely";
import type { AuditEvent, AuditSubject } from "../contracts/audit.ts";
import { CHAIN_START, hashAuditEvent } from "../domain/audit-chain.ts";
import type { DatabaseTransaction } from "./database.ts";

/** Who acts, and from where. */
export interface AuditActor {
  kind: AuditEvent["actor"]["kind"];
  id: string | null;
  name: string;
  ip: string | null;
  userAgent: string | null;
}

/** A command run on the server, for example `seed`. */
export function commandActor(name: string): AuditActor {
  return { kind: "command", id: null, name, ip: null, userAgent: null };
}

/** For columns such as `created_by`: the person, or null when a program or command acts. */
export function staffIdOfActor(actor: AuditActor): string | null {
  return actor.kind === "staff" ? actor.id : null;
}

export interface AuditEntry {
  /** `<subject>.<verb>`, for example `invitation.create`. */
  action: `${string}.${string}`;
  subject: AuditSubject;
  /** Plain JSON of what changes, without secrets. */
  before?: unknown;
  after?: unknown;
}

/** One number, known to nobody else, for the lock that puts events in a row. */
const AUDIT_LOCK = 7_102_024;

/**
 * Adds to the audit log in the transaction of what was done: one is there if and only if the other is. Call it last,
 * since from here to the commit no other event can be written.
 */
export async function recordAudit(
  transaction: DatabaseTransaction,
  actor: AuditActor,
  entry: AuditEntry,
): Promise<void> {
  await sql`select pg_advisory_xact_lock(${AUDIT_LOCK})`.execute(transaction);
  const last = await transaction
    .selectFrom("audit_event")
    .select(["id", "hash"])
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(transaction);
  const event: Omit<AuditEvent, "hash"> = {
    id: (last?.id ?? 0) + 1,
    at: rows[0]!.now.toISOString(),
    actor: { kind: actor.kind, id: actor.id, name: actor.name },
    action: entry.action,
    subject: entry.subject,
    before: asJson(entry.before),
    after: asJson(entry.after),
    ip: actor.ip,
    userAgent: actor.userAgent,
    previousHash: last?.hash ?? CHAIN_START,
  };
  await transaction
    .insertInto("audit_event")
    .values({
      id: event.id,
      at: event.at,
      actor_kind: event.actor.kind,
      actor_id: event.actor.id,
      actor_name: event.actor.name,
      action: event.action,
      subject_type: event.subject.type,
      subject_id: event.subject.id,
      subject_label: event.subject.label,
      before: JSON.stringify(event.before),
      after: JSON.stringify(event.after),
      ip: event.ip,
      user_agent: event.userAgent,
      previous_hash: event.previousHash,
      hash: hashAuditEvent(event),
    })
    .execute();
}

/** As it will be read back: dates as text, nothing undefined. */
function asJson(value: unknown): AuditEvent["before"] {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as AuditEvent["before"]);
}
