-- Up Migration

-- Staff accounts. Columns follow better-auth's core schema, in snake case.
create table staff_user (
  id text primary key,
  name text not null,
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  role text not null default 'reviewer' check (role in ('admin', 'reviewer')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table staff_session (
  id text primary key,
  user_id text not null references staff_user (id) on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index staff_session_user on staff_session (user_id);

create table staff_account (
  id text primary key,
  user_id text not null references staff_user (id) on delete cascade,
  account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index staff_account_user on staff_account (user_id);

create table staff_verification (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table api_token (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  token_sha256 bytea not null unique,
  scopes text[] not null,
  created_by text references staff_user (id) on delete set null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  revoked_at timestamptz
);

-- What a company composes. Versions never change once written.
create table dataset (
  id uuid primary key default gen_random_uuid(),
  slug text not null unique,
  title text not null,
  created_at timestamptz not null default now()
);

create table dataset_version (
  id uuid primary key default gen_random_uuid(),
  dataset_id uuid not null references dataset (id),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  manifest jsonb not null,
  created_at timestamptz not null default now(),
  unique (dataset_id, sha256)
);

create table mock_api (
  id uuid primary key default gen_random_uuid(),
  slug text not null unique,
  title text not null,
  created_at timestamptz not null default now()
);

create table mock_api_version (
  id uuid primary key default gen_random_uuid(),
  mock_api_id uuid not null references mock_api (id),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  document jsonb not null,
  bindings jsonb not null,
  dataset_version_id uuid references dataset_version (id),
  created_at timestamptz not null default now(),
  unique (mock_api_id, sha256)
);

create table assessment (
  id uuid primary key default gen_random_uuid(),
  slug text not null unique,
  title text not null,
  created_at timestamptz not null default now(),
  archived_at timestamptz
);

create table assessment_version (
  id uuid primary key default gen_random_uuid(),
  assessment_id uuid not null references assessment (id),
  number integer not null check (number >= 1),
  spec jsonb not null,
  published_at timestamptz,
  created_at timestamptz not null default now(),
  unique (assessment_id, number)
);

create table assessment_version_dataset (
  assessment_version_id uuid not null references assessment_version (id),
  mount_name text not null check (mount_name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  dataset_version_id uuid not null references dataset_version (id),
  primary key (assessment_version_id, mount_name)
);

create table assessment_version_mock_api (
  assessment_version_id uuid not null references assessment_version (id),
  hostname text not null check (hostname ~ '^[a-z0-9][a-z0-9-]{0,62}\.internal$'),
  mock_api_version_id uuid not null references mock_api_version (id),
  primary key (assessment_version_id, hostname)
);

-- One candidate's one way in.
create table invitation (
  id uuid primary key default gen_random_uuid(),
  assessment_version_id uuid not null references assessment_version (id),
  candidate_name text not null,
  candidate_email text not null,
  link_generation integer not null default 1,
  valid_from timestamptz not null default now(),
  expires_at timestamptz not null,
  extra_time_factor numeric(4, 2) not null default 1 check (extra_time_factor between 1 and 5),
  consented_at timestamptz,
  consent_version text,
  revoked_at timestamptz,
  revoked_by text references staff_user (id) on delete set null,
  revoke_reason text,
  created_by text references staff_user (id) on delete set null,
  created_at timestamptz not null default now()
);
create index invitation_assessment_version on invitation (assessment_version_id);

create table host (
  id text primary key,
  capacity integer not null,
  last_seen_at timestamptz not null default now()
);

create table attempt (
  id uuid primary key default gen_random_uuid(),
  invitation_id uuid not null references invitation (id),
  assessment_version_id uuid not null references assessment_version (id),
  kind text not null check (kind in ('scored', 'practice')),
  state text not null default 'provisioning'
    check (state in ('provisioning', 'running', 'sealing', 'submitted', 'ended', 'failed')),
  limit_sec integer not null check (limit_sec > 0),
  extra_time_factor numeric(4, 2) not null default 1,
  requested_at timestamptz not null default now(),
  started_at timestamptz,
  deadline_at timestamptz,
  submit_requested_at timestamptz,
  frozen_at timestamptz,
  ended_at timestamptz,
  end_reason text check (end_reason in ('candidate', 'deadline', 'admin', 'revoked', 'failed')),
  failure text,
  host_id text references host (id),
  epoch integer not null default 0,
  notes_to_reviewer text not null default '',
  last_snapshot_at timestamptz,
  check ((started_at is null) = (deadline_at is null)),
  check (state not in ('running', 'sealing', 'submitted') or started_at is not null)
);
create unique index attempt_one_scored on attempt (invitation_id) where kind = 'scored' and state <> 'failed';
create unique index attempt_one_open_practice on attempt (invitation_id)
  where kind = 'practice' and state in ('provisioning', 'running', 'sealing');
create index attempt_open on attempt (host_id, deadline_at) where state in ('provisioning', 'running', 'sealing');

create table time_credit (
  id uuid primary key default gen_random_uuid(),
  attempt_id uuid not null references attempt (id),
  seconds integer not null check (seconds > 0),
  reason text not null,
  source text not null check (source in ('platform', 'admin')),
  created_by text references staff_user (id) on delete set null,
  created_at timestamptz not null default now()
);
create index time_credit_attempt on time_credit (attempt_id);

create table sandbox (
  id uuid primary key default gen_random_uuid(),
  attempt_id uuid not null references attempt (id),
  epoch integer not null,
  host_id text not null references host (id),
  state text not null default 'starting' check (state in ('starting', 'ready', 'frozen', 'lost', 'removed')),
  container_id text,
  created_at timestamptz not null default now(),
  ready_at timestamptz,
  ended_at timestamptz,
  end_reason text,
  health jsonb,
  unique (attempt_id, epoch)
);
create index sandbox_live on sandbox (host_id) where state in ('starting', 'ready', 'frozen', 'lost');

create table snapshot (
  id uuid primary key default gen_random_uuid(),
  attempt_id uuid not null references attempt (id),
  epoch integer not null,
  taken_at timestamptz not null default now(),
  tree_sha256 text not null check (tree_sha256 ~ '^[0-9a-f]{64}$'),
  file_count integer not null,
  total_bytes bigint not null,
  changed_count integer not null
);
create index snapshot_attempt on snapshot (attempt_id, taken_at);

create table submission (
  id uuid primary key default gen_random_uuid(),
  attempt_id uuid not null unique references attempt (id),
  code_name text not null unique,
  reason text not null check (reason in ('candidate', 'deadline', 'admin')),
  sealed_at timestamptz not null default now(),
  tree_sha256 text not null check (tree_sha256 ~ '^[0-9a-f]{64}$'),
  archive_sha256 text not null check (archive_sha256 ~ '^[0-9a-f]{64}$'),
  archive_bytes bigint not null,
  file_count integer not null,
  total_bytes bigint not null,
  omitted_count integer not null,
  receipt jsonb not null
);

create table attempt_event (
  id bigint generated always as identity primary key,
  attempt_id uuid not null references attempt (id),
  at timestamptz not null default clock_timestamp(),
  type text not null,
  actor text not null check (actor in ('candidate', 'platform', 'staff')),
  data jsonb not null default '{}'
);
create index attempt_event_attempt on attempt_event (attempt_id, id);

create table mock_api_record (
  attempt_id uuid not null references attempt (id),
  mock_api_version_id uuid not null references mock_api_version (id),
  collection text not null,
  record_id text not null,
  document jsonb,
  updated_at timestamptz not null default clock_timestamp(),
  primary key (attempt_id, mock_api_version_id, collection, record_id)
);
comment on column mock_api_record.document is 'the whole record as this attempt left it; null means deleted';

create table review (
  id uuid primary key default gen_random_uuid(),
  submission_id uuid not null references submission (id),
  reviewer_id text not null references staff_user (id),
  state text not null default 'draft' check (state in ('draft', 'submitted')),
  ratings jsonb not null default '{}',
  summary text not null default '',
  recommendation text check (recommendation in ('strong_no', 'no', 'yes', 'strong_yes')),
  revision integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  submitted_at timestamptz,
  unique (submission_id, reviewer_id),
  check ((state = 'submitted') = (submitted_at is not null))
);

-- Jobs leave the database in the transaction that made them necessary.
create table outbox (
  id bigint generated always as identity primary key,
  queue text not null,
  name text not null,
  payload jsonb not null,
  run_at timestamptz not null default clock_timestamp(),
  created_at timestamptz not null default clock_timestamp()
);

create function refuse_change_of_published() returns trigger language plpgsql as $$
begin
  raise exception '% % is published and cannot change', tg_table_name, old.id using errcode = 'restrict_violation';
end $$;
create trigger assessment_version_immutable before update or delete on assessment_version
  for each row when (old.published_at is not null) execute function refuse_change_of_published();
create trigger dataset_version_immutable before update or delete on dataset_version
  for each row execute function refuse_change_of_published();
create trigger mock_api_version_immutable before update or delete on mock_api_version
  for each row execute function refuse_change_of_published();

create function refuse_change_of_submitted_review() returns trigger language plpgsql as $$
begin
  raise exception 'review % is submitted and cannot change', old.id using errcode = 'restrict_violation';
end $$;
create trigger review_locked before update or delete on review
  for each row when (old.state = 'submitted') execute function refuse_change_of_submitted_review();

create function notify_outbox() returns trigger language plpgsql as $$
begin
  perform pg_notify('outbox', '');
  return null;
end $$;
create trigger outbox_notify after insert on outbox for each statement execute function notify_outbox();

-- Live pages listen on 'attempt_changed'; the payload is an invitation id.
create function notify_attempt_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('attempt_changed', new.invitation_id::text);
  return null;
end $$;
create trigger attempt_changed after insert or update on attempt
  for each row execute function notify_attempt_changed();

create function notify_attempt_child_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('attempt_changed', invitation_id::text) from attempt where id = new.attempt_id;
  return null;
end $$;
create trigger sandbox_changed after insert or update on sandbox
  for each row execute function notify_attempt_child_changed();
create trigger time_credit_changed after insert on time_credit
  for each row execute function notify_attempt_child_changed();
create trigger submission_changed after insert on submission
  for each row execute function notify_attempt_child_changed();

create function notify_invitation_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('attempt_changed', new.id::text);
  return null;
end $$;
create trigger invitation_changed after insert or update on invitation
  for each row execute function notify_invitation_changed();
