-- Up Migration

-- A run: a submission once more in a sandbox of its own, for one reviewer. An attempt that is filled from what was
-- submitted and that nobody keeps.
alter table attempt drop constraint attempt_kind_check;
alter table attempt add constraint attempt_kind_check check (kind in ('scored', 'practice', 'run'));
alter table attempt drop constraint attempt_end_reason_check;
alter table attempt add constraint attempt_end_reason_check
  check (end_reason in ('candidate', 'deadline', 'admin', 'revoked', 'failed', 'reviewer', 'lost'));
alter table attempt add column run_of uuid references submission (id) on delete cascade;
alter table attempt add column run_by text references staff_user (id);
alter table attempt add constraint attempt_run_is_of_somebody
  check ((kind = 'run') = (run_of is not null) and (kind = 'run') = (run_by is not null));
create unique index attempt_one_open_run on attempt (run_of, run_by)
  where kind = 'run' and state in ('provisioning', 'running', 'sealing');
create index attempt_run on attempt (run_of, run_by, requested_at) where kind = 'run';
comment on column attempt.run_of is 'of a run: the submission that it is filled from';
comment on column attempt.run_by is 'of a run: the reviewer, who alone may enter it';

-- A run is nothing that the candidate's page or the board shows, nor may they be told that there is one.
create or replace function notify_attempt_changed() returns trigger language plpgsql as $$
begin
  if new.kind <> 'run' then
    perform pg_notify('attempt_changed', new.invitation_id::text);
  end if;
  return null;
end $$;
create or replace function notify_attempt_child_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('attempt_changed', invitation_id::text)
  from attempt where id = new.attempt_id and kind <> 'run';
  return null;
end $$;
