-- What is out of reach, what is known by which name, and which copies of a message were kept.

-- A worker that reported an outage and is gone says nothing about now. The store as it is called in locations.
create view store_out_of_reach as
select queue, worker, place, since, problem,
       case when queue like 'purgeline.objects.%' then 's3://' || substr(queue, length('purgeline.objects.') + 1)
            else 'dir://' || substr(queue, length('purgeline.directories.') + 1) end as store
from store_outage
where seen_at > clock_timestamp() - interval '60 seconds';

-- ---------------------------------------------------------------------------------------------- identities

-- Two stores may lead to one bucket, two roots to one directory. The name that came first is the one it has.
alter table store_identity
  add column name_in_store text not null generated always as (regexp_replace(place, '^[a-z0-9]+://[^/]*', '')) stored;
update store_identity s set identity = 'none yet', observed = s.identity
where s.identity not in ('none yet', 'unknown')
  and exists (select from store_identity first
              where first.name_in_store = s.name_in_store and first.identity = s.identity
                and (first.recorded_at, first.place) < (s.recorded_at, s.place));
create unique index store_identity_one_name on store_identity (name_in_store, identity)
  where identity not in ('none yet', 'unknown');

-- ---------------------------------------------------------------------------------------------- unreadable messages

-- The ids of the last messages of this body: one that comes again is a copy.
alter table dead_letter add column message_ids text[] not null default '{}';
update dead_letter set message_ids = array[headers ->> 'message_id'] where class = 'UNREADABLE' and headers ? 'message_id';
