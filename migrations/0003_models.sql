-- Up Migration

-- Where language models are: any address that speaks OpenAI's protocol. The key is sealed with the platform's secret.
create table model_upstream (
  id uuid primary key default gen_random_uuid(),
  name text not null unique,
  kind text not null default 'compatible' check (kind in ('compatible', 'mock')),
  base_url text not null,
  key_sealed bytea,
  key_hint text not null default '',
  test jsonb,
  created_by text references staff_user (id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  archived_at timestamptz
);
comment on column model_upstream.kind is 'mock: answers are made up by a program of the platform''s';
comment on column model_upstream.key_sealed is 'null: the upstream wants no key';

create table model (
  id uuid primary key default gen_random_uuid(),
  upstream_id uuid not null references model_upstream (id),
  name text not null,
  kind text not null check (kind in ('chat', 'embedding')),
  input_usd_per_mtok numeric(14, 6) check (input_usd_per_mtok >= 0),
  cached_input_usd_per_mtok numeric(14, 6) check (cached_input_usd_per_mtok >= 0),
  output_usd_per_mtok numeric(14, 6) check (output_usd_per_mtok >= 0),
  created_at timestamptz not null default now(),
  archived_at timestamptz,
  unique (upstream_id, name),
  check ((input_usd_per_mtok is null) = (output_usd_per_mtok is null)),
  check ((input_usd_per_mtok is null) = (cached_input_usd_per_mtok is null))
);
comment on column model.input_usd_per_mtok is 'dollars for a million tokens; null: no price, so the model is not used';

-- What an attempt may spend. Each call reserves the most it may cost and settles what it did cost; the check holds
-- whoever writes. Amounts are billionths of a dollar.
create table attempt_model_budget (
  attempt_id uuid not null references attempt (id),
  line text not null check (line in ('product', 'assistant')),
  limit_nano_usd bigint not null check (limit_nano_usd >= 0),
  limit_tokens bigint check (limit_tokens >= 0),
  spent_nano_usd bigint not null default 0 check (spent_nano_usd >= 0),
  reserved_nano_usd bigint not null default 0 check (reserved_nano_usd >= 0),
  spent_tokens bigint not null default 0 check (spent_tokens >= 0),
  reserved_tokens bigint not null default 0 check (reserved_tokens >= 0),
  requests integer not null default 0 check (requests >= 0),
  primary key (attempt_id, line),
  check (spent_nano_usd + reserved_nano_usd <= limit_nano_usd),
  check (limit_tokens is null or spent_tokens + reserved_tokens <= limit_tokens)
);

-- Each call, with what it cost and, sealed, what was said. `open` is a reservation.
create table model_call (
  id uuid primary key,
  attempt_id uuid not null references attempt (id),
  epoch integer not null,
  line text not null check (line in ('product', 'assistant')),
  at timestamptz not null default clock_timestamp(),
  endpoint text not null,
  alias text not null,
  upstream_id uuid references model_upstream (id),
  upstream_model text,
  mock boolean not null default false,
  stream boolean not null,
  outcome text not null
    check (outcome in ('open', 'answered', 'aborted', 'refused', 'upstream_failed', 'lost', 'replayed')),
  status integer,
  error_code text,
  reserved_nano_usd bigint not null default 0,
  reserved_tokens bigint not null default 0,
  cost_nano_usd bigint not null default 0 check (cost_nano_usd >= 0),
  input_tokens bigint,
  cached_input_tokens bigint,
  output_tokens bigint,
  usage text not null default 'none' check (usage in ('reported', 'estimated', 'none')),
  first_token_ms real,
  duration_ms real,
  failed_targets integer not null default 0,
  request_sha256 text check (request_sha256 ~ '^[0-9a-f]{64}$'),
  request_sealed bytea,
  response_sealed bytea,
  request_bytes bigint not null default 0,
  response_bytes bigint not null default 0,
  truncated boolean not null default false
);
create index model_call_attempt on model_call (attempt_id, at, id);
create index model_call_open on model_call (attempt_id) where outcome = 'open';
create index model_call_replay on model_call (attempt_id, request_sha256) where outcome = 'answered';
comment on column model_call.request_sealed is 'what the program sent, compressed and encrypted';
comment on column model_call.truncated is 'only the beginning of a body is kept';

-- What an attempt fetched through the package mirror: one row for a file, however often it was asked for. Rows are made
-- before the first byte is sent, so that their sum never passes what the attempt may fetch.
create table attempt_package (
  attempt_id uuid not null references attempt (id),
  ecosystem text not null check (ecosystem in ('npm', 'pypi')),
  name text not null,
  version text not null,
  file text not null,
  bytes bigint not null check (bytes >= 0),
  state text not null default 'fetching' check (state in ('fetching', 'fetched')),
  at timestamptz not null default clock_timestamp(),
  primary key (attempt_id, ecosystem, name, file)
);
comment on column attempt_package.name is 'as the ecosystem writes it: PyPI names are normalised';
comment on column attempt_package.bytes is 'while fetching: what is set aside for the file';
comment on column attempt_package.state is 'fetched: sent, whole or in part; on the timeline from then on';
