package io.purgeline.gateway.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.purgeline.deletion.DeletionGauges;
import io.purgeline.gateway.GatewayTestBase;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;

class GaugesTest extends GatewayTestBase {

  @Autowired private DeletionGauges gauges;
  @Autowired private MeterRegistry registry;

  @Test
  void showsWhatIsStillToBeDone() {
    var training = api.delete("/trainings/" + records.training("completed")).deletion();
    gauges.runOnce();
    var pending = value("purgeline.tasks", "state", "PENDING", "kind", "training");

    assertThat(pending).isEqualTo(count("t.state = 'PENDING' and d.resource_kind = 'training'"));
    assertThat(value("purgeline.oldest.pending.timestamp", "kind", "training")).isPositive();
    assertThat(value("purgeline.outbox.rows")).isPositive();
    assertThat(value("purgeline.outbox.oldest.timestamp")).isPositive();
    assertThat(value("purgeline.gauges.last.success.timestamp")).isPositive();
    assertThat(value("purgeline.dead.letters", "class", "BUG", "state", "OPEN")).isZero();

    records.work(training, "DONE");
    gauges.runOnce();

    assertThat(value("purgeline.tasks", "state", "PENDING", "kind", "training"))
        .isEqualTo(pending - 1);
  }

  @Test
  void keepsAllItsFiguresIfOneCannotBeRead() {
    gauges.runOnce();
    var pending = value("purgeline.tasks", "state", "PENDING", "kind", "training");

    sql.sql("alter table canary rename to canary_away").update();
    try {
      api.delete("/trainings/" + records.training("completed"));
      assertThatThrownBy(gauges::runOnce).isInstanceOf(DataAccessException.class);

      assertThat(value("purgeline.tasks", "state", "PENDING", "kind", "training"))
          .isEqualTo(pending);
    } finally {
      sql.sql("alter table canary_away rename to canary").update();
    }
    gauges.runOnce();
    assertThat(value("purgeline.tasks", "state", "PENDING", "kind", "training"))
        .isEqualTo(pending + 1);
  }

  @Test
  void everySeriesIsThereBeforeAnythingHappens() {
    gauges.runOnce();
    var metrics = api.get("/metrics").text();

    for (var name :
        List.of(
            "purgeline_oldest_pending_timestamp_seconds{kind=\"job\"}",
            "purgeline_tasks{kind=\"training\",state=\"RETAINED\"}",
            "purgeline_overdue_tasks ",
            "purgeline_deletions_total{kind=\"training\",outcome=\"incomplete\"}",
            "purgeline_deletion_latency_seconds_bucket{kind=\"job\",le=\"86400.0\"}",
            "purgeline_outbox_rows ",
            "purgeline_outbox_oldest_timestamp_seconds ",
            "purgeline_outbox_published_total{result=\"returned\"}",
            "purgeline_publisher_blocked 0.0",
            "purgeline_dead_letters{class=\"CRASH_LOOP\",state=\"SNOOZED\"}",
            "purgeline_dead_letter_bytes{state=\"DISCARDED\"}",
            "purgeline_relay_failures_total ",
            "purgeline_oldest_transaction_timestamp_seconds ",
            "purgeline_gauges_last_success_timestamp_seconds ")) {
      assertThat(metrics).contains(name);
    }
  }

  @Test
  void noSeriesIsAwayWhileItsFigureChanges() {
    var shown = new SimpleMeterRegistry();
    var own = new DeletionGauges(sql, Clock.systemUTC(), Duration.ofHours(1), shown);
    own.runOnce();
    var before = shown.get("purgeline.outbox.rows").gauge().value();
    var removed = new ArrayList<Meter>();
    shown.config().onMeterRemoved(removed::add);

    api.delete("/trainings/" + records.training("completed"));
    own.runOnce();

    assertThat(shown.get("purgeline.outbox.rows").gauge().value()).isGreaterThan(before);
    assertThat(removed).isEmpty();
  }

