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

-- A store or root that a worker cannot reach, as a whole (no place) or one bucket of it; gone when it is back, or when nobody
-- has looked for a while.
create table store_outage (
  queue   text        not null,
  worker  text        not null,
  place   text        not null default '',
  since   timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  problem text        not null,
  primary key (queue, worker, place)
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
drop index dead_letter_open;
create index dead_letter_by_group on dead_letter (fingerprint, state, id);
create index dead_letter_by_group_and_id on dead_letter (fingerprint, id);
create index dead_letter_by_kind on dead_letter (kind, id);
create index dead_letter_by_time on dead_letter (last_at);
create index dead_letter_ended on dead_letter (coalesce(resolved_at, decided_at)) where state in ('RESOLVED', 'DISCARDED');
create index dead_letter_last on dead_letter (fingerprint, state, last_at);

-- ---------------------------------------------------------------------------------------------- how many there are

-- The sum over its rows is how many dead letters there are of each sort. Each statement adds what it changed, so that two that
-- change letters of the same group do not wait for each other; the rows are added up now and then.
create table dead_letter_tally (
  fingerprint   text   not null,
  class         text   not null,
  state         text   not null,
  kind          text,
  store         text,
  letters       bigint not null,
  bytes         bigint not null,
  snoozed_until timestamptz
);

create function dead_letter_added() returns trigger language plpgsql set search_path from current as $$
begin
  insert into dead_letter_tally
  select fingerprint, class, state, kind, store, count(*), sum(bytes), snoozed_until from added
  group by fingerprint, class, state, kind, store, snoozed_until;
  return null;
end $$;

create function dead_letter_removed() returns trigger language plpgsql set search_path from current as $$
begin
  insert into dead_letter_tally
  select fingerprint, class, state, kind, store, -count(*), -sum(bytes), snoozed_until from removed
  group by fingerprint, class, state, kind, store, snoozed_until;
  return null;
end $$;

create function dead_letter_changed() returns trigger language plpgsql set search_path from current as $$
begin
  insert into dead_letter_tally
  select fingerprint, class, state, kind, store, sum(letters), sum(bytes), snoozed_until
  from (select fingerprint, class, state, kind, store, snoozed_until, 1 as letters, bytes from added
        union all
        select fingerprint, class, state, kind, store, snoozed_until, -1, -bytes from removed) change
  group by fingerprint, class, state, kind, store, snoozed_until
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
select fingerprint, class, state, kind, store, count(*), sum(bytes), snoozed_until from dead_letter
group by fingerprint, class, state, kind, store, snoozed_until;

-- ---------------------------------------------------------------------------------------------- leaving them aside

-- Set while every unfinished task is dead and snoozed: until then nobody is told that the deletion is late.
alter table deletion add column snoozed_until timestamptz;

-- Brings these deletions, and those they are part of, up to date; parts are locked before wholes, in the order of their ids.
create function snooze_deletions(ids uuid[]) returns void language plpgsql set search_path from current as $$
declare
  parents uuid[];
begin
  perform from deletion where id = any(ids) order by id for update;
  select array_agg(distinct parent_id) into parents from deletion where id = any(ids) and parent_id is not null;
  if parents is not null then
    perform from deletion where id = any(parents) order by id for update;
  end if;
  update deletion d set snoozed_until = now_snoozed.until
  from (
    select part.whole, case when bool_and(t.state = 'DEAD' and l.state = 'OPEN' and l.snoozed_until is not null)
                            then min(l.snoozed_until) end as until
    from (
      select id as whole, id from deletion where id = any(ids)
      union
      select parent_id, id from deletion where parent_id = any(ids) or parent_id = any(parents)
    ) part
    join purge_task t on t.deletion_id = part.id and t.state not in ('DONE', 'DISCARDED', 'RETAINED')
    left join dead_letter l on l.task_id = t.id
    group by part.whole
  ) now_snoozed
  where d.id = now_snoozed.whole and d.snoozed_until is distinct from now_snoozed.until;
end $$;

create function dead_letter_snoozed() returns trigger language plpgsql set search_path from current as $$
declare
  ids uuid[];
begin
  select array_agg(distinct a.deletion_id) into ids
  from added a join removed r using (id)
  where a.deletion_id is not null and a.snoozed_until is distinct from r.snoozed_until;
  if ids is not null then
    perform snooze_deletions(ids);
  end if;
  return null;
end $$;
create trigger dead_letter_snoozed after update on dead_letter
  referencing old table as removed new table as added for each statement execute function dead_letter_snoozed();

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
  -- What all steps came to so far; passed over are letters that somebody decided about before their turn.
  replayed        bigint      not null default 0,
  passed_over     bigint      not null default 0,
  resolved        bigint      not null default 0,
  failed_again    bigint      not null default 0,
  -- The step that runs: which, of how many, since when; how many it has taken, how many of those have an outcome, how many failed.
  step            int         not null default 0,
  step_size       bigint      not null default 0,
  step_began_at   timestamptz,
  step_taken      bigint      not null default 0,
  step_settled    bigint      not null default 0,
  step_failed     bigint      not null default 0,
  aborted_because text,
  created_at      timestamptz not null default clock_timestamp(),
  driven_at       timestamptz,
  finished_at     timestamptz,
  unique (actor, idempotency_key)
);
create index replay_running on replay (id) where state = 'RUNNING';
create index replay_ended on replay (finished_at) where finished_at is not null;

create table replay_item (
  replay_id      uuid    not null references replay on delete cascade,
  dead_letter_id uuid    not null references dead_letter on delete cascade,
  store          text,
  -- Null until it is put back.
  step           int,
  outcome        text check (outcome in ('RESOLVED', 'FAILED', 'PASSED_OVER')),
  fingerprint    text,
  -- Whether the replay's sums have the outcome.
  counted        boolean not null default false,
  primary key (replay_id, dead_letter_id)
);
-- The claim: a dead letter is in one replay at a time.
create unique index replay_item_claim on replay_item (dead_letter_id) where outcome is null;
create index replay_item_by_letter on replay_item (dead_letter_id);
create index replay_item_next on replay_item (replay_id, dead_letter_id) where step is null;
create index replay_item_waiting on replay_item (replay_id, store) where outcome is null;
create index replay_item_uncounted on replay_item (replay_id) where outcome is not null and not counted;

-- A task that was put back and met a store that is out of reach.
create index purge_task_replayed_into_outage on purge_task (id)
  where state = 'WAITING' and replay_of is not null and last_error_class = 'OUTAGE';

-- A whole asks for one part in a state, not for all of its parts.
drop index deletion_by_parent;
create index deletion_by_parent on deletion (parent_id, state) where parent_id is not null;
