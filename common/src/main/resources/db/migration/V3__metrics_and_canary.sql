-- Figures that cost the same however much was ever deleted or gave up, and a deletion of our own now and then.

-- ---------------------------------------------------------------------------------------------- what is late

-- Set while every unfinished task is dead and snoozed: until then nobody is told that the deletion is late.
alter table deletion add column snoozed_until timestamptz;
create index deletion_pending on deletion (resource_kind, requested_at)
  where state in ('SCHEDULED', 'PURGING', 'DEAD') and snoozed_until is null;
create index deletion_snoozed on deletion (snoozed_until)
  where state in ('SCHEDULED', 'PURGING', 'DEAD') and snoozed_until is not null;

create index purge_task_unfinished on purge_task (state, created_at)
  where state in ('PENDING', 'RUNNING', 'WAITING', 'DEAD');

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

select snooze_deletions(array_agg(distinct deletion_id))
from dead_letter where snoozed_until is not null and deletion_id is not null;

-- ---------------------------------------------------------------------------------------------- how many are snoozed

alter table dead_letter_tally add column snoozed_until timestamptz;

create or replace function dead_letter_added() returns trigger language plpgsql set search_path from current as $$
begin
  insert into dead_letter_tally
  select fingerprint, class, state, kind, store, count(*), sum(bytes), snoozed_until from added
  group by fingerprint, class, state, kind, store, snoozed_until;
  return null;
end $$;

create or replace function dead_letter_removed() returns trigger language plpgsql set search_path from current as $$
begin
  insert into dead_letter_tally
  select fingerprint, class, state, kind, store, -count(*), -sum(bytes), snoozed_until from removed
  group by fingerprint, class, state, kind, store, snoozed_until;
  return null;
end $$;

create or replace function dead_letter_changed() returns trigger language plpgsql set search_path from current as $$
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

lock table dead_letter in share mode;
delete from dead_letter_tally;
insert into dead_letter_tally
select fingerprint, class, state, kind, store, count(*), sum(bytes), snoozed_until from dead_letter
group by fingerprint, class, state, kind, store, snoozed_until;

-- ---------------------------------------------------------------------------------------------- canaries

-- One for each store and root: a tiny real deletion runs through everything now and then.
create table canary (
  -- The queue's name without its first part: objects.STORE or directories.ROOT.
  store           text primary key,
  state           text        not null default 'IDLE'
                  check (state in ('IDLE', 'BEGUN', 'REGISTERED', 'WRITING', 'WRITTEN', 'DELETING')),
  -- The dataset of the round that runs, or ran last.
  dataset_id      uuid,
  location        text,
  -- Whether there really was something to delete.
  written         boolean     not null default false,
  deletion_id     uuid,
  began_at        timestamptz,
  tried_at        timestamptz,
  problem         text,
  wanted_since    timestamptz not null default clock_timestamp(),
  -- When a gateway last wanted it; one that nobody wants any more is brought to its end and removed.
  wanted_at       timestamptz not null default clock_timestamp(),
  last_success_at timestamptz
);

create index deletion_of_canary on deletion (finished_at) where actor = 'canary';
