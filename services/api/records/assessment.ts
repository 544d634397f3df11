import { sql } from "kysely";
import type { AssessmentState } from "../../shared/contracts/composer.ts";
import type { Connection, DatabaseTransaction } from "../../shared/db/database.ts";

export interface AssessmentRow {
  id: string;
  slug: string;
  title: string;
  createdAt: Date;
  archivedAt: Date | null;
}

const COLUMNS = ["id", "slug", "title", "created_at as createdAt", "archived_at as archivedAt"] as const;

export async function findAssessment(connection: Connection, id: string): Promise<AssessmentRow | null> {
  return (
    (await connection.selectFrom("assessment").select(COLUMNS).where("id", "=", id).executeTakeFirst()) ??
    null
  );
}

export async function lockAssessment(
  transaction: DatabaseTransaction,
  id: string,
): Promise<AssessmentRow | null> {
  return (
    (await transaction
      .selectFrom("assessment")
      .select(COLUMNS)
      .where("id", "=", id)
      .forUpdate()
      .executeTakeFirst()) ?? null
  );
}

export async function insertAssessment(
  transaction: DatabaseTransaction,
  assessment: { slug: string; title: string },
): Promise<string> {
  const { id } = await transaction
    .insertInto("assessment")
    .values(assessment)
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

export async function setArchived(
  transaction: DatabaseTransaction,
  id: string,
  archived: boolean,
): Promise<void> {
  await transaction
    .updateTable("assessment")
    .set({ archived_at: archived ? sql<Date>`now()` : null })
    .where("id", "=", id)
    .execute();
}

export interface AssessmentListRow {
  id: string;
  title: string;
  companyName: string;
  roleTitle: string;
  roleType: 1 | 2 | 3;
  state: AssessmentState;
  changed: boolean;
  limitSec: number | null;
  versionId: string | null;
  versionNumber: number | null;
  publishedAt: Date | null;
  invitationCount: number;
  submissionCount: number;
  updatedAt: Date;
}

/** More than anybody reads; who has more searches. */
const LISTED = 500;

/**
 * Assessments, most recently changed first. An assessment that only the seed or an import made has no draft: then its
 * latest version speaks for it. Trials and their candidates count nowhere.
 */
export async function listAssessments(
  connection: Connection,
  filter: { state?: AssessmentState | undefined; search?: string | undefined },
): Promise<AssessmentListRow[]> {
  const wanted = filter.state ? sql`state = ${filter.state}` : sql`state <> 'archived'`;
  const search = filter.search?.trim() ?? "";
  const pattern = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
  const { rows } = await sql<AssessmentListRow>`
    select * from (${listed()}) as listed
     where ${wanted}
       and (${search} = '' or title ilike ${pattern} or "companyName" ilike ${pattern} or "roleTitle" ilike ${pattern})
     order by "updatedAt" desc, id
     limit ${LISTED}`.execute(connection);
  return rows;
}

function listed() {
  return sql`
    select assessment.id,
           coalesce(nullif(btrim(shown.content ->> 'title'), ''), assessment.title) as title,
           coalesce(shown.content -> 'company' ->> 'name', '') as "companyName",
           coalesce(shown.content -> 'role' ->> 'title', '') as "roleTitle",
           coalesce((shown.content -> 'role' ->> 'type')::int, 1) as "roleType",
           case when assessment.archived_at is not null then 'archived'
                when latest.id is not null then 'published' else 'draft' end as state,
           draft.revision is not null and draft.published_revision is distinct from draft.revision as changed,
           (shown.content ->> 'limitSec')::float8 as "limitSec",
           latest.id as "versionId", latest.number as "versionNumber", latest.published_at as "publishedAt",
           (select count(*)::int from invitation
              join assessment_version as version on version.id = invitation.assessment_version_id
             where version.assessment_id = assessment.id and invitation.purpose = 'candidate') as "invitationCount",
           (select count(*)::int from submission
              join attempt on attempt.id = submission.attempt_id
              join invitation on invitation.id = attempt.invitation_id
              join assessment_version as version on version.id = attempt.assessment_version_id
             where version.assessment_id = assessment.id and invitation.purpose = 'candidate') as "submissionCount",
           greatest(assessment.created_at, draft.updated_at, latest.published_at) as "updatedAt"
      from assessment
      left join assessment_draft as draft on draft.assessment_id = assessment.id
      left join lateral (
        select id, number, published_at, spec from assessment_version
         where assessment_id = assessment.id and purpose = 'published' and published_at is not null
         order by number desc limit 1) as latest on true
      cross join lateral (select coalesce(draft.content, latest.spec) as content) as shown`;
}

export async function countAssessments(
  connection: Connection,
): Promise<{ draft: number; published: number; archived: number }> {
  const { rows } = await sql<{ draft: number; published: number; archived: number }>`
    select count(*) filter (where archived_at is null and not published)::int as draft,
           count(*) filter (where archived_at is null and published)::int as published,
           count(*) filter (where archived_at is not null)::int as archived
      from (select archived_at, exists (
              select 1 from assessment_version
               where assessment_id = assessment.id and purpose = 'published' and published_at is not null) as published
              from assessment) as counted`.execute(connection);
  return rows[0]!;
}

export async function slugIsTaken(connection: Connection, slug: string): Promise<boolean> {
  const row = await connection
    .selectFrom("assessment")
    .select("id")
    .where("slug", "=", slug)
    .executeTakeFirst();
  return row !== undefined;
}
