-- Purgeline keeps everything in a schema of its own; other systems may live in the same database.

-- The keys from a prefix up to, but without, the first key that no longer starts with it, in byte order.
create type key_range as range (subtype = text, collation = "C");

-- ---------------------------------------------------------------------------------------------- catalogue

create table job (
  id         uuid primary key,
  name       text        not null,
  type       text        not null check (type in ('synthetic_generation', 'training')),
  status     text        not null check (status in ('pending', 'queued', 'running', 'paused', 'completed', 'failed', 'cancelled')),
  owner      text        not null,
  -- The request that registered it, to tell the same one again from another one.
  registered_as text,
  created_at timestamptz not null default now()
);

create table dataset (
  id                uuid primary key,
  name              text        not null unique,
  type              text        not null check (type in ('iq_raw', 'feature_based', 'files')),
  created_by_job_id uuid references job on delete set null,
  -- Its job went while it might still have been writing: the purge has to wait for what is still to arrive.
  unsettled         boolean     not null default false,
  sample_count      bigint      not null default 0,
  sample_bytes      bigint      not null default 0,
  owner             text        not null,
  registered_as     text,
  created_at        timestamptz not null default now()
);
create index dataset_by_job on dataset (created_by_job_id);

create table training (
  id         text primary key,
  name       text        not null,
  status     text        not null check (status in ('pending', 'queued', 'running', 'paused', 'completed', 'failed', 'cancelled')),
  owner      text        not null,
  registered_as text,
  created_at timestamptz not null default now()
);

-- No reference to dataset: what a training once read is remembered after the dataset is gone.
create table training_dataset (
  training_id text not null references training on delete cascade,
  dataset_id  uuid not null,
  primary key (training_id, dataset_id)
);
create index training_dataset_by_dataset on training_dataset (dataset_id);

create table model (
  id            uuid primary key,
  name          text        not null,
  version       text        not null,
  training_id   text references training on delete set null,
  is_active     boolean     not null default false,
  is_production boolean     not null default false,
  owner         text        not null,
  registered_as text,
  created_at    timestamptz not null default now(),
  unique (name, version)
);
create index model_by_training on model (training_id);

-- No reference to dataset: an inactive model outlives the data it was trained on.
create table model_dataset (
  model_id   uuid not null references model on delete cascade,
  dataset_id uuid not null,
  primary key (model_id, dataset_id)
);
create index model_dataset_by_dataset on model_dataset (dataset_id);

-- ---------------------------------------------------------------------------------------------- deletion

create table deletion (
  id            uuid primary key,
  resource_kind text        not null check (resource_kind in ('dataset', 'job', 'training')),
  resource_id   text        not null,
  resource_name text        not null,
  resource_type text,
  snapshot      jsonb       not null,
  actor         text        not null,
  reason        text,
  parent_id     uuid references deletion,
  state         text        not null check (state in ('SCHEDULED', 'PURGING', 'RETAINED', 'PURGED', 'DEAD', 'INCOMPLETE', 'RESTORED')),
  settle        boolean     not null default false,
  traceparent   text,
  requested_at  timestamptz not null default now(),
  purge_after   timestamptz not null default now(),
  finished_at   timestamptz
);
create index deletion_by_resource on deletion (resource_kind, resource_id, id desc);
create index deletion_by_parent on deletion (parent_id) where parent_id is not null;
create index deletion_by_time on deletion (requested_at);
create index deletion_unfinished on deletion (requested_at) where state <> 'PURGED';

-- A location outlives its record: it stays reserved until its purge is verified. No two ever overlap.
create table storage_location (
  id          uuid primary key,
  owner_kind  text      not null check (owner_kind in ('dataset', 'training')),
  owner_id    text      not null,
  uri         text      not null,
  span        key_range not null,
  deletion_id uuid references deletion,
  constraint storage_location_overlap exclude using gist (span with &&)
);
create index storage_location_by_owner on storage_location (owner_kind, owner_id);
create index storage_location_by_deletion on storage_location (deletion_id) where deletion_id is not null;

-- The registered objects. No foreign keys: deleting a dataset of ten million samples must not touch one of them.
create table sample (
  dataset_id  uuid   not null,
  location_id uuid,
  sample_idx  bigint not null,
  receiver    text,
  object_key  text collate "C",
  size_bytes  bigint not null check (size_bytes >= 0),
  check ((location_id is null) = (object_key is null))
);
create unique index sample_by_key on sample (location_id, object_key) where location_id is not null;
create unique index sample_without_key on sample (dataset_id, sample_idx, receiver) nulls not distinct where location_id is null;

create table purge_task (
  id                     uuid primary key,
  deletion_id            uuid        not null references deletion,
  -- Null for a task that has rows only.
  location_id            uuid,
  location               text,
  dataset_id             uuid,
  queue                  text        not null,
  state                  text        not null check (state in ('PENDING', 'RUNNING', 'WAITING', 'RETAINED', 'DONE', 'DEAD', 'DISCARDED')),
  generation             int         not null default 1,
  lease_owner            text,
  lease_until            timestamptz,
  -- What a lost worker sent last may still be carried out until then: the location is not given back before.
  quarantine_until       timestamptz,
  attempts               int         not null default 0,
  barren_claims          int         not null default 0,
  slices                 int         not null default 0,
  -- Where the current pass over the place is, and what it has removed so far.
  cursor                 jsonb,
  pass_removed           bigint      not null default 0,
  settle_until           timestamptz,
  retained_until         timestamptz,
  objects_planned        bigint      not null default 0,
  objects_purged         bigint      not null default 0,
  objects_already_absent bigint      not null default 0,
  objects_retained       bigint      not null default 0,
  objects_failed         bigint      not null default 0,
  bytes_planned          bigint      not null default 0,
  bytes_purged           bigint      not null default 0,
  bytes_already_absent   bigint      not null default 0,
  bytes_retained         bigint      not null default 0,
  bytes_failed           bigint      not null default 0,
  uploads_verified       boolean,
  last_error_class       text,
  last_error_message     text,
  last_error_at          timestamptz,
  next_attempt_at        timestamptz,
  dispatched_at          timestamptz,
  created_at             timestamptz not null default now(),
  finished_at            timestamptz
);
create index purge_task_by_deletion on purge_task (deletion_id);
create index purge_task_leased on purge_task (lease_until) where state = 'RUNNING';
create index purge_task_waiting on purge_task (dispatched_at) where state in ('PENDING', 'WAITING', 'RETAINED');
create index purge_task_open on purge_task (state, queue) where state not in ('DONE', 'DISCARDED');

