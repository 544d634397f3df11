-- Up Migration

-- Every staff action, chained: `hash` covers the row and `previous_hash`. Ids are consecutive, so a gap shows.
create table audit_event (
  id bigint primary key check (id >= 1),
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('staff', 'token', 'command')),
  actor_id text,
  actor_name text not null,
  action text not null,
  subject_type text not null,
  subject_id text not null,
  subject_label text not null default '',
  before jsonb,
  after jsonb,
  ip text,
  user_agent text,
  previous_hash text not null check (previous_hash ~ '^[0-9a-f]{64}$'),
  hash text not null unique check (hash ~ '^[0-9a-f]{64}$')
);
create index audit_event_subject on audit_event (subject_type, subject_id, id);
create index audit_event_actor on audit_event (actor_id, id);

create function refuse_change_of_audit() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log only grows' using errcode = 'restrict_violation';
end $$;
create trigger audit_event_immutable before update or delete on audit_event
  for each row execute function refuse_change_of_audit();
create trigger audit_event_kept before truncate on audit_event
  for each statement execute function refuse_change_of_audit();

alter table api_token add column last_used_at timestamptz;

-- A file on its way in. Once `stored` its bytes are the blob `sha256`.
create table upload (
  id uuid primary key default gen_random_uuid(),
  purpose text not null check (purpose in ('dataset', 'mock_api', 'starter', 'assessment')),
  file_name text not null,
  bytes bigint not null check (bytes >= 0),
  received bigint not null default 0,
  state text not null default 'receiving' check (state in ('receiving', 'stored', 'cancelled', 'failed')),
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  failure text,
  created_by text references staff_user (id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check ((state = 'stored') = (sha256 is not null))
);
create index upload_receiving on upload (updated_at) where state = 'receiving';

-- Versions of one parent are counted from 1; the parent's row is locked, so that no two get the same number.
create function number_version() returns trigger language plpgsql as $$
begin
  execute format('select 1 from %I where id = ($1).%I for update', tg_argv[0], tg_argv[0] || '_id') using new;
  execute format('select coalesce(max(number), 0) + 1 from %I where %I = ($1).%I',
    tg_table_name, tg_argv[0] || '_id', tg_argv[0] || '_id') into new.number using new;
  return new;
end $$;

-- Datasets. An import becomes a version: files in, profile, choices for each column, version out.
alter table dataset add column description text not null default '';
alter table dataset add column archived_at timestamptz;

alter table dataset_version disable trigger dataset_version_immutable;
alter table dataset_version add column number integer not null default 0;
update dataset_version set number = numbered.number
  from (select id, row_number() over (partition by dataset_id order by created_at, id) as number
          from dataset_version) as numbered
 where numbered.id = dataset_version.id;
alter table dataset_version add column profile jsonb;
alter table dataset_version add column parent_version_id uuid references dataset_version (id);
alter table dataset_version add column created_by text references staff_user (id) on delete set null;
alter table dataset_version add constraint dataset_version_number unique (dataset_id, number);
alter table dataset_version enable trigger dataset_version_immutable;
create trigger dataset_version_number before insert on dataset_version
  for each row execute function number_version('dataset');
comment on column dataset_version.profile is 'what profiling found; null for versions made before there was any';
comment on column dataset_version.parent_version_id is 'the version this one was made from by treating columns';

create table dataset_import (
  id uuid primary key default gen_random_uuid(),
  dataset_id uuid not null references dataset (id),
  parent_version_id uuid references dataset_version (id),
  state text not null default 'waiting'
    check (state in ('waiting', 'profiling', 'ready', 'publishing', 'published', 'failed', 'cancelled')),
  progress jsonb not null default '{}',
  failure jsonb,
  profile jsonb,
  staged jsonb,
  choices jsonb not null default '{}',
  revision integer not null default 1,
  dataset_version_id uuid references dataset_version (id),
  created_by text references staff_user (id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on column dataset_import.staged is 'blobs of the tables as they were read, before any column is treated';
create index dataset_import_dataset on dataset_import (dataset_id, created_at);

create table dataset_import_file (
  import_id uuid not null references dataset_import (id) on delete cascade,
  position integer not null,
  upload_id uuid not null references upload (id),
  reading jsonb not null default '{}',
  primary key (import_id, position)
);

-- Mock APIs. The draft is what the studio edits; publishing it makes a version.
alter table mock_api add column archived_at timestamptz;

alter table mock_api_version disable trigger mock_api_version_immutable;
alter table mock_api_version add column number integer not null default 0;
update mock_api_version set number = numbered.number
  from (select id, row_number() over (partition by mock_api_id order by created_at, id) as number
          from mock_api_version) as numbered
 where numbered.id = mock_api_version.id;
alter table mock_api_version add column weather jsonb not null default '{"rules": []}';
alter table mock_api_version add column source_sha256 text check (source_sha256 ~ '^[0-9a-f]{64}$');
alter table mock_api_version add column created_by text references staff_user (id) on delete set null;
alter table mock_api_version add constraint mock_api_version_number unique (mock_api_id, number);
alter table mock_api_version enable trigger mock_api_version_immutable;
create trigger mock_api_version_number before insert on mock_api_version
  for each row execute function number_version('mock_api');
comment on column mock_api_version.source_sha256 is 'blob of the file as it was uploaded';

create table mock_api_draft (
  mock_api_id uuid primary key references mock_api (id),
  revision integer not null default 1,
  source_sha256 text check (source_sha256 ~ '^[0-9a-f]{64}$'),
  source_name text,
  source_bytes bigint,
  document jsonb,
  dataset_version_id uuid references dataset_version (id),
  bindings jsonb,
  weather jsonb not null default '{"rules": []}',
  check_state text not null default 'none' check (check_state in ('none', 'waiting', 'passed', 'failed')),
  check_requested_at timestamptz,
  report jsonb,
  updated_by text references staff_user (id) on delete set null,
  updated_at timestamptz not null default now(),
  check ((check_state = 'waiting') <= (check_requested_at is not null))
);
comment on column mock_api_draft.document is 'the document that passed its check last, normalised and references bundled';
create index mock_api_draft_waiting on mock_api_draft (check_requested_at) where check_state = 'waiting';

-- A throw-away instance for the studio's console; what is written to it lives in the gateway's memory.
create table mock_api_scratch (
  id uuid primary key default gen_random_uuid(),
  mock_api_id uuid not null references mock_api (id),
  document jsonb not null,
  bindings jsonb not null,
  weather jsonb not null,
  dataset_version_id uuid references dataset_version (id),
  created_by text references staff_user (id) on delete set null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);

-- What programs asked of mock APIs, keys redacted, bodies cut.
create table mock_api_request (
  id bigint generated always as identity primary key,
  attempt_id uuid references attempt (id),
  scratch_id uuid references mock_api_scratch (id) on delete cascade,
  hostname text not null,
  at timestamptz not null,
  method text not null,
  target text not null,
  operation_id text,
  status integer,
  duration_ms real not null,
  fault text,
  request jsonb not null default '{}',
  response jsonb not null default '{}',
  check ((attempt_id is null) <> (scratch_id is null))
);
comment on column mock_api_request.status is 'null where no answer was sent: a timeout or a dropped connection';
create index mock_api_request_attempt on mock_api_request (attempt_id, id) where attempt_id is not null;
create index mock_api_request_scratch on mock_api_request (scratch_id, id) where scratch_id is not null;
create index mock_api_request_fault on mock_api_request (attempt_id, fault) where fault is not null and attempt_id is not null;

-- Requests that the log lacks: more than an attempt may log, or more at once than could be written.
create table mock_api_unlogged (
  attempt_id uuid not null references attempt (id),
  reason text not null check (reason in ('cap', 'overload')),
  requests bigint not null check (requests > 0),
  primary key (attempt_id, reason)
);

-- How far the weather of an attempt has come at each operation; a restarted gateway goes on from here.
create table mock_api_weather (
  attempt_id uuid not null references attempt (id),
  hostname text not null,
  operation_id text not null,
  requests integer not null check (requests >= 0),
  in_a_row integer not null check (in_a_row >= 0),
  strikes jsonb not null,
  primary key (attempt_id, hostname, operation_id)
);
comment on column mock_api_weather.strikes is 'how often each rule with a limit of its own has struck, by its index';

-- Assessments. A trial version is a draft as it was when somebody tried it as a candidate.
create table assessment_draft (
  assessment_id uuid primary key references assessment (id),
  revision integer not null default 1,
  content jsonb not null,
  check_state text not null default 'none' check (check_state in ('none', 'waiting', 'passed', 'failed')),
  checked_revision integer,
  check_requested_at timestamptz,
  report jsonb,
  prepared jsonb,
  published_revision integer,
  updated_by text references staff_user (id) on delete set null,
  updated_at timestamptz not null default now(),
  check (check_state = 'none' or (checked_revision is not null and check_requested_at is not null))
);
comment on column assessment_draft.prepared is 'the spec that was checked, files and all: what publishing publishes';

-- An uploaded archive on its way to being the files of a workspace.
create table starter_import (
  upload_id uuid primary key references upload (id),
  state text not null default 'waiting' check (state in ('waiting', 'ready', 'failed')),
  tree_sha256 text check (tree_sha256 ~ '^[0-9a-f]{64}$'),
  problems jsonb not null default '[]',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check ((state = 'ready') = (tree_sha256 is not null))
);

create table assessment_import (
  id uuid primary key default gen_random_uuid(),
  upload_id uuid not null references upload (id),
  state text not null default 'waiting' check (state in ('waiting', 'done', 'failed')),
  assessment_id uuid references assessment (id),
  parts jsonb not null default '[]',
  problems jsonb not null default '[]',
  actor jsonb not null,
  created_by text references staff_user (id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on column assessment_import.actor is 'who asked for it, for the audit log of what it makes';

alter table assessment_version disable trigger assessment_version_immutable;
alter table assessment_version add column purpose text not null default 'published'
  check (purpose in ('published', 'trial'));
alter table assessment_version add column created_by text references staff_user (id) on delete set null;
alter table assessment_version add column change_note text not null default '';
alter table assessment_version drop constraint assessment_version_assessment_id_number_key;
alter table assessment_version drop constraint assessment_version_number_check;
alter table assessment_version add constraint assessment_version_number_check
  check (number >= 1 or (purpose = 'trial' and number = 0));
create unique index assessment_version_number on assessment_version (assessment_id, number)
  where purpose = 'published';
alter table assessment_version enable trigger assessment_version_immutable;
comment on column assessment_version.number is 'counts published versions; 0 for a trial';

-- How a dataset reaches candidates: all of it, or a sample of their own with canary rows.
alter table assessment_version_dataset add column delivery jsonb not null default '{}';

create table dataset_canary (
  attempt_id uuid not null references attempt (id),
  mount_name text not null,
  dataset_version_id uuid not null references dataset_version (id),
  table_name text not null,
  column_name text not null,
  marker text not null,
  primary key (attempt_id, mount_name, marker)
);
create index dataset_canary_marker on dataset_canary (marker);

-- The files of an attempt's own copy of a dataset; none for the copy that all share.
create table attempt_dataset (
  attempt_id uuid not null references attempt (id),
  mount_name text not null,
  files jsonb not null,
  primary key (attempt_id, mount_name)
);

-- Invitations. A key makes a repeated request find what the first one created.
create table invitation_batch (
  id uuid primary key default gen_random_uuid(),
  idempotency_key text not null unique,
  request_sha256 text not null check (request_sha256 ~ '^[0-9a-f]{64}$'),
  result jsonb,
  created_by text references staff_user (id) on delete set null,
  created_at timestamptz not null default now()
);
comment on column invitation_batch.result is 'the row numbers that were left out, and why';

alter table invitation add column purpose text not null default 'candidate'
  check (purpose in ('candidate', 'trial'));
alter table invitation add column reinvited_from uuid references invitation (id);
alter table invitation add column idempotency_key text unique;
alter table invitation add column batch_id uuid references invitation_batch (id);
alter table invitation add column batch_line integer;
alter table invitation add constraint invitation_batch_line check ((batch_id is null) = (batch_line is null));
create index invitation_email on invitation (lower(candidate_email));
create index attempt_invitation on attempt (invitation_id, kind, requested_at);
create index invitation_newest on invitation (created_at desc, id);
create unique index invitation_batch_once on invitation (batch_id, batch_line) where batch_id is not null;
create index invitation_reinvited_from on invitation (reinvited_from) where reinvited_from is not null;

-- What candidates ask for from the lobby, and the answer.
create table candidate_request (
  id uuid primary key default gen_random_uuid(),
  invitation_id uuid not null references invitation (id),
  kind text not null check (kind in ('new_date', 'extra_time')),
  message text not null,
  wanted_date date,
  state text not null default 'open' check (state in ('open', 'granted', 'declined', 'withdrawn')),
  answer text not null default '',
  answered_by text references staff_user (id) on delete set null,
  answered_at timestamptz,
  created_at timestamptz not null default now()
);
create unique index candidate_request_one_open on candidate_request (invitation_id, kind) where state = 'open';
create index candidate_request_invitation on candidate_request (invitation_id, created_at);
create index candidate_request_open on candidate_request (created_at) where state = 'open';

-- Templates that were edited; one that was not is in the code.
create table email_template (
  name text primary key,
  subject text not null,
  body text not null,
  revision integer not null default 1,
  updated_by text references staff_user (id) on delete set null,
  updated_at timestamptz not null default now()
);

-- Mail waiting to leave or sent, as its template was. It is filled in when it leaves, so no link is stored.
create table email_message (
  id uuid primary key default gen_random_uuid(),
  invitation_id uuid not null references invitation (id),
  request_id uuid references candidate_request (id),
  template text not null,
  subject text not null,
  body text not null,
  recipient text not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed')),
  attempts integer not null default 0,
  next_try_at timestamptz not null default now(),
  failure text,
  created_by text references staff_user (id) on delete set null,
  created_at timestamptz not null default now(),
  sent_at timestamptz
);
create index email_message_invitation on email_message (invitation_id, created_at);
create index email_message_waiting on email_message (next_try_at) where state = 'waiting';

create table attempt_message (
  id uuid primary key default gen_random_uuid(),
  attempt_id uuid not null references attempt (id),
  text text not null,
  sent_by text references staff_user (id) on delete set null,
  sent_at timestamptz not null default now(),
  read_at timestamptz
);
create index attempt_message_attempt on attempt_message (attempt_id, sent_at);

-- A pause for a fault of the platform: the container stands still, and the time is credited when it goes on.
alter table attempt add column paused_at timestamptz;
alter table attempt add column pause_reason text;
alter table attempt add column resume_requested_at timestamptz;
alter table attempt add constraint attempt_pause_has_reason check ((paused_at is null) = (pause_reason is null));
alter table attempt add constraint attempt_resume_of_pause
  check (resume_requested_at is null or paused_at is not null);

-- The time a credit of the platform stands for: what one gave, no other gives again.
alter table time_credit add column covers_from timestamptz;
alter table time_credit add column covers_until timestamptz;
alter table time_credit add column idempotency_key text;
alter table time_credit add constraint time_credit_covers
  check ((covers_from is null) = (covers_until is null) and covers_from <= covers_until);
create unique index time_credit_once on time_credit (attempt_id, idempotency_key) where idempotency_key is not null;

create trigger attempt_message_changed after insert or update on attempt_message
  for each row execute function notify_attempt_child_changed();
create function notify_candidate_request_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('attempt_changed', new.invitation_id::text);
  return null;
end $$;
create trigger candidate_request_changed after insert or update on candidate_request
  for each row execute function notify_candidate_request_changed();
create trigger email_message_changed after insert or update on email_message
  for each row execute function notify_candidate_request_changed();

-- Pages of the studio listen on 'studio_changed'; the payload is `<table> <id>`.
create function notify_studio_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('studio_changed', tg_table_name || ' ' || (to_jsonb(new) ->> tg_argv[0]));
  return null;
end $$;
create trigger dataset_import_studio after insert or update on dataset_import
  for each row execute function notify_studio_changed('id');
create trigger mock_api_draft_studio after insert or update on mock_api_draft
  for each row execute function notify_studio_changed('mock_api_id');
create trigger starter_import_studio after insert or update on starter_import
  for each row execute function notify_studio_changed('upload_id');
create trigger assessment_import_studio after insert or update on assessment_import
  for each row execute function notify_studio_changed('id');
create trigger assessment_draft_studio after insert or update on assessment_draft
  for each row execute function notify_studio_changed('assessment_id');
