import { type SqlBool, sql } from "kysely";
import type { AuditEvent, AuditFacets, AuditQuery } from "../../shared/contracts/audit.ts";
import type { Connection } from "../../shared/db/database.ts";

type Filter = Omit<AuditQuery, "before" | "limit">;

/** Events that match, the newest first. @param before only smaller ids */
export async function listAuditEvents(
  connection: Connection,
  filter: Filter,
  page: { before?: number | undefined; limit: number },
): Promise<AuditEvent[]> {
  let query = matching(connection, filter).orderBy("id", "desc").limit(page.limit);
  if (page.before !== undefined) query = query.where("id", "<", page.before);
  return (await query.execute()).map(present);
}

/** Every event, the oldest first, in batches: the log may be long. */
export async function* readAuditLog(
  connection: Connection,
  filter: Filter = {},
): AsyncGenerator<AuditEvent[], void> {
  for (let after = 0; ; ) {
    const rows = await matching(connection, filter)
      .where("id", ">", after)
      .orderBy("id")
      .limit(BATCH)
      .execute();
    if (rows.length > 0) yield rows.map(present);
    if (rows.length < BATCH) return;
    after = rows.at(-1)!.id;
  }
}

const BATCH = 500;

/** Who and what the log has events of. */
export async function listAuditFacets(connection: Connection): Promise<AuditFacets> {
  const actors = await connection
    .selectFrom("audit_event")
    .distinctOn(["actor_kind", "actor_id"])
    .select(["actor_kind as kind", "actor_id as id", "actor_name as name"])
    .where("actor_id", "is not", null)
    .orderBy("actor_kind")
    .orderBy("actor_id")
    .orderBy("id", "desc")
    .limit(500)
    .execute();
  const actions = await connection
    .selectFrom("audit_event")
    .select("action")
    .distinct()
    .orderBy("action")
    .execute();
  return {
    actors: actors as AuditFacets["actors"],
    actions: actions.map(({ action }) => action),
  };
}

function matching(connection: Connection, filter: Filter) {
  let query = connection.selectFrom("audit_event").selectAll();
  if (filter.actor !== undefined) query = query.where("actor_id", "=", filter.actor);
  if (filter.action !== undefined) {
    const { action } = filter;
    query = query.where((where) =>
      where.or([where("action", "=", action), sql<SqlBool>`starts_with(action, ${`${action}.`})`]),
    );
  }
  if (filter.subjectType !== undefined) query = query.where("subject_type", "=", filter.subjectType);
  if (filter.subjectId !== undefined) query = query.where("subject_id", "=", filter.subjectId);
  if (filter.search) {
    const words = filter.search.toLowerCase();
    query = query.where(
      sql<SqlBool>`strpos(lower(actor_name || ' ' || subject_label || ' ' || subject_id), ${words}) > 0`,
    );
  }
  if (filter.from !== undefined) query = query.where("at", ">=", new Date(filter.from));
  if (filter.to !== undefined) query = query.where("at", "<", new Date(filter.to));
  return query;
}

type Row = Awaited<ReturnType<ReturnType<typeof matching>["execute"]>>[number];

function present(row: Row): AuditEvent {
  return {
    id: row.id,
    at: row.at.toISOString(),
    actor: { kind: row.actor_kind as AuditEvent["actor"]["kind"], id: row.actor_id, name: row.actor_name },
    action: row.action,
    subject: { type: row.subject_type, id: row.subject_id, label: row.subject_label },
    before: row.before as AuditEvent["before"],
    after: row.after as AuditEvent["after"],
    ip: row.ip,
    userAgent: row.user_agent,
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}