  /** As that of a store which is configured no more. */
  @Test
  void aSeriesWhoseRowIsGoneIsShownNoMore() {
    var shown = new SimpleMeterRegistry();
    var own = new DeletionGauges(sql, Clock.systemUTC(), Duration.ofHours(1), shown);
    for (var since : List.of(1.0, 2.0)) {
      sql.sql("insert into canary (store, wanted_since) values ('passing', to_timestamp(:since))")
          .param("since", since)
          .update();
      own.runOnce();
      assertThat(
              shown
                  .get("purgeline.canary.last.success.timestamp")
                  .tags("store", "passing")
                  .gauge()
                  .value())
          .isEqualTo(since);

      sql.sql("delete from canary where store = 'passing'").update();
      own.runOnce();

      assertThat(
              shown
                  .find("purgeline.canary.last.success.timestamp")
                  .tags("store", "passing")
                  .gauge())
          .isNull();
    }
  }

  /** It waits for a date that somebody else has set, however long ago it was deleted. */
  @Test
  void whatIsLockedIsNotLateWhileItIsLookedAt() {
    var training = api.delete("/trainings/" + records.training("completed")).deletion();
    records.work(training, "RETAINED");
    sql.sql("update deletion set requested_at = to_timestamp(1) where id = ?")
        .param(training)
        .update();
    sql.sql(
            "update purge_task set created_at = to_timestamp(1), uploads_verified = true where deletion_id = ?")
        .param(training)
        .update();
    gauges.runOnce();
    var overdue = value("purgeline.overdue.tasks");

    records.work(training, "RUNNING");
    gauges.runOnce();

    assertThat(count("d.state = 'PURGING' and d.id = '" + training + "'")).isOne();
    assertThat(value("purgeline.oldest.pending.timestamp", "kind", "training")).isNotEqualTo(1);
    assertThat(value("purgeline.overdue.tasks")).isEqualTo(overdue);
    records.work(training, "DEAD");
    gauges.runOnce();
    assertThat(value("purgeline.oldest.pending.timestamp", "kind", "training")).isEqualTo(1);
    records.work(training, "DONE");
  }

  @Test
  void countsDeletionsByWhatTheyCameTo() {
    var purged = ended("training", "purged");
    var dead = ended("training", "dead");
    var timed = registry.get("purgeline.deletion.latency").tags("kind", "training").timer().count();
    var training = api.delete("/trainings/" + records.training("completed")).deletion();

    records.work(training, "DEAD");
    records.work(training, "DONE");

    assertThat(ended("training", "dead")).isEqualTo(dead + 1);
    assertThat(ended("training", "purged")).isEqualTo(purged + 1);
    assertThat(registry.get("purgeline.deletion.latency").tags("kind", "training").timer().count())
        .isEqualTo(timed + 1);
  }

  @Test
  void leavesCanariesOutOfWhatPeopleDelete() {
    var purged = ended("training", "purged");
    var training = api.delete("/trainings/" + records.training("completed")).deletion();
    sql.sql("update deletion set actor = 'canary' where id = :id").param("id", training).update();

    records.work(training, "DONE");

    assertThat(ended("training", "purged")).isEqualTo(purged);
  }

  @Test
  void tellsHowLongATransactionHasBeenOpen() throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("select 1");
      var began = Instant.now().getEpochSecond();

      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> {
            gauges.runOnce();
            assertThat(value("purgeline.oldest.transaction.timestamp"))
                .isPositive()
                .isLessThanOrEqualTo(began + 1);
          });
      connection.rollback();
    }
  }

  private double ended(String kind, String outcome) {
    return registry
        .get("purgeline.deletions")
        .tags("kind", kind, "outcome", outcome)
        .counter()
        .count();
  }

  private double value(String name, String... tags) {
    return registry.get(name).tags(tags).gauge().value();
  }

  private double count(String condition) {
    return records.count("purge_task t join deletion d on d.id = t.deletion_id where " + condition);
  }
}