-- What was sent to a store and has not been answered yet, to the last key, written before it is sent. After a crash or a lost
-- answer it is sent again: every entry was listed once, so what the store then confirms is what the purge removed.
create table purge_batch (
  id        uuid primary key,
  task_id   uuid   not null references purge_task on delete cascade,
  first_key text   not null,
  last_key  text   not null,
  objects   int    not null,
  bytes     bigint not null,
  entries   bytea  not null
);
create index purge_batch_by_task on purge_batch (task_id);

create table purge_failure (
  id      bigint generated always as identity,
  task_id uuid        not null references purge_task on delete cascade,
  what    text        not null,
  code    text        not null,
  message text        not null,
  bytes   bigint      not null,
  at      timestamptz not null default now(),
  primary key (task_id, id)
);
-- A path may be longer than what an index takes.
create unique index purge_failure_by_what on purge_failure (task_id, md5(what));

create table dead_letter (
  id            uuid primary key,
  task_id       uuid unique references purge_task,
  deletion_id   uuid,
  class         text        not null check (class in ('ITEM', 'BUG', 'CRASH_LOOP', 'UNREADABLE')),
  state         text        not null default 'OPEN',
  generation    int,
  exception     text,
  message       text        not null,
  stack         text,
  attempts      int         not null default 0,
  bytes         bigint      not null default 0,
  worker        text,
  version       text,
  trace_id      text,
  body          bytea,
  body_digest   bytea unique,
  headers       jsonb,
  first_at      timestamptz not null default now(),
  last_at       timestamptz not null default now()
);
create index dead_letter_open on dead_letter (last_at) where state = 'OPEN';
create index dead_letter_by_class on dead_letter (class, id);
create index dead_letter_by_state on dead_letter (state, id);
create index dead_letter_by_deletion on dead_letter (deletion_id);

-- ---------------------------------------------------------------------------------------------- messages

create table outbox (
  id           bigint generated always as identity primary key,
  event_id     uuid        not null unique,
  exchange     text        not null,
  routing_key  text        not null,
  type         text        not null,
  mandatory    boolean     not null,
  deletion_id  uuid,
  task_id      uuid,
  payload      text        not null,
  traceparent  text,
  created_at   timestamptz not null default now(),
  available_at timestamptz not null default now(),
  attempts     int         not null default 0,
  last_error   text
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
create index outbox_fresh on outbox (available_at, id) where attempts = 0;
create index outbox_tried on outbox (available_at, id) where attempts > 0;
create index outbox_by_task on outbox (task_id) where task_id is not null;

-- ---------------------------------------------------------------------------------------------- operations

-- One row while nothing may be purged.
create table purge_freeze (
  only_one boolean primary key default true check (only_one),
  actor    text        not null,
  reason   text        not null,
  since    timestamptz not null default now()
);

-- What each bucket and root was recognised by at first contact; another identity is an outage until somebody confirms it.
create table store_identity (
  place       text primary key,
  identity    text        not null,
  recorded_at timestamptz not null default now(),
  observed    text,
  problem     text,
  observed_at timestamptz
);

-- ---------------------------------------------------------------------------------------------- audit

create table audit_entry (
  id            bigint generated always as identity primary key,
  at            timestamptz not null default clock_timestamp(),
  actor         text        not null,
  act           text        not null,
  resource_kind text,
  resource_id   text,
  reason        text,
  outcome       text        not null,
  deletion_id   uuid,
  detail        jsonb
);
create index audit_entry_by_time on audit_entry (at);
create index audit_entry_by_actor on audit_entry (actor, id);
create index audit_entry_by_act on audit_entry (act, id);
create index audit_entry_by_resource on audit_entry (resource_id, id);

-- The chain, in the order of sealing. Kept apart, so that entries are never updated.
create table audit_seal (
  seq      bigint primary key,
  entry_id bigint not null unique references audit_entry,
  hash     bytea  not null
);

-- Entries that wait for their seal; filled in the transaction of the entry itself.
create table audit_unsealed (
  entry_id bigint primary key references audit_entry
);

create function audit_enqueue() returns trigger language plpgsql as $$
begin
  insert into audit_unsealed (entry_id) values (new.id);
  return null;
end $$;
create trigger audit_enqueue after insert on audit_entry for each row execute function audit_enqueue();

create function audit_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit trail is append-only: % on % is refused', tg_op, tg_table_name;
end $$;
create trigger audit_entry_append_only before update or delete or truncate on audit_entry
  for each statement execute function audit_refuse_change();
create trigger audit_seal_append_only before update or delete or truncate on audit_seal
  for each statement execute function audit_refuse_change();
