import { sql } from "kysely";
import {
  BOARD_LIMITS,
  BOARD_PAGE_SIZE,
  type BoardGroup,
  type BoardQuery,
} from "../../shared/contracts/admin.ts";
import type { Connection } from "../../shared/db/database.ts";

export interface BoardPage {
  /** Invitations of the page, in order. */
  ids: string[];
  /** The same invitations, each with its group. */
  groups: Map<string, BoardGroup>;
  counts: Record<BoardGroup, number>;
  pageCount: number;
}

/**
 * Which invitations are on a page of the board. What needs someone comes first, then what ends first, then the
 * newest. A page after the last is empty. Every invitation is placed anew each time (a few lookups by index each):
 * what somebody has to look at depends on the clock, so it cannot be kept in a column.
 */
export async function placeBoard(connection: Connection, query: BoardQuery): Promise<BoardPage> {
  const { rows } = await sql<{ group: BoardGroup; count: number; ids: string[] | null }>`
    with placed as materialized (${placements(query)}),
    page as (
      select id, "group" from placed
      where ${query.group === undefined ? sql`true` : sql`"group" = ${query.group}`}
      order by ${RANK}, case when "group" in ('attention', 'live') then deadline_at end nulls last, created_at desc, id
      limit ${BOARD_PAGE_SIZE} offset ${(query.page - 1) * BOARD_PAGE_SIZE}
    )
    select "group", count(*)::int as count,
      (select array_agg(page.id::text) from page where page."group" = placed."group") as ids
    from placed group by "group" order by ${RANK}`.execute(connection);
  const counts = { attention: 0, live: 0, waiting: 0, done: 0 };
  const groups = new Map<string, BoardGroup>();
  for (const row of rows) {
    counts[row.group] = row.count;
    for (const id of row.ids ?? []) groups.set(id, row.group);
  }
  const total = query.group ? counts[query.group] : Object.values(counts).reduce((sum, one) => sum + one, 0);
  return {
    ids: [...groups.keys()],
    groups,
    counts,
    pageCount: Math.max(1, Math.ceil(total / BOARD_PAGE_SIZE)),
  };
}

/** The group of one invitation, also of a trial; null when there is none of this id. */
export async function placeInvitation(connection: Connection, id: string): Promise<BoardGroup | null> {
  const { rows } = await sql<{ group: BoardGroup }>`${placements({ page: 1 }, id)}`.execute(connection);
  return rows[0]?.group ?? null;
}

const RANK = sql`array_position(array['attention', 'live', 'waiting', 'done'], "group")`;

/** Rows `id, deadline_at, created_at, group`. */
function placements(query: BoardQuery, invitationId?: string) {
  const words = (query.search ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const text = sql`lower(concat_ws(' ', invitation.candidate_name, invitation.candidate_email, assessment.title))`;
  const conditions = [
    invitationId === undefined ? sql`invitation.purpose = 'candidate'` : sql`invitation.id = ${invitationId}`,
    ...(query.assessmentId === undefined ? [] : [sql`assessment.id = ${query.assessmentId}`]),
    ...words.map((word) => sql`strpos(${text}, ${word}) > 0`),
  ];
  return sql`
    select invitation.id, scored.deadline_at, invitation.created_at, case
      when invitation.revoked_at is not null then 'done'
      when scored.state = 'failed' then 'attention'
      when scored.state = 'running' and (${TROUBLED}) then 'attention'
      when scored.state in ('provisioning', 'running', 'sealing') then 'live'
      when scored.state is not null then 'done'
      when exists (select from candidate_request
        where invitation_id = invitation.id and state = 'open') then 'attention'
      when invitation.expires_at <= clock_timestamp() then 'done'
      when (select state from email_message where invitation_id = invitation.id
        order by created_at desc limit 1) = 'failed' then 'attention'
      when exists (select from attempt where invitation_id = invitation.id and kind = 'practice'
        and state in ('provisioning', 'running', 'sealing')) then 'live'
      else 'waiting' end as "group"
    from invitation
    join assessment_version on assessment_version.id = invitation.assessment_version_id
    join assessment on assessment.id = assessment_version.assessment_id
    left join lateral (select * from attempt where invitation_id = invitation.id and kind = 'scored'
      order by requested_at desc limit 1) as scored on true
    left join lateral (select state, health from sandbox where attempt_id = scored.id
      and scored.state = 'running' order by epoch desc limit 1) as box on true
    where ${sql.join(conditions, sql` and `)}`;
}

/** The pages word each of these; see the troubles of a row there. */
const TROUBLED = sql`
  scored.paused_at is not null or box.state = 'lost' or (box.state = 'ready' and box.health is not null and (
    (box.health ->> 'at')::timestamptz < clock_timestamp() - make_interval(secs => ${BOARD_LIMITS.staleHealthSec})
    or box.health ->> 'ideAnswers' = 'false'
    or (box.health ->> 'memoryBytes')::float8 > ${BOARD_LIMITS.nearlyFull} * (box.health ->> 'memoryLimitBytes')::float8
    or (box.health ->> 'diskUsedBytes')::float8 > ${BOARD_LIMITS.nearlyFull} * (box.health ->> 'diskLimitBytes')::float8
    or (scored.last_snapshot_at is null and (box.health ->> 'cpuPercent')::float8 > ${BOARD_LIMITS.busyCpuPercent}
      and scored.started_at < clock_timestamp() - make_interval(secs => ${BOARD_LIMITS.staleSaveSec}))))`;
