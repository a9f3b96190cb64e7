package io.purgeline.cli;

import java.time.Instant;
import java.util.Optional;

/**
 * What the gateway counts by itself, every few seconds. It costs the same for ten dead letters and
 * for a million.
 *
 * @param oldestPending since when the oldest deletion waits that is neither purged nor left aside
 * @param tasks purge tasks that are not finished, those that gave up included
 * @param deadTasks those that gave up
 * @param snoozed open dead letters that are left aside now
 */
record Figures(
    Optional<Instant> oldestPending, Outbox outbox, long tasks, long deadTasks, long snoozed) {

  /** Messages that wait, and since when the oldest does that could have gone out. */
  record Outbox(long messages, Optional<Instant> oldestAt) {}

  /** Empty if these are not the figures of a gateway. */
  static Optional<Figures> of(Metrics metrics) {
    var messages = metrics.count("purgeline_outbox_rows");
    return messages.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Figures(
                metrics.earliest("purgeline_oldest_pending_timestamp_seconds"),
                new Outbox(
                    messages.getAsLong(),
                    metrics.earliest("purgeline_outbox_oldest_timestamp_seconds")),
                metrics.sum("purgeline_tasks"),
                metrics.sum("purgeline_tasks", "state", "DEAD"),
                metrics.sum("purgeline_dead_letters", "state", "SNOOZED")));
  }
}
