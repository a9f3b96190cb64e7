-- Figures that cost the same however much was ever deleted or gave up, and a deletion of our own now and then.

-- ---------------------------------------------------------------------------------------------- what is late

create index deletion_pending on deletion (resource_kind, requested_at)
  where state in ('SCHEDULED', 'PURGING', 'DEAD') and snoozed_until is null;
create index deletion_snoozed on deletion (snoozed_until)
  where state in ('SCHEDULED', 'PURGING', 'DEAD') and snoozed_until is not null;

create index purge_task_unfinished on purge_task (state, created_at)
  where state in ('PENDING', 'RUNNING', 'WAITING', 'DEAD');

-- ---------------------------------------------------------------------------------------------- lists of deletions

create index deletion_by_state on deletion (state, id);
create index deletion_by_kind on deletion (resource_kind, id);

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
