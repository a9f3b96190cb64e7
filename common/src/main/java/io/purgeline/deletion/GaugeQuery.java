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
 * @param sql the statement; it reads what is open, never all that ever was
 */
record GaugeQuery(
    String name, String description, @Nullable String unit, List<String> tags, String sql) {

  static final List<GaugeQuery> ALL =
      List.of(
          new GaugeQuery(
              "purgeline.oldest.pending.timestamp",
              "When the oldest deletion was asked for that is still to be purged; 0 is none. What waits for"
                  + " a lock to end, or was accepted by an operator, is not late",
              "seconds",
              List.of("kind"),
              """
              select kind, coalesce(extract(epoch from min(d.requested_at)), 0) as value
              from unnest(array['dataset', 'job', 'training']) as kind
              left join (select resource_kind, requested_at from deletion
                         where state in ('SCHEDULED', 'PURGING', 'DEAD')) d
                on d.resource_kind = kind
              group by kind
              """),
          new GaugeQuery(
              "purgeline.tasks",
              "Purge tasks that are not finished",
              null,
              List.of("state", "kind"),
              """
              select state, kind, coalesce(open.tasks, 0) as value
              from unnest(array['PENDING', 'RUNNING', 'WAITING', 'RETAINED', 'DEAD']) as state
              cross join unnest(array['dataset', 'training']) as kind
              left join (select t.state, d.resource_kind as kind, count(*) as tasks
                         from purge_task t join deletion d on d.id = t.deletion_id
                         where t.state not in ('DONE', 'DISCARDED')
                         group by t.state, d.resource_kind) open using (state, kind)
              """),
          new GaugeQuery(
              "purgeline.outbox.rows",
              "Messages that wait to be published, those for later included",
              null,
              List.of(),
              "select count(*) as value from outbox"),
          new GaugeQuery(
              "purgeline.outbox.oldest.timestamp",
              "Since when the oldest message waits that could have been published; 0 is none",
              "seconds",
              List.of(),
              """
              select coalesce(extract(epoch from min(case when attempts = 0 then available_at else created_at end)), 0)
                     as value
              from outbox
              where available_at <= clock_timestamp() or attempts > 0
              """),
          new GaugeQuery(
              "purgeline.dead.letters",
              "Dead letters",
              null,
              List.of("class", "state"),
              """
              select class, state, count(l.id) as value
              from (select unnest(array['ITEM', 'BUG', 'CRASH_LOOP', 'UNREADABLE']) as class, 'OPEN' as state
                    union select class, state from dead_letter) series
              left join dead_letter l using (class, state)
              group by class, state
              """));

  MultiGauge gauge(MeterRegistry registry) {
    var builder = MultiGauge.builder(name).description(description);
    return (unit == null ? builder : builder.baseUnit(unit)).register(registry);
  }
}
