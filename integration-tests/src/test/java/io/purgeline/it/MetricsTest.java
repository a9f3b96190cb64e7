package io.purgeline.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Prometheus gets from the processes as they run. */
class MetricsTest extends OnInstallation {

  private static final String OLDEST_PENDING =
      "purgeline_oldest_pending_timestamp_seconds{kind=\"dataset\"}";

  private static final List<String> OF_EVERY_PROCESS =
      List.of(
          OLDEST_PENDING,
          "purgeline_tasks{kind=\"dataset\",state=\"PENDING\"}",
          "purgeline_overdue_tasks",
          "purgeline_deletions_total{kind=\"dataset\",outcome=\"purged\"}",
          "purgeline_deletions_total{kind=\"job\",outcome=\"retained\"}",
          "purgeline_deletions_total{kind=\"training\",outcome=\"dead\"}",
          "purgeline_deletion_latency_seconds_count{kind=\"dataset\"}",
          "purgeline_outbox_rows",
          "purgeline_outbox_oldest_timestamp_seconds",
          "purgeline_outbox_published_total{result=\"confirmed\"}",
          "purgeline_outbox_published_total{result=\"nacked\"}",
          "purgeline_outbox_published_total{result=\"returned\"}",
          "purgeline_outbox_published_total{result=\"timeout\"}",
          "purgeline_publisher_blocked",
          "purgeline_dead_letters{class=\"ITEM\",state=\"OPEN\"}",
          "purgeline_dead_letters{class=\"UNREADABLE\",state=\"DISCARDED\"}",
          "purgeline_dead_letter_bytes{state=\"REPLAYING\"}",
          "purgeline_relay_failures_total",
          "purgeline_gauges_last_success_timestamp_seconds",
          "purgeline_oldest_transaction_timestamp_seconds");

  private static final List<String> OF_WORKERS =
      List.of(
          "purgeline_purge_duration_seconds_count{store=\"objects.main\"}",
          "purgeline_purged_objects_total{store=\"directories.trainings\"}",
          "purgeline_purged_bytes_total{store=\"records\"}",
          "purgeline_attempts_total{outcome=\"ok\"}",
          "purgeline_attempts_total{outcome=\"continued\"}",
          "purgeline_attempts_total{outcome=\"outage\"}",
          "purgeline_attempts_total{outcome=\"item\"}",
          "purgeline_attempts_total{outcome=\"bug\"}",
          "purgeline_attempts_total{outcome=\"lease_lost\"}",
          "purgeline_dead_letters_opened_total{class=\"ITEM\"}",
          "purgeline_dead_letters_opened_total{class=\"UNREADABLE\"}",
          "purgeline_replay_total{result=\"resolved\"}",
          "purgeline_replay_total{result=\"failed_again\"}",
          "purgeline_store_breaker_state{state=\"closed\",store=\"objects.main\"}",
          "purgeline_store_breaker_state{state=\"open\",store=\"directories.trainings\"}",
          "purgeline_lease_lost_total",
          "purgeline_reconciled_total",
          "purgeline_duplicate_deliveries_total",
          "purgeline_messages_ignored_total{reason=\"unknown\"}");

  @Test
  void everySeriesIsThereFromTheStart() {
    for (var process : installation().processes()) {
      await()
          .atMost(LONG)
          .untilAsserted(() -> assertThatAllAreIn(Scrape.of(process.address()), OF_EVERY_PROCESS));
    }
    for (var worker : installation().workers) {
      assertThatAllAreIn(Scrape.of(worker.address()), OF_WORKERS);
    }
  }

  /** What the pager goes by must not depend on who is asked, nor be forgotten with a process. */
  @Test
  void tellsTheOldestPendingDeletionAlikeFromEveryProcess() throws Exception {
    var location = delete(filesDataset());
    var requested =
        ask(
            "select extract(epoch from requested_at) from purgeline.deletion where id = cast(? as uuid)",
            location);
    var oldest = Double.parseDouble(requested.getFirst());
    awaitOldestPending(oldest);
    awaitPurged(delete(dataset(3)), 3); // a later one, ended: it is not the last that counts

    for (var process :
        List.of(installation().gateways.getLast(), installation().workers.getLast())) {
      process.kill();
      process.launch();
      process.awaitHealthy();
    }

    awaitOldestPending(oldest);
    try (var worker = installation().startWorkerOf("datasets", installation().datasets)) {
      awaitPurged(location, 1);
      // In order: a message that is not acknowledged yet would wait for the next test.
      assertThat(worker.terminate(LONG)).isTrue();
    }
    awaitOldestPending(0);
  }

  private void awaitOldestPending(double expected) {
    await()
        .atMost(LONG)
        .untilAsserted(() ->
            assertThat(installation().processes())
                .hasSize(4)
                .extracting(process -> Scrape.of(process.address()).value(OLDEST_PENDING))
                .containsOnly(OptionalDouble.of(expected)));
  }

  private static void assertThatAllAreIn(Scrape scrape, List<String> series) {
    assertThat(series).allSatisfy(each -> assertThat(scrape.value(each)).as(each).isNotEmpty());
  }

  @Test
  void countsAPurge() {
    var purged = total("purgeline_deletions_total{kind=\"dataset\",outcome=\"purged\"}");
    var objects = total("purgeline_purged_objects_total{store=\"objects.main\"}");

    purge(UUID.randomUUID());

    await()
        .atMost(LONG)
        .untilAsserted(() -> {
          assertThat(total("purgeline_deletions_total{kind=\"dataset\",outcome=\"purged\"}"))
              .isGreaterThan(purged);
          assertThat(total("purgeline_purged_objects_total{store=\"objects.main\"}"))
              .isGreaterThanOrEqualTo(objects + 3);
        });
  }

  /** An exemplar stays for a few seconds before another one takes its place. */
  @ParameterizedTest
  @ValueSource(strings = {"purgeline_purge_duration_seconds", "purgeline_deletion_latency_seconds"})
  void leadsFromALatencyToTheTraceOfItsRequest(String histogram) {
    var trace = UUID.randomUUID();

    await()
        .atMost(LONG)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> {
          purge(trace);
          assertThat(exemplars(histogram + "_bucket{"))
              .anyMatch(line -> line.contains("trace_id=\"" + hex(trace) + "\""));
        });
  }

  private void purge(UUID trace) {
    var traceparent = "00-" + hex(trace) + "-00f067aa0ba902b7-01";
    var answer =
        api()
            .delete(
                "/api/v1/datasets/" + dataset(3), "traceparent", traceparent, "Prefer", "wait=60");
    assertThat(answer.status()).isEqualTo(204);
  }

  private static String hex(UUID trace) {
    return trace.toString().replace("-", "");
  }

  /** Of all workers together. */
  private double total(String series) {
    return installation().workers.stream()
        .mapToDouble(worker -> Scrape.of(worker.address()).value(series).orElse(0))
        .sum();
  }

  private List<String> exemplars(String series) {
    return installation().workers.stream()
        .flatMap(worker -> Scrape.openMetrics(worker.address()).of(series).stream())
        .toList();
  }
}
