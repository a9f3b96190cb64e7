package io.purgeline.worker.purge;

import static io.purgeline.deletion.DeletionState.DEAD;
import static io.purgeline.deletion.DeletionState.PURGED;
import static io.purgeline.worker.testing.Waiting.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.purgeline.worker.testing.Deletion;
import io.purgeline.worker.testing.OnPipeline;
import io.purgeline.worker.testing.Pipeline;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Counts what this worker opened and replayed since it started, and so has one test alone. */
class DeadLetterMetricsTest extends OnPipeline {

  @Test
  void countALetterOnceAndEachReplayByWhatCameOfIt() {
    var denied = prefix() + Pipeline.DENIED + "/x";
    pipeline().objects().put(pipeline().bucket(), denied, new byte[1]);
    var deletion = pipeline().dataset().at(uri()).commit();
    deletion.await(DEAD);
    awaitCounted(Map.of("class ITEM", 1.0));

    replay(deletion);
    deletion.await(DEAD);
    awaitCounted(Map.of("class ITEM", 1.0, "result failed_again", 1.0));

    pipeline().objects().delete(pipeline().bucket(), denied);
    replay(deletion);
    deletion.await(PURGED);
    awaitCounted(Map.of("class ITEM", 1.0, "result failed_again", 1.0, "result resolved", 1.0));
  }

  /** Puts it back as part of a replay. */
  private static void replay(Deletion deletion) {
    var replay = UUID.randomUUID();
    deletion
        .records()
        .change(
            """
            insert into replay (id, state, actor, reason, selector, ramp, request, accepted, skipped)
            values (?, 'RUNNING', 'test', 'test', '{}', false, '{}', 1, '{}')
            """,
            replay);
    deletion
        .records()
        .change(
            """
            insert into replay_item (replay_id, dead_letter_id, step)
            select ?, id, 1 from dead_letter where deletion_id = ?
            """,
            replay,
            deletion.id());
    deletion.putBack(deletion.group());
  }

  private void awaitCounted(Map<String, Double> expected) {
    patiently().untilAsserted(() -> assertThat(counted()).isEqualTo(expected));
  }

  /** By class and result; without those that were never met. */
  private Map<String, Double> counted() {
    var counts = new TreeMap<String, Double>();
    add(counts, "purgeline.dead.letters.opened", "class");
    add(counts, "purgeline.replay", "result");
    counts.values().removeIf(count -> count == 0);
    return counts;
  }

  private void add(Map<String, Double> counts, String name, String tag) {
    for (var counter : pipeline().bean(MeterRegistry.class).get(name).counters()) {
      counts.put(tag + " " + counter.getId().getTag(tag), counter.count());
    }
  }
}
