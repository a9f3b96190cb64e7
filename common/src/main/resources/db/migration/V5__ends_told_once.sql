-- The end that was told of last. What is locked is looked at again for years: one that was RETAINED and still is has
-- nothing to tell, and while it is looked at it is not late.
alter table deletion add column last_end text;
update deletion set last_end = state where state in ('RETAINED', 'PURGED', 'DEAD', 'INCOMPLETE', 'RESTORED');
