package io.purgeline.deletion;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A gauge and the statement that fills it: a column {@code value} and one for each tag. Every
 * series is always there, with 0 for none, so that an alert never misses one.
 *
 * @param name as Micrometer writes it
 * @param description for people
 * @param unit the base unit, null for a count
 * @param tags the tags, which are columns too
 * @param sql the statement; it reads what is open, never all that ever was, and of what may be many
 *     only a tally. It may have the parameter {@code objective}, in seconds
 */
record GaugeQuery(
    String name, String description, @Nullable String unit, List<String> tags, String sql) {

  static final List<GaugeQuery> ALL =
      List.of(
          new GaugeQuery(
              "purgeline.oldest.pending.timestamp",
              "When the oldest deletion was asked for that is still to be purged; 0 is none. What waits for"
                  + " a lock to end, is snoozed, or was accepted by an operator, is not late",
              "seconds",
              List.of("kind"),
              // What is looked at again because it was locked has the end that was told before. The
              // offset keeps the database from looking for the oldest in the order of time instead.
              """
              select kind, coalesce(extract(epoch from least(
                (select requested_at from deletion
                 where resource_kind = kind and state in ('SCHEDULED', 'PURGING', 'DEAD') and snoozed_until is null
                   and (state <> 'PURGING' or last_end is distinct from 'RETAINED')
                 order by requested_at limit 1),
                (select min(requested_at)
                 from (select requested_at from deletion
                       where resource_kind = kind and state in ('SCHEDULED', 'PURGING', 'DEAD')
                         and snoozed_until <= clock_timestamp() offset 0) awake))), 0) as value
              from unnest(array['dataset', 'job', 'training']) as kind
              """),
          new GaugeQuery(
              "purgeline.tasks",
              "Purge tasks that are not finished",
              null,
              List.of("state", "kind"),
              // Each dead task has an open letter, and those are counted already.
              """
              select state, kind, coalesce(tasks, 0) as value
              from unnest(array['PENDING', 'RUNNING', 'WAITING', 'RETAINED', 'DEAD']) as state
              cross join unnest(array['dataset', 'training']) as kind
              left join (select state, case when dataset_id is null then 'training' else 'dataset' end as kind,
                                count(*) as tasks
                         from purge_task where state in ('PENDING', 'RUNNING', 'WAITING', 'RETAINED')
                         group by 1, 2
                         union all
                         select 'DEAD', kind, sum(letters) from dead_letter_tally
                         where state = 'OPEN' and kind is not null group by kind) open using (state, kind)
              """),
          new GaugeQuery(
              "purgeline.overdue.tasks",
              "Purge tasks that have been unfinished for longer than the objective; dead ones are among them",
              null,
              List.of(),
              // A task that was verified before waits for a lock, also while it is looked at again.
              // Of the dead, the old may be a million that nobody looks at: the young are counted.
              """
              with since as (select clock_timestamp() - make_interval(secs => :objective) as moment)
              select (select count(*) from purge_task, since
                      where state in ('PENDING', 'RUNNING', 'WAITING') and uploads_verified is null
                        and created_at < moment)
                   + greatest(0,
                       (select coalesce(sum(letters), 0) from dead_letter_tally
                        where state = 'OPEN' and kind is not null)
                       - (select count(*) from purge_task, since where state = 'DEAD' and created_at >= moment))
                     as value
              """),
          new GaugeQuery(
              "purgeline.outbox.rows",
              "Messages that wait to be published, those for later included",
              null,
              List.of(),
              "select count(*) as value from outbox"),
          new GaugeQuery(
              "purgeline.frozen",
              "1 while an operator has frozen all purging",
              null,
              List.of(),
              "select count(*) as value from purge_freeze"),
          new GaugeQuery(
              "purgeline.outbox.oldest.timestamp",
              "Since when the oldest message waits that could have been published; 0 is none",
              "seconds",
              List.of(),
              // Not joined by "or": each part has an index of its own. The first of the fresh is
              // looked at before it is asked whether it is for later, lest all of those be read.
              """
              select coalesce(extract(epoch from least(
                (select first from (select min(available_at) as first from outbox where attempts = 0) fresh
                 where first <= clock_timestamp()),
                (select min(created_at) from outbox where attempts > 0))), 0) as value
              """),
          new GaugeQuery(
              "purgeline.dead.letters",
              "Dead letters; those that are snoozed are not among the open ones",
              null,
              List.of("class", "state"),
              """
              select class, state, coalesce(letters, 0) as value
              from unnest(array['ITEM', 'BUG', 'CRASH_LOOP', 'UNREADABLE']) as class
              cross join unnest(array['OPEN', 'SNOOZED', 'REPLAYING', 'RESOLVED', 'DISCARDED']) as state
              left join (select class, case when state = 'OPEN' and snoozed_until > clock_timestamp()
                                            then 'SNOOZED' else state end as state, sum(letters) as letters
                         from dead_letter_tally group by 1, 2) tally using (class, state)
              """),
          new GaugeQuery(
              "purgeline.dead.letter",
              "Bytes that are stuck, or that nobody will free",
              "bytes",
              List.of("state"),
              """
              select state, coalesce(bytes, 0) as value
              from unnest(array['OPEN', 'SNOOZED', 'REPLAYING', 'DISCARDED']) as state
              left join (select case when state = 'OPEN' and snoozed_until > clock_timestamp()
                                     then 'SNOOZED' else state end as state, sum(bytes) as bytes
                         from dead_letter_tally group by 1) tally using (state)
              """),
          new GaugeQuery(
              "purgeline.canary.last.success.timestamp",
              "When the store's last canary was verified purged; of one that never was: since when it is wanted",
              "seconds",
              List.of("store"),
              "select store, extract(epoch from coalesce(last_success_at, wanted_since)) as value from canary"),
          new GaugeQuery(
              "purgeline.oldest.transaction.timestamp",
              "Since when the oldest transaction in the database is open; 0 is none older than a second",
              "seconds",
              List.of(),
              """
              select coalesce(extract(epoch from min(xact_start)), 0) as value
              from pg_stat_activity
              where datname = current_database() and backend_type = 'client backend'
                and pid <> pg_backend_pid() and xact_start < clock_timestamp() - interval '1 second'
              """));

  MultiGauge gauge(MeterRegistry registry) {
    var builder = MultiGauge.builder(name).description(description);
    return (unit == null ? builder : builder.baseUnit(unit)).register(registry);
  }
}
