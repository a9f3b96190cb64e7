-- Dead letters that can be told apart, grouped, put back and given up.

-- ---------------------------------------------------------------------------------------------- what failed, and how often

create table purge_attempt (
  id          bigint generated always as identity primary key,
  task_id     uuid        not null references purge_task on delete cascade,
  generation  int         not null,
  at          timestamptz not null default clock_timestamp(),
  worker      text        not null,
  class       text        not null,
  exception   text        not null,
  message     text        not null,
  fingerprint text        not null
);
create index purge_attempt_by_task on purge_attempt (task_id, id);

-- How the task failed before it was replayed: failing so again is not tried again.
alter table purge_task add column replay_of text;

-- A store or root that a worker cannot reach; gone when it is back, or when nobody has looked for a while.
create table store_outage (
  queue   text        not null,
  worker  text        not null,
  since   timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  problem text        not null,
  primary key (queue, worker)
);

alter table dead_letter
  add column fingerprint   text   not null default '',
  add column title         text   not null default '',
  add column kind          text,
  add column store         text,
  add column replays       int    not null default 0,
  add column snoozed_until timestamptz,
  add column decision      text,
  add column decided_by    text,
  add column decided_at    timestamptz,
  add column resolved_at   timestamptz,
  add constraint dead_letter_state check (state in ('OPEN', 'REPLAYING', 'RESOLVED', 'DISCARDED'));
create index dead_letter_by_group on dead_letter (fingerprint, state, id);
create index dead_letter_by_kind on dead_letter (kind, id);
create index dead_letter_by_time on dead_letter (last_at);
create index dead_letter_ended on dead_letter (coalesce(resolved_at, decided_at)) where state in ('RESOLVED', 'DISCARDED');
create index dead_letter_last on dead_letter (fingerprint, state, last_at);

-- ---------------------------------------------------------------------------------------------- how many there are

-- The sum over its rows is how many dead letters there are of each sort. Each statement adds what it changed, so that two that
-- change letters of the same group do not wait for each other; the rows are added up now and then.
create table dead_letter_tally (
  fingerprint text   not null,
  class       text   not null,
  state       text   not null,
  kind        text,
  store       text,
  letters     bigint not null,
  bytes       bigint not null
);

create function dead_letter_added() returns trigger language plpgsql set search_path from current as $$
begin
  insert into dead_letter_tally
  select fingerprint, class, state, kind, store, count(*), sum(bytes) from added
  group by fingerprint, class, state, kind, store;
  return null;
end $$;

create function dead_letter_removed() returns trigger language plpgsql set search_path from current as $$
begin
  insert into dead_letter_tally
  select fingerprint, class, state, kind, store, -count(*), -sum(bytes) from removed
  group by fingerprint, class, state, kind, store;
  return null;
end $$;

create function dead_letter_changed() returns trigger language plpgsql set search_path from current as $$
begin
  insert into dead_letter_tally
  select fingerprint, class, state, kind, store, sum(letters), sum(bytes)
  from (select fingerprint, class, state, kind, store, 1 as letters, bytes from added
        union all
        select fingerprint, class, state, kind, store, -1, -bytes from removed) change
  group by fingerprint, class, state, kind, store
  having sum(letters) <> 0 or sum(bytes) <> 0;
  return null;
end $$;

create trigger dead_letter_added after insert on dead_letter
  referencing new table as added for each statement execute function dead_letter_added();
create trigger dead_letter_removed after delete on dead_letter
  referencing old table as removed for each statement execute function dead_letter_removed();
create trigger dead_letter_changed after update on dead_letter
  referencing old table as removed new table as added for each statement execute function dead_letter_changed();

insert into dead_letter_tally
select fingerprint, class, state, kind, store, count(*), sum(bytes) from dead_letter
group by fingerprint, class, state, kind, store;

-- ---------------------------------------------------------------------------------------------- putting them back

create table replay (
  id              uuid primary key,
  state           text        not null check (state in ('RUNNING', 'PAUSED', 'ABORTED', 'DONE')),
  actor           text        not null,
  reason          text        not null,
  selector        jsonb       not null,
  ramp            boolean     not null,
  rate_per_second double precision,
  idempotency_key text,
  request         text        not null,
  accepted        bigint      not null,
  skipped         jsonb       not null,
  -- The step that runs: which, of how many, since when. What the steps before came to is in the sums.
  step            int         not null default 0,
  step_size       bigint      not null default 0,
  step_began_at   timestamptz,
  replayed        bigint      not null default 0,
  resolved        bigint      not null default 0,
  failed_again    bigint      not null default 0,
  aborted_because text,
  created_at      timestamptz not null default clock_timestamp(),
  driven_at       timestamptz,
  finished_at     timestamptz,
  unique (actor, idempotency_key)
);
create index replay_running on replay (driven_at) where state in ('RUNNING', 'PAUSED');

create table replay_item (
  replay_id      uuid not null references replay on delete cascade,
  dead_letter_id uuid not null references dead_letter on delete cascade,
  step           int,
  outcome        text check (outcome in ('RESOLVED', 'FAILED', 'SKIPPED', 'RELEASED')),
  fingerprint    text,
  primary key (replay_id, dead_letter_id)
);
-- The claim: a dead letter is in one replay at a time.
create unique index replay_item_claim on replay_item (dead_letter_id) where outcome is null;
create index replay_item_by_step on replay_item (replay_id, step, outcome);

-- A whole asks for one part in a state, not for all of its parts.
drop index deletion_by_parent;
create index deletion_by_parent on deletion (parent_id, state) where parent_id is not null;
